package dev.backprop.bench;

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
import org.jspecify.annotations.Nullable;

/// A whole training, with the metrics of its task.
public record Workload(NetworkSpec network, Examples examples, TrainingSpec spec, Scoring scoring) {

  private static final TrainingMonitor NEVER_STOPS =
      new TrainingMonitor() {
        @Override
        public @Nullable StopReason stopRequested() {
          return null;
        }

        @Override
        public void epochEnded(EpochReport report) {}
      };

  /// W0: XOR, 2-2-1 sigmoid, mean squared error, full batch, SGD, 10,000 epochs.
  public static Workload xor() {
    return xor(10_000);
  }

  /// W0 with other numbers of epochs.
  static Workload xor(int epochs) {
    return new Workload(
        network(2, layer(2, new Activation.Sigmoid()), layer(1, new Activation.Sigmoid())),
        new Examples(
            new Matrix(new float[] {0, 0, 0, 1, 1, 0, 1, 1}, 0, 4, 2),
            new Matrix(new float[] {0, 1, 1, 0}, 0, 4, 1)),
        spec(new Loss.MeanSquaredError(), new Sgd(0.2), epochs, new BatchSize.Full()),
        new Scoring.Errors(Units.OWN));
  }

  /// W1: 20-64-32-1 relu, mean squared error, 10,000 rows in batches of 32, Adam, 1 epoch.
  public static Workload regression() {
    return regression(10_000);
  }

  /// W1 with other numbers of rows.
  static Workload regression(int rows) {
    return new Workload(
        network(
            20,
            layer(64, new Activation.Relu()),
            layer(32, new Activation.Relu()),
            layer(1, new Activation.Linear())),
        new Examples(random(rows, 20), random(rows, 1)),
        spec(new Loss.MeanSquaredError(), new Adam(0.001), 1, new BatchSize.Rows(32)),
        new Scoring.Errors(Units.OWN));
  }

  /// W2: 784-128-10, 60,000 rows in batches of 64, cross-entropy, SGD, 1 epoch.
  public static Workload digits() {
    return digits(128, 60_000);
  }

  /// W2 with other numbers of hidden units and rows.
  static Workload digits(int units, int rows) {
    return new Workload(
        network(784, layer(units, new Activation.Relu()), layer(10, new Activation.Softmax())),
        new Examples(random(rows, 784), classes(rows, 10)),
        spec(new Loss.CategoricalCrossEntropy(), new Sgd(0.01), 1, new BatchSize.Rows(64)),
        new Scoring.LargestOutput());
  }

  /// W3: 1024-1024-1024-10, 2,560 rows in batches of 256, cross-entropy, Adam, 1 epoch.
  public static Workload wide() {
    return new Workload(
        network(
            1024,
            layer(1024, new Activation.Relu()),
            layer(1024, new Activation.Relu()),
            layer(10, new Activation.Softmax())),
        new Examples(random(2_560, 1024), classes(2_560, 10)),
        spec(new Loss.CategoricalCrossEntropy(), new Adam(0.001), 1, new BatchSize.Rows(256)),
        new Scoring.LargestOutput());
  }

  /// W4: 64-256-256-1 sigmoid and tanh, 12,800 rows in batches of 128, mean squared error, Adam, 1
  /// epoch.
  static Workload deep() {
    return new Workload(
        network(
            64,
            layer(256, new Activation.Sigmoid()),
            layer(256, new Activation.Tanh()),
            layer(1, new Activation.Linear())),
        new Examples(random(12_800, 64), random(12_800, 1)),
        spec(new Loss.MeanSquaredError(), new Adam(0.001), 1, new BatchSize.Rows(128)),
        new Scoring.Errors(Units.OWN));
  }

  /// The training at its start, without an end of its own.
  ///
  /// @param shuffle whether each epoch takes the rows in another order
  Trainer endless(boolean shuffle, Products products) {
    TrainingSpec endless =
        new TrainingSpec(
            spec.loss(),
            spec.optimizer(),
            spec.schedule(),
            Integer.MAX_VALUE,
            spec.batchSize(),
            shuffle,
            spec.seed(),
            null);
    return new Trainer(endless, start(), examples, null, scoring, products);
  }

  private Parameters start() {
    return new Initializer.GlorotUniform().initialize(network, 1);
  }

  /// Trains from the same start each time.
  public TrainingOutcome train(Products products) {
    TrainingOutcome outcome =
        new Trainer(spec, start(), examples, null, scoring, products).train(NEVER_STOPS);
    if (outcome.epochs() != spec.epochs()) {
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
