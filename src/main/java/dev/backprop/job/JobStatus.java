package dev.backprop.job;

import java.util.EnumSet;
import java.util.Set;

/// Where a job is in its life.
public enum JobStatus {
  /// Waits for a worker, for the first time or after a pause.
  QUEUED,
  /// Trains.
  RUNNING,
  /// Was told to pause and will within a mini-batch.
  PAUSING,
  /// Keeps all that it has come to, and waits for a caller.
  PAUSED,
  /// Was told to stop and will within a mini-batch, or as soon as its model is measured.
  CANCELLING,
  /// Ended by itself, with a model.
  SUCCEEDED,
  /// Ended by a caller or the server's shutdown, with a model if an epoch was complete.
  CANCELLED,
  /// Ended by a failure, such as a divergence.
  FAILED;

  /// Whether nothing will change any more.
  public boolean isFinal() {
    return successors().isEmpty();
  }

  /// The statuses that may follow.
  Set<JobStatus> successors() {
    return switch (this) {
      case QUEUED -> EnumSet.of(RUNNING, PAUSED, CANCELLING, CANCELLED);
      case RUNNING -> EnumSet.of(PAUSING, CANCELLING, SUCCEEDED, CANCELLED, FAILED);
      case PAUSING -> EnumSet.of(RUNNING, PAUSED, CANCELLING, SUCCEEDED, CANCELLED, FAILED);
      case PAUSED -> EnumSet.of(QUEUED, CANCELLING, CANCELLED);
      case CANCELLING -> EnumSet.of(CANCELLED);
      case SUCCEEDED, CANCELLED, FAILED -> EnumSet.noneOf(JobStatus.class);
    };
  }
}
