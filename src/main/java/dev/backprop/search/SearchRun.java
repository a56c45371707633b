package dev.backprop.search;

import dev.backprop.job.Trial;
import dev.backprop.model.Model;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.problem.Bound;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A search from its first trial to its model, on a virtual thread that does nothing but wait for
/// trials: they train on the workers, in the queue of all jobs.
final class SearchRun implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(SearchRun.class);

  /// How soon a full queue is tried again.
  private static final Duration RETRY = Duration.ofSeconds(1);

  private static final Duration LONG = Duration.ofDays(1);

  private final Search search;
  private final PreparedSearch prepared;
  private final Tools tools;
  private final String caller;

  /// Ended trials, and empty ones to look again at what was asked for.
  private final BlockingQueue<Optional<Running>> events = new LinkedBlockingQueue<>();

  private final Set<Running> running = new LinkedHashSet<>();
  private @Nullable Candidate refused;
  private @Nullable Best best;
  private @Nullable String failure;
  private volatile boolean abandoned;

  /// @param caller whose jobs its trials are
  SearchRun(Search search, PreparedSearch prepared, Tools tools, String caller) {
    this.search = search;
    this.prepared = prepared;
    this.tools = tools;
    this.caller = caller;
  }

  /// What every search works with.
  ///
  /// @param spec makes that of a trial
  /// @param start queues a trial of a caller
  /// @param models takes the best
  record Tools(
      BiFunction<PreparedSearch, Candidate, Bound<JobSpec>> spec,
      BiFunction<Bound<JobSpec>, String, Trial> start,
      BiFunction<String, IntFunction<Model>, Model> models,
      Clock clock) {}

  private record Running(Candidate candidate, Trial trial) {}

  /// The only trial whose model is held.
  private record Best(TrialRecord record, Trial trial) {}

  /// Looks at once whether it was asked to stop.
  void wake() {
    events.add(Optional.empty());
  }

  @Override
  public void run() {
    try (var _ = prepared.lease()) {
      tryAll();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      search.stop(SearchStopReason.SHUTDOWN);
    } catch (RuntimeException | Error e) {
      log.error("Search {} failed", search.id(), e);
      failure = "The server made a mistake; its log has the details.";
      abandon();
    } finally {
      search.finish(keepBest(), failure, tools.clock().instant());
    }
  }

  private @Nullable Model keepBest() {
    if (best == null) {
      return null;
    }
    Model found = Objects.requireNonNull(best.trial().model());
    Model kept = tools.models().apply(found.name(), found::asVersion);
    best.trial().discard();
    return kept;
  }

  /// Leaves the trials that have not ended to themselves: whoever waits for one discards it.
  private void abandon() {
    abandoned = true;
    for (Running each : running) {
      each.trial().cancel();
      if (each.trial().status().isFinal()) {
        each.trial().discard();
      }
    }
  }

  private void tryAll() throws InterruptedException {
    begin();
    while (!running.isEmpty() || refused != null) {
      Optional<Running> event = events.poll(untilNextLook().toNanos(), TimeUnit.NANOSECONDS);
      if (event != null) {
        event.ifPresent(this::ended);
      }
      if (isLate()) {
        search.stop(SearchStopReason.TIME_LIMIT);
      }
      if (search.stopReason() == null) {
        begin();
      } else {
        refused = null;
        running.forEach(each -> each.trial().cancel());
      }
    }
  }

  private Duration untilNextLook() {
    if (refused != null) {
      return RETRY;
    }
    Instant end = end();
    Duration left = end == null ? LONG : Duration.between(tools.clock().instant(), end);
    return left.isNegative() || search.stopReason() != null ? LONG : left;
  }

  private @Nullable Instant end() {
    return prepared.limit() == null ? null : search.createdAt().plus(prepared.limit());
  }

  private boolean isLate() {
    Instant end = end();
    return end != null && !tools.clock().instant().isBefore(end);
  }

  /// Begins as many trials as there is room for.
  private void begin() {
    while (running.size() < prepared.parallel() && search.stopReason() == null) {
      Candidate candidate = refused == null ? prepared.course().next() : refused;
      refused = null;
      if (candidate == null) {
        return;
      }
      try {
        begin(candidate);
      } catch (ProblemException e) {
        if (e.type() == ProblemType.QUEUE_FULL) {
          refused = candidate;
          return;
        }
        if (e.type() == ProblemType.UNAVAILABLE) {
          search.stop(SearchStopReason.SHUTDOWN);
          return;
        }
        search.note(TrialRecord.refused(candidate, e.detail()));
        prepared.course().ended(candidate, Double.NaN);
      }
    }
  }

  private void begin(Candidate candidate) {
    Bound<JobSpec> spec = tools.spec().apply(prepared, candidate);
    Running begun = new Running(candidate, tools.start().apply(spec, caller));
    running.add(begun);
    search.note(TrialRecord.begun(candidate, begun.trial()));
    Thread.ofVirtual()
        .name("trial of " + search.id())
        .start(
            () -> {
              try {
                begun.trial().awaitEnd();
                if (abandoned) {
                  begun.trial().discard();
                } else {
                  events.add(Optional.of(begun));
                }
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
            });
  }

  private void ended(Running each) {
    Trial trial = each.trial();
    Model model = trial.model();
    Double value = model == null ? null : prepared.value(model);
    double loss = value == null ? Double.NaN : prepared.loss(value);
    Double finite = Double.isFinite(loss) ? value : null;
    TrialRecord record =
        new TrialRecord(
            each.candidate(),
            trial.id(),
            trial.status(),
            finite,
            finite == null ? Double.NaN : loss,
            finite == null ? reason(trial, model) : trial.error(),
            null);
    search.note(record);
    if (finite != null
        && (best == null || TrialRecord.RANKING.compare(record, best.record()) < 0)) {
      if (best != null) {
        best.trial().discard();
      }
      best = new Best(record, trial);
    } else {
      trial.discard();
    }
    running.remove(each);
    prepared.course().ended(each.candidate(), record.loss());
  }

  private static @Nullable String reason(Trial trial, @Nullable Model model) {
    String error = trial.error();
    return error == null && model != null
        ? "The validation rows do not define the metric for this model."
        : error;
  }
}
