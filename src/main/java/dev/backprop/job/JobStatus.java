package dev.backprop.job;

import java.util.EnumSet;
import java.util.Set;

/// Where a job is in its life.
public enum JobStatus {
  /// Waits for a worker.
  QUEUED,
  /// Trains.
  RUNNING,
  /// Was told to stop and will within a mini-batch.
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
      case QUEUED -> EnumSet.of(RUNNING, CANCELLED);
      case RUNNING -> EnumSet.of(CANCELLING, SUCCEEDED, CANCELLED, FAILED);
      case CANCELLING -> EnumSet.of(CANCELLED);
      case SUCCEEDED, CANCELLED, FAILED -> EnumSet.noneOf(JobStatus.class);
    };
  }
}
