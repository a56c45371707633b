package dev.backprop.core.train;

import org.jspecify.annotations.Nullable;

/// Watches a training and may end it. Called on the training's own thread, which waits meanwhile.
public interface TrainingMonitor {

  /// Asked before every mini-batch and every evaluation of a line search: a reason to stop now, or
  /// null to go on.
  @Nullable StopReason stopRequested();

  /// An epoch is complete.
  void epochEnded(EpochReport report);
}
