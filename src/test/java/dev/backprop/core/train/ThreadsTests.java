package dev.backprop.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.core.linalg.BlasProvider;
import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.linalg.SplitMix64;
import dev.backprop.core.linalg.ThreadPerTask;
import dev.backprop.core.linalg.Workers;
import dev.backprop.core.metric.Scoring;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.Initializer;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.NetworkSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The same bits on any number of threads, with products of several tiles and parameters of several
/// blocks.
class ThreadsTests {

  private static final int ROWS = 150;

  private static final Examples EXAMPLES = examples(1, ROWS);

  private static final Examples VALIDATION = examples(2, 30);

  record Way(
      Optimizer optimizer,
      BatchSize batchSize,
      boolean shuffle,
      double dropout,
      Regularization regularization,
      GradientClipping clipping) {}

  static List<Way> ways() {
    List<Way> ways = new ArrayList<>();
    for (Optimizer optimizer : Optimizers.all()) {
      boolean search = optimizer instanceof Lbfgs;
      Regularization all =
          search ? new Regularization(0, 1e-3) : new Regularization(1e-5, 1e-3, 0.1, 0.1, 1.0);
      GradientClipping norm = search ? new GradientClipping.None() : new GradientClipping.Norm(0.1);
      double dropout = search ? 0 : 0.2;
      ways.add(new Way(optimizer, new BatchSize.Full(), false, dropout, all, norm));
      if (!optimizer.needsFullBatch()) {
        ways.add(new Way(optimizer, new BatchSize.Rows(64), true, dropout, all, norm));
      }
    }
    GradientClipping value = new GradientClipping.Value(0.001);
    for (int rows : new int[] {1, 7, 1000}) {
      BatchSize batchSize = new BatchSize.Rows(rows);
      ways.add(new Way(new Adam(0.001), batchSize, true, 0, Regularization.NONE, value));
    }
    return ways;
  }

  @ParameterizedTest
  @MethodSource("ways")
  void doNotChangeAnyBit(Way way) {
    List<Object> alone = run(way, Workers.INLINE);
    for (int threads : new int[] {2, 4}) {
      ThreadPerTask workers = new ThreadPerTask(threads);
      assertThat(run(way, workers).equals(alone)).as("%d threads", threads).isTrue();
      assertThat(workers.shared()).as("tasks that were shared").isPositive();
    }
  }

  /// The bits of the parameters, then the reports of all epochs.
  private static List<Object> run(Way way, Workers workers) {
    NetworkSpec network =
        new NetworkSpec(
            260,
            List.of(
                new LayerSpec(512, new Activation.Relu(), way.dropout()),
                new LayerSpec(3, new Activation.Softmax())));
    TrainingSpec spec =
        new TrainingSpec(
            new Loss.CategoricalCrossEntropy(),
            way.optimizer(),
            new Schedule.Constant(),
            way.batchSize() instanceof BatchSize.Rows(int size) && size == 1 ? 1 : 2,
            way.batchSize(),
            way.shuffle(),
            7,
            way.regularization(),
            way.clipping(),
            null,
            null);
    RecordingMonitor monitor = new RecordingMonitor();
    TrainingOutcome outcome =
        new Trainer(
                spec,
                new Initializer.HeUniform().initialize(network, 7),
                EXAMPLES,
                VALIDATION,
                new Scoring.LargestOutput(),
                new Products(BlasProvider.best().blas()).sharedAmong(workers))
            .train(monitor);
    List<Object> bits = new ArrayList<>();
    for (float number : outcome.last().values()) {
      bits.add(Float.floatToRawIntBits(number));
    }
    bits.addAll(monitor.reports());
    return bits;
  }

  private static Examples examples(long seed, int rows) {
    SplitMix64 random = new SplitMix64(seed);
    Matrix x = new Matrix(rows, 260);
    Matrix y = new Matrix(rows, 3);
    for (int i = 0; i < x.size(); i++) {
      x.values()[i] = (float) random.nextGaussian();
    }
    for (int row = 0; row < rows; row++) {
      y.set(row, random.nextInt(3), 1);
    }
    return new Examples(x, y);
  }
}
