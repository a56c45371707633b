package dev.backprop.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.backprop.core.linalg.BlasProvider;
import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.metric.Metric;
import dev.backprop.core.metric.Scoring;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.Backprop;
import dev.backprop.core.nn.Initializer;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.Masks;
import dev.backprop.core.nn.Network;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Parameters;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a weight means: so many rows.
class WeightedTrainingTests {

  private static final int ROWS = 20;
  private static final Offset<Float> ROUNDING = Offset.offset(2e-5f);

  private static final NetworkSpec NETWORK =
      TrainingProblems.network(
          2, new Activation.Tanh(), 6, new LayerSpec(2, new Activation.Softmax()));

  private final Products products = new Products(BlasProvider.best().blas());
  private final Examples plain = TrainingProblems.circle(ROWS, 1);

  /// 0, 1, 2, 3, 0, …, divided by their mean.
  private Examples weighted() {
    Matrix w = new Matrix(ROWS, 1);
    for (int row = 0; row < ROWS; row++) {
      w.set(row, 0, row % 4 / 1.5f);
    }
    return new Examples(plain.x(), plain.y(), w);
  }

  /// Each row as many times as its weight says.
  private Examples repeated() {
    Matrix x = new Matrix(ROWS * 3 / 2, 2);
    Matrix y = new Matrix(ROWS * 3 / 2, 2);
    int at = 0;
    for (int row = 0; row < ROWS; row++) {
      for (int copy = 0; copy < row % 4; copy++) {
        for (int i = 0; i < 2; i++) {
          x.set(at, i, plain.x().get(row, i));
          y.set(at, i, plain.y().get(row, i));
        }
        at++;
      }
    }
    return new Examples(x, y);
  }

  private static List<Optimizer> optimizers() {
    return List.of(new Sgd(0.25), new Adam(0.01), new Rprop(0.01), new Lbfgs(1));
  }

  private Trainer trainer(
      Optimizer optimizer, BatchSize batch, Examples training, @Nullable Examples validation) {
    return new Trainer(
        TrainingProblems.spec(
            new Loss.CategoricalCrossEntropy(),
            optimizer,
            10,
            batch,
            batch instanceof BatchSize.Rows,
            3),
        new Initializer.GlorotUniform().initialize(NETWORK, 7),
        training,
        validation,
        new Scoring.LargestOutput(),
        products);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void trainsAsThoughARowWereThereAsOftenAsItWeighs(Optimizer optimizer) {
    RecordingMonitor ofWeights = new RecordingMonitor();
    RecordingMonitor ofCopies = new RecordingMonitor();
    BatchSize full = new BatchSize.Full();

    TrainingOutcome weighted = trainer(optimizer, full, weighted(), weighted()).train(ofWeights);
    TrainingOutcome repeated = trainer(optimizer, full, repeated(), repeated()).train(ofCopies);

    assertThat(weighted.last().values()).containsExactly(repeated.last().values(), ROUNDING);
    for (int epoch = 0; epoch < 10; epoch++) {
      EpochReport w = ofWeights.reports().get(epoch);
      EpochReport c = ofCopies.reports().get(epoch);
      assertThat(w.trainingLoss()).isCloseTo(c.trainingLoss(), within(1e-5));
      assertThat(Objects.requireNonNull(w.validationLoss()))
          .isCloseTo(Objects.requireNonNull(c.validationLoss()), within(1e-5));
      assertThat(w.trainingMetrics().get(Metric.ACCURACY))
          .isCloseTo(c.trainingMetrics().get(Metric.ACCURACY), within(1e-6));
      assertThat(w.validationMetrics().get(Metric.ACCURACY))
          .isCloseTo(c.validationMetrics().get(Metric.ACCURACY), within(1e-6));
    }
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void trainsTheSameBitsWithWeightsOfOneAsWithNone(Optimizer optimizer) {
    Matrix ones = new Matrix(ROWS, 1);
    Arrays.fill(ones.values(), 1);
    Examples one = new Examples(plain.x(), plain.y(), ones);
    BatchSize batch = optimizer.needsFullBatch() ? new BatchSize.Full() : new BatchSize.Rows(6);

    assertThat(trainer(optimizer, batch, one, null).train(new RecordingMonitor()).last().values())
        .isEqualTo(
            trainer(optimizer, batch, plain, null).train(new RecordingMonitor()).last().values());
  }

  /// Mini-batches of equal size cover every row once, so that their mean is that of all rows.
  @Test
  void estimatesTheGradientOfAllRowsWithoutBiasFromItsBatches() {
    Parameters theta = new Initializer.GlorotUniform().initialize(NETWORK, 2);
    Backprop backprop =
        new Backprop(
            new Network(theta, products), new Loss.CategoricalCrossEntropy(), ROWS, products);
    Examples all = weighted();
    backprop.gradients(all.x(), all.y(), all.w(), Masks.NONE);
    float[] whole = backprop.gradients().values().clone();
    MiniBatches batches = new MiniBatches(all, new BatchSize.Rows(5), true, 1);
    batches.start(1);
    float[] mean = new float[whole.length];
    for (int index = 0; index < batches.count(); index++) {
      Examples batch = batches.batch(index);
      backprop.gradients(batch.x(), batch.y(), batch.w(), Masks.NONE);
      for (int i = 0; i < mean.length; i++) {
        mean[i] += backprop.gradients().values()[i] / batches.count();
      }
    }

    assertThat(mean).containsExactly(whole, Offset.offset(1e-6f));
  }
}
