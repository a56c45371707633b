package dev.backprop.job;

import dev.backprop.core.train.EpochReport;
import dev.backprop.core.train.StopReason;
import dev.backprop.core.train.TrainingSpec;
import dev.backprop.dataset.Dataset;
import dev.backprop.model.Model;
import dev.backprop.model.spec.JobSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A training job: its spec, its state and its loss history. Safe for use by several threads; every
/// change of the status goes through one method.
final class Job {

  /// A later finish is no estimate any more.
  private static final Duration LONGEST_ESTIMATE = Duration.ofDays(36_525);

  private final String id;
  private final String name;
  private final JobSpec spec;
  private final JobView.DatasetLink dataset;
  private final JobView.@Nullable DatasetLink validationDataset;
  private final TrainingSpec training;
  private final int epochs;
  private final int trainingRows;
  private final int folds;
  private final long modelBytes;
  private final Instant createdAt;
  private final LossHistory history;
  private final CountDownLatch ended = new CountDownLatch(1);

  private volatile @Nullable StopReason stopRequest;
  private JobStatus status = JobStatus.QUEUED;
  private @Nullable StopReason stopReason;
  private @Nullable Instant startedAt;
  private @Nullable Instant finishedAt;
  private @Nullable EpochReport best;
  private @Nullable ModelReference model;
  private @Nullable JobError error;
  private Duration trained = Duration.ZERO;
  private Duration elapsed = Duration.ZERO;
  private int fold;
  private int foldEpoch;
  private @Nullable Model source;
  private long changes;
  private StatusListener listener = (_, _) -> {};

  Job(String id, PreparedJob prepared, Instant createdAt, int curvePoints) {
    this.id = id;
    name = prepared.name();
    spec = prepared.spec();
    dataset = JobView.DatasetLink.of(prepared.dataset());
    Dataset validation = prepared.validation();
    validationDataset = validation == null ? null : JobView.DatasetLink.of(validation);
    training = prepared.training();
    epochs = training.epochs();
    trainingRows = prepared.split().trainingRows().length;
    folds = prepared.folds() == null ? 0 : prepared.folds().count();
    modelBytes =
        Model.bytes(
            prepared.network().parameterCount() + prepared.network().statisticsCount(),
            prepared.preprocessor(),
            prepared.spec());
    this.createdAt = createdAt;
    history = new LossHistory(curvePoints);
    source = prepared.source();
  }

  /// The version of a model that a job made.
  record ModelReference(String name, int version) {}

  /// What became of the job.
  ///
  /// @param reason why the training ended
  /// @param best the epoch that found the model's parameters, or null without a model
  /// @param model what it made, or null
  /// @param error what went wrong, or null
  record Ending(
      @Nullable StopReason reason,
      @Nullable EpochReport best,
      @Nullable ModelReference model,
      @Nullable JobError error) {

    /// The status that the ending alone would lead to.
    private JobStatus status() {
      if (error != null || reason == null) {
        return JobStatus.FAILED;
      }
      return reason == StopReason.CANCELLED || reason == StopReason.SHUTDOWN
          ? JobStatus.CANCELLED
          : JobStatus.SUCCEEDED;
    }
  }

  String id() {
    return id;
  }

  Instant createdAt() {
    return createdAt;
  }

  /// The memory that its model will take.
  long modelBytes() {
    return modelBytes;
  }

  /// The model that it starts from, until it has ended; null without one.
  synchronized @Nullable Model source() {
    return source;
  }

  LossHistory history() {
    return history;
  }

  /// Why the training should stop, or null.
  @Nullable StopReason stopRequest() {
    return stopRequest;
  }

  synchronized JobStatus status() {
    return status;
  }

  /// Hears of each status of a job, within the change: it must neither wait nor change the job.
  @FunctionalInterface
  interface StatusListener {

    void changed(Job job, JobStatus status);
  }

  /// Tells the present status and each one after it.
  synchronized void listen(StatusListener newListener) {
    listener = newListener;
    listener.changed(this, status);
  }

  /// The one way from a status to another.
  private void transition(JobStatus to) {
    if (!status.successors().contains(to)) {
      throw new IllegalStateException("job " + id + " cannot go from " + status + " to " + to);
    }
    status = to;
    source = to.isFinal() ? null : source;
    changes++;
    listener.changed(this, to);
  }

  /// A worker takes the job.
  ///
  /// @return false if it was cancelled before
  synchronized boolean start(Instant now) {
    if (status != JobStatus.QUEUED) {
      return false;
    }
    transition(JobStatus.RUNNING);
    startedAt = now;
    return true;
  }

  synchronized void epochEnded(EpochReport report, Duration sinceStart) {
    history.add(report);
    trained = sinceStart;
    elapsed = sinceStart;
    if (best == null || training.isBetter(report, best)) {
      best = report;
    }
    changes++;
  }

  /// An epoch of the training without a fold has ended, after that of the model.
  ///
  /// @param without the fold, counted from 0
  synchronized void foldEpochEnded(int without, int epoch, Duration sinceStart) {
    fold = without + 1;
    foldEpoch = epoch;
    elapsed = sinceStart;
    changes++;
  }

  /// Asks the job to stop; one that ended or was asked before stays as it is.
  ///
  /// @return whether it was still in the queue and has ended with this
  synchronized boolean stop(StopReason reason, Instant now) {
    if (status == JobStatus.QUEUED) {
      stopReason = reason;
      finishedAt = now;
      transition(JobStatus.CANCELLED);
      ended.countDown();
      return true;
    }
    if (status == JobStatus.RUNNING) {
      if (reason == StopReason.CANCELLED) {
        transition(JobStatus.CANCELLING);
      }
      stopRequest = reason;
    }
    return false;
  }

  /// The worker is done. A cancel that came with the last batch wins.
  synchronized void finish(Ending ending, Instant now) {
    boolean cancelled = status == JobStatus.CANCELLING;
    transition(cancelled ? JobStatus.CANCELLED : ending.status());
    stopReason = cancelled ? StopReason.CANCELLED : ending.reason();
    best = ending.best() == null ? best : ending.best();
    model = ending.model();
    error = cancelled ? null : ending.error();
    finishedAt = now;
    ended.countDown();
  }

  /// Waits for the end.
  ///
  /// @return whether it came in time
  boolean awaitEnd(Duration timeout) throws InterruptedException {
    return ended.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// The job as it is now, and a tag that changes whenever that does.
  record Snapshot(JobView view, String entityTag) {}

  /// View and tag of the same moment.
  ///
  /// @param place null when it waits no longer
  synchronized Snapshot snapshot(@Nullable QueuePlace place) {
    return new Snapshot(view(place), entityTag(place));
  }

  /// How much of all trainings is done, from 0 to 1.
  synchronized double fraction() {
    EpochReport latest = history.last();
    int done = latest == null ? 0 : latest.epoch();
    double trainings = fold == 0 ? (double) done / epochs : fold + (double) foldEpoch / epochs;
    return trainings / (folds + 1);
  }

  /// The job as it is now.
  ///
  /// @param place null when it waits no longer
  synchronized JobView view(@Nullable QueuePlace place) {
    EpochReport latest = history.last();
    int done = latest == null ? 0 : latest.epoch();
    double seconds = trained.toNanos() / 1e9;
    double fraction = fraction();
    return new JobView(
        id,
        name,
        status,
        stopReason,
        createdAt,
        place == null ? null : place.estimatedStart(),
        startedAt,
        finishedAt,
        estimatedFinish(fraction),
        place == null ? null : place.position(),
        new JobView.Progress(
            done,
            epochs,
            fraction,
            seconds > 0 ? (double) done * trainingRows / seconds : null,
            fold == 0 ? null : fold),
        JobView.Epoch.of(latest),
        JobView.Best.of(best),
        model == null ? null : new JobView.ModelLink(model.name(), model.version()),
        error,
        spec,
        dataset,
        validationDataset,
        JobView.Links.of(id, model));
  }

  /// When all epochs will be over at the present speed; null unless the job is on its way there.
  private @Nullable Instant estimatedFinish(double fraction) {
    if (startedAt == null || fraction == 0 || status != JobStatus.RUNNING) {
      return null;
    }
    double millis = elapsed.toMillis() / fraction;
    return millis > LONGEST_ESTIMATE.toMillis() ? null : startedAt.plusMillis((long) millis);
  }

  /// Changes whenever the view does.
  private String entityTag(@Nullable QueuePlace place) {
    String ofPlace = "";
    if (place != null) {
      Instant start = place.estimatedStart();
      ofPlace = "-" + place.position() + (start == null ? "" : "-" + start.getEpochSecond());
    }
    return '"' + id + '-' + changes + ofPlace + '"';
  }
}
