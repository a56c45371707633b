package dev.backprop.job.event;

import dev.backprop.core.train.EpochReport;
import dev.backprop.core.train.StopReason;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What has happened to a job: events numbered from 1 on. Everything that shows the course of a job
/// reads here.
///
/// It stays bounded however long a job trains: of many epochs those at regular steps are kept, the
/// first, the last, the best and those with the lowest and highest losses always. All other events
/// are kept. A number that is missing belonged to an epoch.
///
/// Whoever writes does nothing for those who read: readers come with the number that they have and
/// take what is behind it. Safe for use by several threads.
public final class EventLog {

  /// A checkpoint is an event only if the training has gone on by this share since the last one, so
  /// that ten million epochs that are all better than the one before have some 200.
  private static final double CHECKPOINT_STEP = 1.1;

  /// Callers can steer a job this often; each time makes an event or two, which are never thinned.
  private static final int MAX_OTHERS = 10_000;

  /// About what an event that is no epoch takes.
  private static final int BYTES = 200;

  private final InstantSource clock;
  private final EpochHistory epochs;
  private final List<JobEvent> others = new ArrayList<>();
  private final CompletableFuture<JobEvent.DoneEvent> done = new CompletableFuture<>();
  private @Nullable LoggedEpoch checkpoint;
  private volatile long lastSeq;
  private volatile boolean over;

  /// @param capacity epochs that are kept, beside those that always are
  public EventLog(int capacity, InstantSource clock) {
    this.clock = clock;
    epochs = new EpochHistory(capacity);
  }

  /// The job went to another status.
  ///
  /// @param status as the API names it
  public synchronized void status(String status, @Nullable StopReason stopReason) {
    append(new JobEvent.StatusEvent(lastSeq + 1, now(), status, stopReason));
  }

  /// Makes room for the epochs of a training that is about to begin, where they are few: the curves
  /// of many short jobs would leave more behind than they keep if each grew on its way.
  ///
  /// @param epochs of it, at most
  public synchronized void reserve(int epochs) {
    this.epochs.reserve(epochs);
  }

  /// An epoch has ended.
  ///
  /// @param isBest whether it is better than all before it
  public synchronized void epoch(EpochReport report, boolean isBest) {
    epochs.add(new LoggedEpoch(lastSeq + 1, clock.millis(), report), isBest);
    lastSeq++;
    if (isBest
        && (checkpoint == null
            || report.epoch() >= CHECKPOINT_STEP * checkpoint.report().epoch())) {
      checkpoint();
    }
  }

  /// Something that somebody should have a look at.
  ///
  /// @param code a word for programs
  /// @param detail what was seen and what to try
  public synchronized void warning(String code, String detail) {
    append(new JobEvent.WarningEvent(lastSeq + 1, now(), code, detail));
  }

  /// A caller changed settings. Ask for room first.
  ///
  /// @param epoch the first one that they hold for
  /// @param patch the JSON Merge Patch
  public synchronized void changed(int epoch, JsonNode patch) {
    append(new JobEvent.ChangeEvent(lastSeq + 1, now(), epoch, patch));
  }

  /// Checks, before a caller steers a job, that what is to be said of it will fit.
  ///
  /// @throws ProblemException [ProblemType#LIMIT_EXCEEDED] if it does not
  public synchronized void requireRoom() {
    if (others.size() >= MAX_OTHERS) {
      throw new ProblemException(
          ProblemType.LIMIT_EXCEEDED,
          "The job has %d events that are no epochs, and no more changes are taken. Let it train, or cancel it."
              .formatted(others.size()));
    }
  }

  /// The job has ended. A checkpoint that was left out comes before it.
  ///
  /// @param status as the API names it
  public void done(
      String status,
      @Nullable StopReason stopReason,
      JobEvent.@Nullable MadeModel model,
      JobEvent.@Nullable Failure error) {
    JobEvent.DoneEvent last;
    synchronized (this) {
      if (!Objects.equals(epochs.best(), checkpoint)) {
        checkpoint();
      }
      last = new JobEvent.DoneEvent(lastSeq + 1, now(), status, stopReason, model, error);
      append(last);
      epochs.trim();
      over = true;
    }
    done.complete(last);
  }

  /// The job is forgotten: nothing more will come, whatever was logged.
  public void close() {
    over = true;
  }

  /// Comes with the last event. What is to follow should have a thread of its own, or it runs on
  /// that of the job.
  public CompletableFuture<JobEvent.DoneEvent> whenDone() {
    return done.copy();
  }

  private void checkpoint() {
    LoggedEpoch best = epochs.best();
    if (best != null) {
      checkpoint = best;
      EpochReport report = best.report();
      append(
          new JobEvent.CheckpointEvent(
              lastSeq + 1,
              now(),
              report.epoch(),
              report.trainingLoss(),
              report.validationLoss(),
              MetricNames.of(report)));
    }
  }

  private void append(JobEvent event) {
    others.add(event);
    lastSeq = event.seq();
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }

  /// The number of the last event, 0 before the first. Takes no lock.
  public long lastSeq() {
    return lastSeq;
  }

  /// Whether no event will come any more. Takes no lock.
  public boolean isOver() {
    return over;
  }

  /// The events behind a number, in their order.
  ///
  /// @param limit at most so many, the first ones
  public synchronized List<JobEvent> after(long seq, int limit) {
    return Stream.concat(
            epochs.after(seq, limit).stream().map(LoggedEpoch::event),
            others.subList(firstOtherAfter(seq), others.size()).stream().limit(limit))
        .sorted(Comparator.comparingLong(JobEvent::seq))
        .limit(limit)
        .toList();
  }

  /// Of the events behind a number all that are no epochs, and the newest epoch, in their order.
  public synchronized List<JobEvent> newsAfter(long seq) {
    List<JobEvent> news = new ArrayList<>(others.subList(firstOtherAfter(seq), others.size()));
    LoggedEpoch newest = epochs.last();
    if (newest != null && newest.seq() > seq) {
      news.add(newest.event());
      news.sort(Comparator.comparingLong(JobEvent::seq));
    }
    return news;
  }

  private int firstOtherAfter(long seq) {
    int index = others.size();
    while (index > 0 && others.get(index - 1).seq() > seq) {
      index--;
    }
    return index;
  }

  /// The epochs as a curve: at most `maxPoints` in their order, all that are kept if they fit, else
  /// the first, the last, the best, the extremes and, evenly, others between them.
  ///
  /// @param maxPoints at least 10
  public synchronized List<EpochReport> curve(int maxPoints) {
    return epochs.points(maxPoints);
  }

  /// The memory that the log takes, about.
  public synchronized long bytes() {
    return epochs.bytes() + (long) BYTES * others.size();
  }
}
