package dev.backprop.bench;

import dev.backprop.core.linalg.BlasProvider;
import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.linalg.SplitMix64;
import dev.backprop.core.metric.Scoring;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.Initializer;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Parameters;
import dev.backprop.core.train.Adam;
import dev.backprop.core.train.BatchSize;
import dev.backprop.core.train.EpochReport;
import dev.backprop.core.train.Examples;
import dev.backprop.core.train.Optimizer;
import dev.backprop.core.train.Schedule;
import dev.backprop.core.train.Sgd;
import dev.backprop.core.train.StopReason;
import dev.backprop.core.train.Trainer;
import dev.backprop.core.train.TrainingMonitor;
import dev.backprop.core.train.TrainingOutcome;
import dev.backprop.core.train.TrainingSpec;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Whole trainings on one thread, with the metrics of their tasks, in milliseconds.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class TrainingBenchmark {

  private static final TrainingMonitor NEVER_STOPS =
      new TrainingMonitor() {
        @Override
        public @Nullable StopReason stopRequested() {
          return null;
        }

        @Override
        public void epochEnded(EpochReport report) {}
      };

  private final Products products = new Products(BlasProvider.best().blas());

  private final Workload xor =
      new Workload(
          network(2, layer(2, new Activation.Sigmoid()), layer(1, new Activation.Sigmoid())),
          new Examples(
              new Matrix(new float[] {0, 0, 0, 1, 1, 0, 1, 1}, 0, 4, 2),
              new Matrix(new float[] {0, 1, 1, 0}, 0, 4, 1)),
          spec(new Loss.MeanSquaredError(), new Sgd(0.2), 10_000, new BatchSize.Full()),
          new Scoring.Errors());

  private final Workload regression =
      new Workload(
          network(
              20,
              layer(64, new Activation.Relu()),
              layer(32, new Activation.Relu()),
              layer(1, new Activation.Linear())),
          new Examples(random(10_000, 20), random(10_000, 1)),
          spec(new Loss.MeanSquaredError(), new Adam(0.001), 1, new BatchSize.Rows(32)),
          new Scoring.Errors());

  private final Workload digits =
      new Workload(
          network(784, layer(128, new Activation.Relu()), layer(10, new Activation.Softmax())),
          new Examples(random(60_000, 784), classes(60_000, 10)),
          spec(new Loss.CategoricalCrossEntropy(), new Sgd(0.01), 1, new BatchSize.Rows(64)),
          new Scoring.LargestOutput());

  private record Workload(
      NetworkSpec network, Examples examples, TrainingSpec spec, Scoring scoring) {}

  /// W0: XOR, 2-2-1 sigmoid, mean squared error, full batch, SGD, 10,000 epochs.
  @Benchmark
  public TrainingOutcome w0Xor() {
    return train(xor);
  }

  /// W1: 20-64-32-1 relu, mean squared error, 10,000 rows in batches of 32, Adam, 1 epoch.
  @Benchmark
  public TrainingOutcome w1Regression() {
    return train(regression);
  }

  /// W2: 784-128-10, 60,000 rows in batches of 64, cross-entropy, SGD, 1 epoch.
  @Benchmark
  public TrainingOutcome w2Digits() {
    return train(digits);
  }

  private TrainingOutcome train(Workload workload) {
    Parameters initial = new Initializer.GlorotUniform().initialize(workload.network(), 1);
    TrainingOutcome outcome =
        new Trainer(
                workload.spec(), initial, workload.examples(), null, workload.scoring(), products)
            .train(NEVER_STOPS);
    if (outcome.epochs() != workload.spec().epochs()) {
      throw new IllegalStateException(outcome.toString());
    }
    return outcome;
  }

  private static LayerSpec layer(int units, Activation activation) {
    return new LayerSpec(units, activation);
  }

  private static NetworkSpec network(int inputs, LayerSpec... layers) {
    return new NetworkSpec(inputs, List.of(layers));
  }

  private static TrainingSpec spec(
      Loss loss, Optimizer optimizer, int epochs, BatchSize batchSize) {
    return new TrainingSpec(
        loss, optimizer, new Schedule.Constant(), epochs, batchSize, true, 1, null);
  }

  private static Matrix random(int rows, int columns) {
    SplitMix64 random = new SplitMix64(1);
    Matrix matrix = new Matrix(rows, columns);
    for (int i = 0; i < matrix.size(); i++) {
      matrix.values()[i] = (float) random.nextDouble();
    }
    return matrix;
  }

  private static Matrix classes(int rows, int classes) {
    SplitMix64 random = new SplitMix64(2);
    Matrix matrix = new Matrix(rows, classes);
    for (int row = 0; row < rows; row++) {
      matrix.set(row, random.nextInt(classes), 1);
    }
    return matrix;
  }
}
