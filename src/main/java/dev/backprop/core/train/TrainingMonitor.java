package dev.backprop.core.train;

import org.jspecify.annotations.Nullable;

/// Watches a training, and may end, pause and steer it. Called on the training's own thread, which
/// waits meanwhile.
public interface TrainingMonitor {

  /// Lets a training run to its end.
  TrainingMonitor NONE =
      new TrainingMonitor() {
        @Override
        public @Nullable StopReason stopRequested() {
          return null;
        }

        @Override
        public void epochEnded(EpochReport report) {}
      };

  /// Asked before every mini-batch and every evaluation of a line search: a reason to stop now, or
  /// null to go on.
  @Nullable StopReason stopRequested();

  /// Asked before every mini-batch, where no stop is requested: whether to leave off here for now.
  default boolean isPauseRequested() {
    return false;
  }

  /// Asked before every epoch, and once more where it would be the first too many: what holds from
  /// this epoch on, or null for what held before.
  ///
  /// @param epoch counted from 1
  default @Nullable Steering steering(int epoch) {
    return null;
  }

  /// An epoch is complete.
  void epochEnded(EpochReport report);
}
