package dev.backprop.job;

import dev.backprop.core.metric.Calibration;
import dev.backprop.core.train.StopReason;
import dev.backprop.core.train.TrainingOutcome;
import dev.backprop.model.Metrics;
import org.jspecify.annotations.Nullable;

/// A training on the rows of a job, and how good what came of it is.
///
/// @param reason why it ended
/// @param epochs that it went through
/// @param best null if nothing came of it
/// @param metrics null if nothing came of it
/// @param calibration null without validation rows, and where there is nothing to be said of them
/// @param error what went wrong, or null
record Trained(
    StopReason reason,
    int epochs,
    TrainingOutcome.@Nullable Best best,
    @Nullable Metrics metrics,
    @Nullable Calibration calibration,
    @Nullable JobError error) {

  /// A training of which nothing came.
  static Trained nothing(StopReason reason, int epochs, @Nullable JobError error) {
    return new Trained(reason, epochs, null, null, null, error);
  }
}
