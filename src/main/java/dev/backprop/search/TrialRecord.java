package dev.backprop.search;

import dev.backprop.job.JobStatus;
import dev.backprop.job.Trial;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// What a search remembers of a trial.
///
/// @param job its id, or null if it was refused
/// @param status at its end
/// @param value of the metric, or null if nothing came of it
/// @param loss the value, or its negative where more is better; NaN without a value
/// @param error what went wrong, or null
/// @param live the job while it has not ended, else null: what it has made is not held
record TrialRecord(
    Candidate candidate,
    @Nullable String job,
    JobStatus status,
    @Nullable Double value,
    double loss,
    @Nullable String error,
    @Nullable Trial live) {

  /// The best first: of the last rung, with the lowest loss, begun first.
  static final Comparator<TrialRecord> RANKING =
      Comparator.comparingInt((TrialRecord trial) -> -trial.candidate().rung())
          .thenComparingDouble(TrialRecord::loss)
          .thenComparingInt(trial -> trial.candidate().trial());

  static TrialRecord begun(Candidate candidate, Trial trial) {
    return new TrialRecord(candidate, trial.id(), JobStatus.QUEUED, null, Double.NaN, null, trial);
  }

  static TrialRecord refused(Candidate candidate, String detail) {
    return new TrialRecord(candidate, null, JobStatus.FAILED, null, Double.NaN, detail, null);
  }

  /// Where the job is now.
  JobStatus statusNow() {
    return live == null ? status : live.status();
  }

  boolean hasValue() {
    return value != null;
  }
}
