package dev.backprop.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.backprop.core.linalg.BlasProvider;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.Backprop;
import dev.backprop.core.nn.Initializer;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.Network;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Parameters;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Trainings with dropout and noise.
class DropoutTests {

  private static final Loss LOSS = new Loss.CategoricalCrossEntropy();
  private static final Examples EXAMPLES = TrainingProblems.circle(50, 1);
  private static final Regularization INPUTS = new Regularization(0, 0, 0.25, 0, null);
  private static final BatchSize FULL = new BatchSize.Full();
  private static final BatchSize SEVEN = new BatchSize.Rows(7);

  private final Products products = new Products(BlasProvider.best().blas());

  private static NetworkSpec network(double dropout) {
    return new NetworkSpec(
        2,
        List.of(
            new LayerSpec(16, new Activation.Tanh(), dropout),
            new LayerSpec(2, new Activation.Softmax())));
  }

  private record Way(double dropout, Regularization regularization, BatchSize batchSize) {}

  private TrainingOutcome train(
      Way way, int epochs, long seed, @Nullable Examples validation, TrainingMonitor monitor) {
    TrainingSpec spec =
        new TrainingSpec(
            LOSS,
            new Adam(0.05),
            new Schedule.Constant(),
            epochs,
            way.batchSize(),
            false,
            seed,
            way.regularization(),
            new GradientClipping.None(),
            null,
            null);
    Parameters initial = new Initializer.GlorotUniform().initialize(network(way.dropout()), 1);
    return new Trainer(spec, initial, EXAMPLES, validation, products).train(monitor);
  }

  private float[] after(Way way, int epochs, long seed) {
    return train(way, epochs, seed, null, new RecordingMonitor()).last().values();
  }

  private double lossOf(Parameters theta, Examples examples) {
    return new Backprop(new Network(theta, products), LOSS, examples.rows(), products)
        .loss(examples.x(), examples.y());
  }

  private static List<Way> ways() {
    return List.of(
        new Way(0.5, Regularization.NONE, FULL),
        new Way(0, INPUTS, FULL),
        new Way(0, new Regularization(0, 0, 0, 0.5, null), FULL),
        new Way(0.5, INPUTS, SEVEN));
  }

  @Test
  void theSameSeedGivesTheSameBitsAndAnotherDoesNot() {
    for (Way way : ways()) {
      assertThat(after(way, 5, 7)).as("%s", way).isEqualTo(after(way, 5, 7));
      assertThat(after(way, 5, 8)).as("%s", way).isNotEqualTo(after(way, 5, 7));
    }
  }

  @Test
  void isNotThereAtARateOfZero() {
    for (BatchSize size : List.of(FULL, SEVEN)) {
      float[] plain = after(new Way(0, Regularization.NONE, size), 5, 7);

      assertThat(after(new Way(0, new Regularization(0, 0, 0, 0, null), size), 5, 8))
          .isEqualTo(plain);
      assertThat(after(new Way(0.01, Regularization.NONE, size), 5, 7)).isNotEqualTo(plain);
      assertThat(after(new Way(0, new Regularization(0, 0, 0.01, 0, null), size), 5, 7))
          .isNotEqualTo(plain);
    }
  }

  /// The loss of the first epoch is that of the initial parameters with units left out.
  @Test
  void measuresTheTrainingWithUnitsLeftOutAndTheValidationWithAll() {
    Parameters initial = new Initializer.GlorotUniform().initialize(network(0), 1);
    for (Way way : ways()) {
      RecordingMonitor monitor = new RecordingMonitor();

      TrainingOutcome outcome = train(way, 1, 7, EXAMPLES, monitor);

      EpochReport report = monitor.reports().getFirst();
      assertThat(report.validationLoss()).isEqualTo(lossOf(outcome.last(), EXAMPLES));
      assertThat(report.trainingLoss()).isNotEqualTo(lossOf(initial, EXAMPLES));
    }
  }

  @Test
  void takesForTheBestTheParametersAfterTheEpochOfTheLowestLoss() {
    for (Way way : ways()) {
      RecordingMonitor monitor = new RecordingMonitor();

      TrainingOutcome outcome = train(way, 30, 7, null, monitor);

      TrainingOutcome.Best best = Objects.requireNonNull(outcome.best());
      assertThat(best.report().trainingLoss())
          .isEqualTo(Arrays.stream(monitor.trainingLosses()).min().orElseThrow());
      assertThat(best.parameters().values()).isEqualTo(after(way, best.report().epoch(), 7));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.3})
  void learnsACircle(double dropout) {
    Way way = new Way(dropout, Regularization.NONE, SEVEN);

    TrainingOutcome outcome = train(way, 200, 7, null, new RecordingMonitor());

    assertThat(lossOf(outcome.last(), EXAMPLES)).isLessThan(0.1);
  }

  /// A linear model under noise is ridge regression: `w = Σxy / (Σx² + n·σ²)`.
  ///
  /// Bishop: Training with Noise Is Equivalent to Tikhonov Regularization, 1995.
  @Test
  void noiseShrinksALinearModelAsTheTheorySays() {
    Examples examples = TrainingProblems.wave(2000, 3);
    Parameters initial =
        new Parameters(new NetworkSpec(1, List.of(new LayerSpec(1, new Activation.Linear()))));
    double crossed = 0;
    double squares = 0;
    for (int row = 0; row < examples.rows(); row++) {
      double x = examples.x().get(row, 0);
      crossed += x * examples.y().get(row, 0);
      squares += x * x;
    }
    double sigma = 0.5;
    TrainingSpec spec =
        new TrainingSpec(
            new Loss.MeanSquaredError(),
            new Sgd(0.05),
            new Schedule.Constant(),
            300,
            FULL,
            false,
            7,
            new Regularization(0, 0, 0, sigma, null),
            new GradientClipping.None(),
            null,
            null);

    Parameters last =
        new Trainer(spec, initial, examples, null, products).train(new RecordingMonitor()).last();

    double ridge = crossed / (squares + examples.rows() * sigma * sigma);
    assertThat((double) last.values()[0]).isCloseTo(ridge, within(0.03));
    assertThat(ridge).isLessThan(0.6 * crossed / squares);
  }
}
