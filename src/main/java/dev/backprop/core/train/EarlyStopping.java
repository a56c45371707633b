package dev.backprop.core.train;

import org.jspecify.annotations.Nullable;

/// Ends a training when what is watched no longer gets better. The rules are those of Keras: an
/// epoch is better if its number is better than the best by more than minDelta; the training ends
/// after an epoch that is not, once it has waited for patience epochs.
///
/// The same number decides which parameters are the best, of all epochs and by any difference.
///
/// Prechelt: Early Stopping, but When?, in: Neural Networks: Tricks of the Trade, 1998.
///
/// @param metric what is watched
/// @param patience how many epochs to wait for a better one, from 0 on; 0 waits no longer than 1
/// @param minDelta by how much a better number differs from the best, from 0 on
/// @param baseline a number that a better one has to be better than too, by more than minDelta,
///   before the wait starts anew; or null
/// @param startEpoch how many epochs pass before it watches, from 0 on
/// @param mode which numbers are better
public record EarlyStopping(
    Watched metric,
    int patience,
    double minDelta,
    @Nullable Double baseline,
    int startEpoch,
    Mode mode) {

  /// How many epochs it waits where nothing is given.
  public static final int DEFAULT_PATIENCE = 20;

  /// Checks the settings.
  ///
  /// @throws IllegalArgumentException if one is out of range
  public EarlyStopping {
    requireNotNegative("patience", patience);
    Range.requireNotNegative("minDelta", minDelta);
    requireNotNegative("startEpoch", startEpoch);
    if (baseline != null && !(Math.abs(baseline) <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException("baseline must be a 32-bit number, not " + baseline);
    }
  }

  /// With the mode that what is watched usually has.
  ///
  /// @throws IllegalArgumentException if a setting is out of range
  public EarlyStopping(
      Watched metric, int patience, double minDelta, @Nullable Double baseline, int startEpoch) {
    this(metric, patience, minDelta, baseline, startEpoch, metric.usualMode());
  }

  /// The state before the first epoch.
  EarlyStoppingState newState() {
    return new EarlyStoppingState(this);
  }

  /// Whether an epoch found better parameters than another.
  boolean isBetter(EpochReport epoch, EpochReport other) {
    return mode.isBetter(metric.of(epoch), metric.of(other), 0);
  }

  private static void requireNotNegative(String name, int value) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " must be from 0 on, not " + value);
    }
  }
}
