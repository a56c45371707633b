package dev.backprop.core.train;

import org.jspecify.annotations.Nullable;

/// Ends a training whose loss has stopped falling. The rules are those of Keras: an epoch is better
/// if its loss is below the best by more than minDelta; the training ends after an epoch that is
/// not, once it has waited for patience epochs.
///
/// Prechelt: Early Stopping, but When?, in: Neural Networks: Tricks of the Trade, 1998.
///
/// @param metric the loss that is watched
/// @param patience how many epochs to wait for a better one, from 0 on; 0 waits no longer than 1
/// @param minDelta by how much a better loss is below the best, from 0 on
/// @param baseline a loss that a better one has to be below too, by more than minDelta, before the
///   wait starts anew; or null
/// @param startEpoch how many epochs pass before it watches, from 0 on
public record EarlyStopping(
    Metric metric, int patience, double minDelta, @Nullable Double baseline, int startEpoch) {

  /// How many epochs it waits where nothing is given.
  public static final int DEFAULT_PATIENCE = 20;

  /// What is watched.
  public enum Metric {
    /// The loss of the validation rows after the epoch.
    VALIDATION_LOSS,
    /// The loss of the training rows during the epoch.
    TRAINING_LOSS
  }

  /// Checks the settings.
  ///
  /// @throws IllegalArgumentException if one is out of range
  public EarlyStopping {
    requireNotNegative("patience", patience);
    Range.requireNotNegative("minDelta", minDelta);
    requireNotNegative("startEpoch", startEpoch);
    if (baseline != null) {
      Range.requireNotNegative("baseline", baseline);
    }
  }

  /// The state before the first epoch.
  EarlyStoppingState newState() {
    return new EarlyStoppingState(this);
  }

  private static void requireNotNegative(String name, int value) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " must be from 0 on, not " + value);
    }
  }
}
