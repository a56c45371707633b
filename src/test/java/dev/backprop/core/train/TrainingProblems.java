package dev.backprop.core.train;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.SplitMix64;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.NetworkSpec;
import java.util.List;

/// Generated data, and networks that can learn it.
final class TrainingProblems {

  private TrainingProblems() {}

  /// Points inside and outside of a circle, which no line separates, as two classes.
  static Examples circle(int rows, long seed) {
    SplitMix64 random = new SplitMix64(seed);
    Matrix x = new Matrix(rows, 2);
    Matrix y = new Matrix(rows, 2);
    for (int row = 0; row < rows; row++) {
      x.set(row, 0, (float) random.nextGaussian());
      x.set(row, 1, (float) random.nextGaussian());
      boolean inside = Math.hypot(x.get(row, 0), x.get(row, 1)) < 1.177; // half of them
      y.set(row, inside ? 1 : 0, 1);
    }
    return new Examples(x, y);
  }

  /// `y = sin 3x` with a little noise, on [−1, 1].
  static Examples wave(int rows, long seed) {
    SplitMix64 random = new SplitMix64(seed);
    Matrix x = new Matrix(rows, 1);
    Matrix y = new Matrix(rows, 1);
    for (int row = 0; row < rows; row++) {
      x.set(row, 0, (float) (2 * random.nextDouble() - 1));
      y.set(row, 0, (float) (Math.sin(3 * x.get(row, 0)) + 0.05 * random.nextGaussian()));
    }
    return new Examples(x, y);
  }

  static NetworkSpec network(int inputs, Activation hidden, int units, LayerSpec output) {
    return new NetworkSpec(inputs, List.of(new LayerSpec(units, hidden), output));
  }

  static TrainingSpec spec(
      Loss loss, Optimizer optimizer, int epochs, BatchSize batchSize, boolean shuffle, long seed) {
    return new TrainingSpec(
        loss, optimizer, new Schedule.Constant(), epochs, batchSize, shuffle, seed, null);
  }
}
