package dev.backprop.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.backprop.core.linalg.BlasProvider;
import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.linalg.SplitMix64;
import dev.backprop.core.metric.Scoring;
import dev.backprop.core.metric.Units;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.Initializer;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Normalization;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A step allocates nothing, compiled or not: what it needs was made before. An epoch has what it
/// begins and ends with, its order and its report.
class StepAllocationTests {

  /// More than the report of an epoch and the generator of its order take, less than a product.
  private static final long REPORT = 500;

  private static final int STEPS = 5;
  private static final int ROWS = STEPS * 16 - 2;
  private static final int WARM_UP = 3;
  private static final int EPOCHS = 6;

  /// @param spec of a training in batches, of which the last of an epoch is smaller
  record Workload(
      String name, NetworkSpec network, Examples examples, TrainingSpec spec, Scoring scoring) {

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Workload> workloads() {
    Normalization none = new Normalization.None();
    List<Workload> workloads = new ArrayList<>();
    for (Optimizer optimizer :
        List.of(
            new Sgd(0.01),
            new Sgd(0.01, 0.9, true),
            new RmsProp(0.001),
            new AdaGrad(0.01),
            new AdaDelta(1),
            new Adam(0.001),
            new AdamW(0.001),
            new AmsGrad(0.001),
            new Nadam(0.001),
            new Lion(0.001))) {
      workloads.add(regression(optimizer.toString(), optimizer, none, 0, true, false));
    }
    Optimizer adam = new Adam(0.001);
    workloads.add(regression("in order", adam, none, 0, false, false));
    workloads.add(regression("weighted", adam, none, 0, true, true));
    workloads.add(regression("dropout", adam, none, 0.5, true, false));
    workloads.add(regression("batch", adam, new Normalization.Batch(), 0, true, false));
    workloads.add(regression("layer", adam, new Normalization.Layer(), 0, true, false));
    workloads.add(inputDropout());
    workloads.add(classes());
    return workloads.stream();
  }

  private static Workload regression(
      String name,
      Optimizer optimizer,
      Normalization normalization,
      double dropout,
      boolean shuffle,
      boolean weighted) {
    return new Workload(
        name,
        new NetworkSpec(
            3,
            List.of(
                new LayerSpec(70, new Activation.Sigmoid(), dropout, normalization),
                new LayerSpec(90, new Activation.Tanh(), dropout, normalization),
                new LayerSpec(1, new Activation.Linear()))),
        new Examples(numbers(3), numbers(1), weighted ? numbers(1) : null),
        spec(new Loss.MeanSquaredError(), optimizer, shuffle),
        new Scoring.Errors(Units.OWN));
  }

  private static Workload inputDropout() {
    Workload plain =
        regression("input dropout", new Adam(0.001), new Normalization.None(), 0.5, true, false);
    Regularization dropout = new Regularization(0, 0, 0.2, 0, null);
    return new Workload(
        plain.name(),
        plain.network(),
        plain.examples(),
        spec(new Loss.MeanSquaredError(), new Adam(0.001), true, dropout),
        plain.scoring());
  }

  private static Workload classes() {
    Matrix y = new Matrix(ROWS, 3);
    for (int row = 0; row < ROWS; row++) {
      y.set(row, row % 3, 1);
    }
    return new Workload(
        "classes, in tiles",
        new NetworkSpec(
            300,
            List.of(
                new LayerSpec(300, new Activation.Relu()),
                new LayerSpec(3, new Activation.Softmax()))),
        new Examples(numbers(300), y),
        spec(new Loss.CategoricalCrossEntropy(), new Adam(0.001), true),
        new Scoring.LargestOutput());
  }

  private static Matrix numbers(int columns) {
    SplitMix64 random = new SplitMix64(columns);
    Matrix numbers = new Matrix(ROWS, columns);
    for (int i = 0; i < numbers.size(); i++) {
      numbers.values()[i] = (float) random.nextDouble();
    }
    return numbers;
  }

  private static TrainingSpec spec(Loss loss, Optimizer optimizer, boolean shuffle) {
    return spec(loss, optimizer, shuffle, Regularization.NONE);
  }

  private static TrainingSpec spec(
      Loss loss, Optimizer optimizer, boolean shuffle, Regularization regularization) {
    return new TrainingSpec(
        loss,
        optimizer,
        new Schedule.Constant(),
        EPOCHS,
        new BatchSize.Rows(16),
        shuffle,
        1,
        regularization,
        new GradientClipping.None(),
        null,
        null);
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void aStepAllocatesNothing(Workload workload) {
    Meter meter = new Meter();
    new Trainer(
            workload.spec(),
            new Initializer.GlorotUniform().initialize(workload.network(), 1),
            workload.examples(),
            null,
            workload.scoring(),
            new Products(BlasProvider.best().blas()))
        .train(meter);

    assertThat(meter.bytes).hasSize((EPOCHS - WARM_UP) * (STEPS - 2)).containsOnly(0L);
    assertThat(meter.epochBytes)
        .hasSize(EPOCHS - WARM_UP)
        .allSatisfy(bytes -> assertThat(bytes).isLessThan(REPORT));
  }

  /// The bytes of each step but the first and last of an epoch, after some epochs.
  private static final class Meter implements TrainingMonitor {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final List<Long> bytes = new ArrayList<>();
    private final List<Long> epochBytes = new ArrayList<>();
    private long ended;
    private int epochs;
    private int step;

    /// What this list keeps.
    private long ownBytes;

    private long before;

    @Override
    public @Nullable StopReason stopRequested() {
      long now = THREADS.getCurrentThreadAllocatedBytes();
      if (step > 1 && epochs >= WARM_UP) {
        bytes.add(now - before);
      }
      step++;
      ownBytes += THREADS.getCurrentThreadAllocatedBytes() - now;
      before = THREADS.getCurrentThreadAllocatedBytes();
      return null;
    }

    @Override
    public void epochEnded(EpochReport report) {
      long now = THREADS.getCurrentThreadAllocatedBytes();
      if (epochs >= WARM_UP) {
        epochBytes.add(now - ended - ownBytes);
      }
      epochs++;
      ownBytes = 0;
      ended = THREADS.getCurrentThreadAllocatedBytes();
      step = 0;
    }
  }
}
