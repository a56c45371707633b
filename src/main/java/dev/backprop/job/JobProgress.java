package dev.backprop.job;

import dev.backprop.core.train.EpochReport;
import dev.backprop.core.train.Steering;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How far a job is and how well it does. For one thread at a time: the job guards it.
final class JobProgress {

  /// A later finish is no estimate any more.
  private static final Duration LONGEST_ESTIMATE = Duration.ofDays(36_525);

  private final int trainingRows;
  private final int folds;
  private @Nullable EpochReport latest;
  private @Nullable EpochReport best;
  private @Nullable Instant startedAt;
  private @Nullable Instant pausedAt;
  private Duration paused = Duration.ZERO;
  private Duration trained = Duration.ZERO;
  private Duration elapsed = Duration.ZERO;
  private int fold;
  private int foldEpoch;

  JobProgress(PreparedJob prepared) {
    trainingRows = prepared.split().trainingRows().length;
    folds = prepared.folds() == null ? 0 : prepared.folds().count();
  }

  /// The last epoch that has ended, or null.
  @Nullable EpochReport latest() {
    return latest;
  }

  /// When the training began, or null.
  @Nullable Instant startedAt() {
    return startedAt;
  }

  /// The best epoch so far, or null.
  @Nullable EpochReport best() {
    return best;
  }

  /// The training begins, or goes on after a pause.
  void start(Instant now) {
    startedAt = startedAt == null ? now : startedAt;
    paused = pausedAt == null ? paused : paused.plus(Duration.between(pausedAt, now));
    pausedAt = null;
  }

  void pause(Instant now) {
    pausedAt = now;
  }

  /// An epoch of the model's training has ended.
  ///
  /// @param steering which decides what is best
  /// @return whether it is the best so far
  boolean epochEnded(EpochReport report, Duration sinceStart, Steering steering) {
    latest = report;
    trained = sinceStart;
    elapsed = sinceStart;
    boolean isBest = best == null || steering.isBetter(report, best);
    if (isBest) {
      best = report;
    }
    return isBest;
  }

  /// @param without the fold, counted from 0
  void foldEpochEnded(int without, int epoch, Duration sinceStart) {
    fold = without + 1;
    foldEpoch = epoch;
    elapsed = sinceStart;
  }

  /// The epoch that found the parameters of the model.
  void end(@Nullable EpochReport found) {
    best = found == null ? best : found;
  }

  /// @param epochs that are asked for
  JobView.Progress view(int epochs) {
    int done = done();
    double seconds = trained.toNanos() / 1e9;
    return new JobView.Progress(
        done,
        epochs,
        fraction(epochs),
        seconds > 0 ? (double) done * trainingRows / seconds : null,
        fold == 0 ? null : fold);
  }

  private int done() {
    return latest == null ? 0 : latest.epoch();
  }

  /// How much of all trainings is done, from 0 to 1.
  ///
  /// @param epochs that are asked for
  double fraction(int epochs) {
    double trainings = fold == 0 ? (double) done() / epochs : fold + (double) foldEpoch / epochs;
    return trainings / (folds + 1);
  }

  /// When all epochs will be over at the present speed; null if nobody can say.
  @Nullable Instant estimatedFinish(int epochs) {
    double fraction = fraction(epochs);
    if (startedAt == null || fraction == 0) {
      return null;
    }
    double millis = elapsed.toMillis() / fraction;
    return millis > LONGEST_ESTIMATE.toMillis()
        ? null
        : startedAt.plus(paused).plusMillis((long) millis);
  }

  /// When the training would have begun if it had never been paused, or null.
  @Nullable Instant effectiveStart() {
    return startedAt == null ? null : startedAt.plus(paused);
  }

  /// How long it has trained until the last epoch, without pauses.
  Duration elapsed() {
    return elapsed;
  }
}
