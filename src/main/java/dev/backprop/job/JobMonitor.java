package dev.backprop.job;

import dev.backprop.core.train.EpochReport;
import dev.backprop.core.train.Steering;
import dev.backprop.core.train.StopReason;
import dev.backprop.core.train.TrainingMonitor;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Passes epochs to a job and its wishes to a trainer.
final class JobMonitor implements TrainingMonitor {

  private final Job job;
  private final TrainingTime time;
  private final IntFunction<JobCourse.Leg> legs;
  private final Consumer<EpochReport> listener;
  private final long start;
  private long limit;

  /// @param time of the job, from now on that of the training
  /// @param legs what holds from an epoch on
  /// @param listener hears of each epoch
  JobMonitor(
      Job job, TrainingTime time, IntFunction<JobCourse.Leg> legs, Consumer<EpochReport> listener) {
    this.job = job;
    this.time = time;
    this.legs = legs;
    this.listener = listener;
    start = time.nanos();
    limit = limit(job.legIn(1));
  }

  private static long limit(JobCourse.Leg leg) {
    Duration timeLimit = leg.timeLimit();
    return timeLimit == null ? Long.MAX_VALUE : timeLimit.toNanos();
  }

  @Override
  public @Nullable StopReason stopRequested() {
    StopReason asked = job.stopRequest();
    if (asked != null) {
      return asked;
    }
    return time.nanos() - start >= limit ? StopReason.TIME_LIMIT : null;
  }

  @Override
  public boolean isPauseRequested() {
    return job.isPauseRequested();
  }

  @Override
  public Steering steering(int epoch) {
    JobCourse.Leg leg = legs.apply(epoch);
    limit = limit(leg);
    return leg.steering();
  }

  @Override
  public void epochEnded(EpochReport report) {
    listener.accept(report);
  }
}
