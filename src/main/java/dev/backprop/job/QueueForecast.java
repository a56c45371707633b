package dev.backprop.job;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// When a job would start that is posted now.
final class QueueForecast {

  private final JobRepository jobs;
  private final TrainingPool pool;
  private final Clock clock;

  QueueForecast(JobRepository jobs, TrainingPool pool, Clock clock) {
    this.jobs = jobs;
    this.pool = pool;
    this.clock = clock;
  }

  /// Now if a worker is free, else the first known end of a running job; null if none is known, or
  /// if other jobs wait, whose time nobody knows.
  @Nullable Instant start() {
    List<Job> unfinished =
        jobs.unfinished().stream().filter(job -> job.status() != JobStatus.PAUSED).toList();
    Instant now = clock.instant();
    if (unfinished.size() < pool.workers()) {
      return now;
    }
    if (unfinished.size() > pool.workers()) {
      return null;
    }
    return unfinished.stream()
        .flatMap(job -> Stream.ofNullable(end(job, now)))
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  private static @Nullable Instant end(Job job, Instant now) {
    JobView view = job.view(null);
    return view.status() == JobStatus.CANCELLING ? now : view.estimatedFinish();
  }
}
