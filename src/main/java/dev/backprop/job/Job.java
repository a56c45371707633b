package dev.backprop.job;

import dev.backprop.core.train.EpochReport;
import dev.backprop.core.train.StopReason;
import dev.backprop.dataset.Dataset;
import dev.backprop.http.EntityTags;
import dev.backprop.job.event.EventLog;
import dev.backprop.model.Lineage;
import dev.backprop.model.Model;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// A training job: its spec, its state and the log of its events. Safe for use by several threads;
/// every change of the status goes through one method.
///
/// A job holds its lock while it asks the queue to take its run or to give it back, and while it
/// tells its listener of a status, because status, run and memory have to fit each other at any
/// moment. So locks are taken in this order alone: the operator's, one job's, then that of the pool
/// or the repository, last that of the event log. These call no method of a job that takes its lock
/// while they hold theirs; what they ask of it is final or volatile.
final class Job {

  private static final Logger log = LoggerFactory.getLogger(Job.class);

  private final String id;
  private final String name;
  private final JobCourse course;
  private final JobView.DatasetLink dataset;
  private final JobView.@Nullable DatasetLink validationDataset;
  private final long modelBytes;
  private final double trainingBytes;
  private final Lineage.@Nullable Parent parent;
  private final Instant createdAt;
  private final EventLog events;
  private final TrainingWatch watch;
  private final JobProgress progress;
  private final CountDownLatch ended = new CountDownLatch(1);

  private volatile @Nullable StopReason stopRequest;
  private volatile boolean pauseRequested;
  private volatile double fraction;
  private JobStatus status = JobStatus.QUEUED;
  private @Nullable StopReason stopReason;
  private @Nullable Instant finishedAt;
  private @Nullable ModelReference model;
  private @Nullable JobError error;
  private @Nullable Origin source;
  private @Nullable TrainingRun run;

  /// Whether it is paused and its run in nobody's hands: neither in the queue nor with a worker.
  private boolean idle;

  /// Whether it keeps its memory without training, or will.
  private boolean aside;

  private long changes;
  private StatusListener listener = (_, _) -> {};

  Job(String id, PreparedJob prepared, InstantSource clock, int curvePoints) {
    this.id = id;
    name = prepared.name();
    course = new JobCourse(JobCourse.Leg.of(prepared));
    dataset = JobView.DatasetLink.of(prepared.dataset());
    Dataset validation = prepared.validation();
    validationDataset = validation == null ? null : JobView.DatasetLink.of(validation);
    modelBytes =
        Model.bytes(
            prepared.network().parameterCount() + prepared.network().statisticsCount(),
            prepared.preprocessor(),
            prepared.spec());
    trainingBytes = JobLimits.memory(prepared);
    createdAt = clock.instant();
    events = new EventLog(curvePoints, clock);
    watch = new TrainingWatch(events);
    progress = new JobProgress(prepared);
    source = prepared.source();
    parent = source == null ? null : source.parent();
    events.status(Words.of(status), null);
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

  /// The memory that its training takes, about.
  double trainingBytes() {
    return trainingBytes;
  }

  /// What it starts from, until it has ended; null without one.
  synchronized @Nullable Origin source() {
    return source;
  }

  EventLog events() {
    return events;
  }

  /// Why the training should stop, or null.
  @Nullable StopReason stopRequest() {
    return stopRequest;
  }

  /// Whether the training should leave off for now.
  boolean isPauseRequested() {
    return pauseRequested;
  }

  /// What trains it, as long as it has not ended.
  synchronized void trainedBy(TrainingRun training) {
    run = training;
  }

  /// The spec as it is now.
  synchronized JobSpec spec() {
    return course.newest().spec();
  }

  /// What trains it; null when it has ended.
  synchronized @Nullable TrainingRun run() {
    return run;
  }

  /// Whether it keeps its memory while it does not train: it is paused, or about to be, or waits to
  /// go on or to end after a pause.
  synchronized boolean isAside() {
    return aside;
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

  /// The one way from a status to another. What a final one leaves behind is set before.
  private void transition(JobStatus to) {
    requireSuccessor(to);
    status = to;
    if (to.isFinal()) {
      source = null;
      run = null;
      aside = false;
    }
    changes++;
    events.status(Words.of(to), stopReason);
    if (to.isFinal()) {
      events.done(Words.of(to), stopReason, JobView.made(model), JobView.failure(error));
    }
    listener.changed(this, to);
  }

  private void requireSuccessor(JobStatus to) {
    if (!status.successors().contains(to)) {
      throw new IllegalStateException("job " + id + " cannot go from " + status + " to " + to);
    }
  }

  /// What a worker that has taken a job is to do with it.
  enum Start {
    /// Train, or end what was trained.
    GO,
    /// Leave it; it was paused meanwhile.
    WAIT,
    /// Give its data free; it was cancelled meanwhile.
    END
  }

  /// A worker takes the job, for the first time or after a pause.
  synchronized Start start(Instant now) {
    return switch (status) {
      case QUEUED -> {
        transition(JobStatus.RUNNING);
        progress.start(now);
        aside = false;
        yield Start.GO;
      }
      case PAUSED -> {
        idle = true;
        yield Start.WAIT;
      }
      case CANCELLING -> Start.GO;
      case SUCCEEDED, CANCELLED, FAILED -> Start.END;
      case RUNNING, PAUSING ->
          throw new IllegalStateException("job " + id + " is " + status + " already");
    };
  }

  /// Asks the job to pause: at once where it waits, before its next mini-batch where it trains. One
  /// that is paused, is about to end or has ended stays as it is.
  synchronized void pause(RunQueue queue) {
    if (status == JobStatus.QUEUED) {
      events.requireRoom();
      idle = queue.remove(Objects.requireNonNull(run));
      aside = true;
      transition(JobStatus.PAUSED);
    } else if (status == JobStatus.RUNNING && stopRequest == null) {
      events.requireRoom();
      aside = true;
      transition(JobStatus.PAUSING);
      pauseRequested = true;
    }
  }

  /// The training has left off. From now on it may go on elsewhere.
  ///
  /// @return false if it is to go on here, because it was resumed or stopped meanwhile
  synchronized boolean rest(Instant now) {
    if (status != JobStatus.PAUSING || stopRequest != null) {
      return false;
    }
    pauseRequested = false;
    progress.pause(now);
    idle = true;
    transition(JobStatus.PAUSED);
    return true;
  }

  /// Takes a pause back, or queues a paused job. Others stay as they are.
  ///
  /// @return false if the queue does not take it, and it stays paused
  synchronized boolean resume(RunQueue queue) {
    if (status == JobStatus.PAUSING) {
      pauseRequested = false;
      aside = false;
      transition(JobStatus.RUNNING);
    } else if (status == JobStatus.PAUSED) {
      if (idle && !queue.offer(Objects.requireNonNull(run))) {
        return false;
      }
      idle = false;
      aside = progress.startedAt() != null;
      transition(JobStatus.QUEUED);
    }
    return true;
  }

  synchronized void epochEnded(EpochReport report, Duration sinceStart) {
    boolean isBest = progress.epochEnded(report, sinceStart, course.in(report.epoch()).steering());
    fraction = progress.fraction(epochs());
    events.epoch(report, isBest);
    watch.epochEnded(report);
    changes++;
  }

  /// An epoch of the training without a fold has ended, after that of the model.
  ///
  /// @param without the fold, counted from 0
  synchronized void foldEpochEnded(int without, int epoch, Duration sinceStart) {
    progress.foldEpochEnded(without, epoch, sinceStart);
    fraction = progress.fraction(epochs());
    changes++;
  }

  /// Asks the job to stop; one that ended or was asked before stays as it is.
  ///
  /// @return its run, if that is in nobody's hands: to be abandoned if the job has ended with this,
  ///   else to be brought to its end
  synchronized @Nullable TrainingRun stop(StopReason reason, Instant now, RunQueue queue) {
    return switch (status) {
      case QUEUED, PAUSED -> {
        TrainingRun waiting = Objects.requireNonNull(run);
        boolean free = idle || queue.remove(waiting);
        idle = false;
        stopWaiting(reason, now);
        yield free ? waiting : null;
      }
      case RUNNING, PAUSING -> {
        if (reason == StopReason.CANCELLED) {
          transition(JobStatus.CANCELLING);
        }
        stopRequest = reason;
        yield null;
      }
      case CANCELLING, SUCCEEDED, CANCELLED, FAILED -> null;
    };
  }

  private void stopWaiting(StopReason reason, Instant now) {
    if (progress.startedAt() != null) {
      stopRequest = reason;
      transition(JobStatus.CANCELLING);
      return;
    }
    stopReason = reason;
    finishedAt = now;
    transition(JobStatus.CANCELLED);
    ended.countDown();
  }

  /// The worker is done. A cancel that came with the last batch wins.
  synchronized void finish(Ending ending, Instant now) {
    boolean cancelled = status == JobStatus.CANCELLING;
    JobStatus to = cancelled ? JobStatus.CANCELLED : ending.status();
    requireSuccessor(to);
    stopReason = cancelled ? stopRequest : ending.reason();
    progress.end(ending.best());
    model = ending.model();
    error = cancelled ? null : ending.error();
    finishedAt = now;
    transition(to);
    ended.countDown();
  }

  /// What of a job decides how it may be changed, all of the same moment.
  ///
  /// @param leg what holds from the next epoch on
  /// @param begun epochs that have begun
  record Changeable(JobCourse.Leg leg, int begun, PreparedJob prepared) {}

  /// What can be changed now.
  ///
  /// @param ifMatch states that the caller has seen, null for any
  /// @param place of the present one
  /// @throws ProblemException [ProblemType#PRECONDITION_FAILED] if this is none of them;
  ///   [ProblemType#CONFLICT] if nothing can be changed any more
  synchronized Changeable changeable(@Nullable List<String> ifMatch, @Nullable QueuePlace place) {
    EntityTags.requireMatch(ifMatch, entityTag(place));
    events.requireRoom();
    if (run == null || status == JobStatus.CANCELLING || course.isOver()) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          "Job '%s' is %s and has no epoch left for which something could be changed. Start a new one from its parameters: POST /api/v1/jobs/%s/fork."
              .formatted(id, Words.of(status), id));
    }
    if (course.isFull()) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          "Job '%s' was changed %d times, and each change is kept with its model. Start a new one from its parameters: POST /api/v1/jobs/%s/fork."
              .formatted(id, JobCourse.MOST_CHANGES, id));
    }
    return new Changeable(course.newest(), course.begun(), run.prepared());
  }

  /// Changes what holds from the next epoch on.
  ///
  /// @param from what the change was made from
  /// @param patch for the lineage
  /// @param ifMatch as before
  /// @return false if the job has moved on since then, so that the change has to be made anew
  /// @throws ProblemException [ProblemType#PRECONDITION_FAILED] if it is in another state
  synchronized boolean change(
      Changeable from,
      JobCourse.Leg leg,
      JsonNode patch,
      @Nullable List<String> ifMatch,
      @Nullable QueuePlace place) {
    boolean begins = from.begun() == 0 && course.begun() > 0;
    boolean fits = leg.training().epochs() >= course.begun() && !course.isOver();
    if (begins || !fits || !course.newest().equals(from.leg()) || course.isFull()) {
      return false;
    }
    if (run == null || status == JobStatus.CANCELLING) {
      return false;
    }
    EntityTags.requireMatch(ifMatch, entityTag(place));
    changed(course.change(leg, patch));
    fraction = progress.fraction(epochs());
    run.goOnWith(leg);
    return true;
  }

  /// Every change of the settings passes here.
  private void changed(Lineage.Change change) {
    log.debug("Job {} is changed from epoch {} on", id, change.epoch());
    events.changed(change.epoch(), change.patch());
    changes++;
  }

  /// What holds in an epoch, counted from 1.
  synchronized JobCourse.Leg legIn(int epoch) {
    return course.in(epoch);
  }

  /// The same for the training, which is about to begin it, or is over.
  synchronized JobCourse.Leg beginEpoch(int epoch) {
    return course.begin(epoch);
  }

  /// The training begins with its first epoch.
  synchronized void trainingBegins() {
    events.reserve(epochs());
  }

  /// The training has ended, and only what came of it is to be measured.
  synchronized void trainingEnded() {
    course.end();
  }

  /// What the training was made with, when it has ended.
  synchronized Trace trace() {
    return new Trace(course.first().spec(), course.held());
  }

  /// How to make the same parameters again.
  ///
  /// @param spec as the training began
  /// @param changes on the way
  record Trace(JobSpec spec, List<Lineage.Change> changes) {}

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
  double fraction() {
    return fraction;
  }

  /// How fast it trains.
  ///
  /// @param start when it would have begun if it had never been paused
  /// @param trained the time that it has trained until the last epoch, without pauses
  /// @param fraction of all trainings that was done then
  /// @param finish when all will be done at this speed; null if nobody can say
  record Pace(Instant start, Duration trained, double fraction, @Nullable Instant finish) {}

  /// Its pace; null while it does not train.
  synchronized @Nullable Pace pace() {
    Instant start = progress.effectiveStart();
    return status != JobStatus.RUNNING || start == null
        ? null
        : new Pace(start, progress.elapsed(), fraction, progress.estimatedFinish(epochs()));
  }

  private int epochs() {
    return course.newest().training().epochs();
  }

  /// The job as it is now.
  ///
  /// @param place null when it waits no longer
  synchronized JobView view(@Nullable QueuePlace place) {
    int epochs = epochs();
    return new JobView(
        id,
        name,
        status,
        stopReason,
        createdAt,
        place == null ? null : place.estimatedStart(),
        progress.startedAt(),
        finishedAt,
        status == JobStatus.RUNNING ? progress.estimatedFinish(epochs) : null,
        place == null ? null : place.position(),
        progress.view(epochs),
        JobView.Epoch.of(progress.latest()),
        JobView.Best.of(progress.best()),
        model == null ? null : new JobView.ModelLink(model.name(), model.version()),
        error,
        course.newest().spec(),
        course.changes(),
        parent,
        dataset,
        validationDataset,
        JobView.Links.of(id, model));
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
