package dev.backprop.core.train;

/// Gives the learning rate of one epoch after the other.
@FunctionalInterface
public interface ScheduleState {

  /// η of an epoch.
  ///
  /// @param epoch counted from 1; each is asked for once, in order
  double learningRate(int epoch);

  /// Hears of the epoch whose learning rate it gave last.
  default void epochEnded(EpochReport report) {}
}
