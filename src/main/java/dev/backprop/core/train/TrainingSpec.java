package dev.backprop.core.train;

import dev.backprop.core.nn.Loss;
import org.jspecify.annotations.Nullable;

/// How to train.
///
/// @param loss what to minimize
/// @param optimizer how gradients become steps
/// @param schedule how the learning rate changes
/// @param epochs how often to go through the rows, at most
/// @param batchSize how many rows make one step
/// @param shuffle whether each epoch takes the rows in another order; a full batch has no order
/// @param seed decides the orders
/// @param targetLoss a training loss at which to stop, or null
public record TrainingSpec(
    Loss loss,
    Optimizer optimizer,
    Schedule schedule,
    int epochs,
    BatchSize batchSize,
    boolean shuffle,
    long seed,
    @Nullable Double targetLoss) {

  /// Checks the number of epochs.
  ///
  /// @throws IllegalArgumentException if it is below 1
  public TrainingSpec {
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs must be at least 1, not " + epochs);
    }
  }
}
