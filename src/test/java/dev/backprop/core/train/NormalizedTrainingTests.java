package dev.backprop.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backprop.core.linalg.BlasProvider;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.linalg.Workers;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.Backprop;
import dev.backprop.core.nn.Initializer;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.Network;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Normalization;
import dev.backprop.core.nn.Parameters;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Trainings of networks with normalization.
class NormalizedTrainingTests {

  private static final Loss LOSS = new Loss.CategoricalCrossEntropy();
  private static final Examples EXAMPLES = TrainingProblems.circle(50, 1);
  private static final BatchSize FULL = new BatchSize.Full();

  /// The last batch has a single row.
  private static final BatchSize SEVEN = new BatchSize.Rows(7);

  private static final Normalization BATCH = new Normalization.Batch();
  private static final Normalization LAYER = new Normalization.Layer();

  private final Products products = new Products(BlasProvider.best().blas());

  private static NetworkSpec network(Normalization normalization) {
    return new NetworkSpec(
        2,
        List.of(
            new LayerSpec(16, new Activation.Tanh(), 0, normalization),
            new LayerSpec(2, new Activation.Softmax())));
  }

  private TrainingOutcome train(
      Normalization normalization,
      BatchSize batchSize,
      int epochs,
      @Nullable Examples validation,
      TrainingMonitor monitor) {
    return new Trainer(
            TrainingProblems.spec(LOSS, new Adam(0.02), epochs, batchSize, true, 7),
            new Initializer.GlorotUniform().initialize(network(normalization), 1),
            EXAMPLES,
            validation,
            products)
        .train(monitor);
  }

  private double lossOf(Parameters theta) {
    return new Backprop(new Network(theta, products), LOSS, EXAMPLES.rows(), products)
        .loss(EXAMPLES.x(), EXAMPLES.y());
  }

  @Test
  void learnsACircle() {
    for (Normalization normalization : List.of(BATCH, LAYER)) {
      for (BatchSize size : List.of(FULL, new BatchSize.Rows(25))) {
        TrainingOutcome outcome = train(normalization, size, 200, null, new RecordingMonitor());

        assertThat(lossOf(Objects.requireNonNull(outcome.best()).parameters()))
            .as("%s, %s", normalization, size)
            .isLessThan(0.15);
      }
    }
  }

  @Test
  void validatesAsTheNetworkPredicts() {
    for (Normalization normalization : List.of(BATCH, LAYER)) {
      RecordingMonitor monitor = new RecordingMonitor();

      TrainingOutcome outcome = train(normalization, SEVEN, 3, EXAMPLES, monitor);

      assertThat(monitor.reports().getLast().validationLoss()).isEqualTo(lossOf(outcome.last()));
    }
  }

  @Test
  void measuresFullBatchesByTheirOwnStatistics() {
    RecordingMonitor monitor = new RecordingMonitor();
    Parameters initial = new Initializer.GlorotUniform().initialize(network(BATCH), 1);
    Backprop backprop =
        new Backprop(new Network(initial, products), LOSS, EXAMPLES.rows(), products);

    train(BATCH, FULL, 1, null, monitor);

    assertThat(monitor.trainingLosses()[0])
        .isEqualTo(backprop.gradients(EXAMPLES.x(), EXAMPLES.y()))
        .isNotEqualTo(lossOf(initial));
  }

  @Test
  void keepsTheStatisticsOfTheBestParameters() {
    for (BatchSize size : List.of(FULL, SEVEN)) {
      RecordingMonitor monitor = new RecordingMonitor();

      TrainingOutcome.Best best =
          Objects.requireNonNull(train(BATCH, size, 30, null, monitor).best());

      assertThat(best.report().trainingLoss())
          .isEqualTo(Arrays.stream(monitor.trainingLosses()).min().orElseThrow());
      Parameters then =
          train(BATCH, size, best.report().epoch(), null, new RecordingMonitor()).last();
      assertThat(best.parameters().values()).isEqualTo(then.values());
      assertThat(best.parameters().statistics()).isEqualTo(then.statistics());
      assertThat(then.statistics()).doesNotContain(0f, 1f);
    }
  }

  @Test
  void neitherPenaltyNorDecayNorLargestNormTouchesStatistics() {
    Parameters theta = Parameters.untrained(network(BATCH));
    Parameters gradients = new Parameters(theta.spec());
    Regularization all = new Regularization(1, 1, 0, 0, 0.5);

    all.addGradient(theta, gradients, Workers.INLINE);
    all.constrainInPlace(theta);

    assertThat(gradients.values()).containsOnly(0f);
    assertThat(all.penalty(theta)).isZero();
    assertThat(theta.values()).isEqualTo(Parameters.untrained(theta.spec()).values());
    assertThat(theta.statistics()).isEqualTo(Parameters.untrained(theta.spec()).statistics());
  }

  @Test
  void refusesBatchesOfASingleRow() {
    assertThatThrownBy(() -> train(BATCH, new BatchSize.Rows(1), 1, null, new RecordingMonitor()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("batch normalization needs batches of at least 2 rows, not 1");
    assertThat(train(LAYER, new BatchSize.Rows(1), 1, null, new RecordingMonitor()).best())
        .isNotNull();
  }
}
