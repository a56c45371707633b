package dev.backprop.job;

import dev.backprop.model.spec.Priority;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// When jobs that wait will start: at the latest then, if those before them take as long as is
/// estimated, no other overtakes them, and memory keeps none waiting.
///
/// A job that trains ends at its present speed, or before its first epoch as its work and the
/// [Speed] of the server say; so does one that waits. A worker whose job's end is unknown counts as
/// none. The work before a job is poured over the workers as they become free, as if it could be
/// cut at will: no worker can be free later than when all of them have reached the same level, nor
/// earlier than that by more than the longest job that waits before it.
final class QueueForecast {

  /// A later start is no estimate any more.
  private static final double LONGEST_SECONDS = 3e9;

  private final TrainingPool pool;
  private final Speed speed;
  private final Clock clock;

  QueueForecast(TrainingPool pool, Speed speed, Clock clock) {
    this.pool = pool;
    this.speed = speed;
    this.clock = clock;
  }

  /// The place of a job; null if it does not wait.
  @Nullable QueuePlace place(Job job) {
    guessSpeed();
    TrainingPool.Line line = pool.line(job);
    return line == null ? null : QueuePlace.of(line.before().count() + 1, start(line));
  }

  /// When a job would start that a caller posted now; null if that is unknown.
  @Nullable Instant startOfNew(String caller, Priority priority) {
    guessSpeed();
    return start(pool.lineOfNew(caller, priority));
  }

  /// By the first job that is on its way, as long as none has ended.
  private void guessSpeed() {
    if (speed.isMeasured()) {
      return;
    }
    for (TrainingRun run : pool.runs()) {
      Job.Pace pace = run.job().pace();
      if (pace != null && pace.fraction() > 0 && pace.trained().isPositive()) {
        speed.guess(run.operationsDone() / (pace.trained().toNanos() / 1e9));
      }
    }
  }

  private @Nullable Instant start(TrainingPool.Line line) {
    Instant now = clock.instant();
    int idle = pool.workers() - line.running().size();
    if (idle > line.before().count()) {
      return now;
    }
    if (line.before().count() > 0 && speed.perSecond() == null) {
      return null;
    }
    double[] free =
        Stream.concat(
                Stream.generate(() -> now).limit(Math.max(0, idle)),
                line.running().stream().map(run -> end(run, now)).filter(Objects::nonNull))
            .mapToDouble(end -> Math.max(0, Duration.between(now, end).toNanos() / 1e9))
            .sorted()
            .toArray();
    double seconds = level(free, line.before().cost());
    return seconds > LONGEST_SECONDS ? null : now.plusNanos((long) (seconds * 1e9));
  }

  /// Where what is poured over columns comes to stand.
  ///
  /// @param columns their heights, the lowest first
  /// @return infinite without columns
  static double level(double[] columns, double poured) {
    double volume = Math.max(0, poured);
    double level = Double.POSITIVE_INFINITY;
    for (int wet = 1; wet <= columns.length && level > columns[wet - 1]; wet++) {
      volume += columns[wet - 1];
      level = volume / wet;
    }
    return level;
  }

  /// When a worker that has a run is free; null if nobody can say. What is to pause or to end is as
  /// good as gone.
  private @Nullable Instant end(TrainingRun run, Instant now) {
    Job.Pace pace = run.job().pace();
    if (pace == null) {
      return now;
    }
    Duration limit = run.work().limit();
    Double perSecond = speed.perSecond();
    return Stream.of(
            pace.finish(),
            limit == null ? null : pace.start().plus(limit),
            perSecond == null || pace.finish() != null
                ? null
                : later(pace.start(), run.work().seconds(perSecond)))
        .filter(Objects::nonNull)
        .min(Instant::compareTo)
        .orElse(null);
  }

  private static @Nullable Instant later(Instant start, double seconds) {
    return seconds > LONGEST_SECONDS ? null : start.plusNanos((long) (seconds * 1e9));
  }
}
