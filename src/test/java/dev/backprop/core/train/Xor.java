package dev.backprop.core.train;

import dev.backprop.core.linalg.Matrices;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.NetworkSpec;
import java.util.List;

/// The tutorial's problem and network.
final class Xor {

  static final Examples EXAMPLES =
      new Examples(
          Matrices.of(
              new float[] {0, 0}, new float[] {0, 1}, new float[] {1, 0}, new float[] {1, 1}),
          Matrices.column(0, 1, 1, 0));

  static final NetworkSpec NETWORK =
      new NetworkSpec(
          2,
          List.of(
              new LayerSpec(2, new Activation.Sigmoid()),
              new LayerSpec(1, new Activation.Sigmoid())));

  private Xor() {}

  /// Full batches, mean squared error, constant rate, no target.
  static TrainingSpec spec(Optimizer optimizer, int epochs) {
    return new TrainingSpec(
        new Loss.MeanSquaredError(),
        optimizer,
        new Schedule.Constant(),
        epochs,
        new BatchSize.Full(),
        false,
        0,
        null);
  }
}
