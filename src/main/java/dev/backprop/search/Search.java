package dev.backprop.search;

import dev.backprop.model.Model;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A search: what it is to try and what it has found. Safe for use by several threads.
final class Search {

  private static final String NO_MODEL = "No trial came to a model; each says why under error.";

  private final String id;
  private final String name;
  private final SearchSpec spec;
  private final int planned;
  private final Instant createdAt;
  private final CountDownLatch ended = new CountDownLatch(1);

  private final List<TrialRecord> trials = new ArrayList<>();
  private SearchStatus status = SearchStatus.RUNNING;
  private @Nullable SearchStopReason stopReason;
  private @Nullable Instant finishedAt;
  private SearchView.@Nullable ModelLink model;
  private @Nullable String error;
  private long changes;

  /// @param spec complete
  /// @param planned trials, if nothing stops them
  Search(String id, String name, SearchSpec spec, int planned, Instant createdAt) {
    this.id = id;
    this.name = name;
    this.spec = spec;
    this.planned = planned;
    this.createdAt = createdAt;
  }

  String id() {
    return id;
  }

  String name() {
    return name;
  }

  Instant createdAt() {
    return createdAt;
  }

  synchronized SearchStatus status() {
    return status;
  }

  /// Why it should end, or null.
  synchronized @Nullable SearchStopReason stopReason() {
    return stopReason;
  }

  /// Asks it to end; the first reason stays.
  ///
  /// @return whether this was the first
  synchronized boolean stop(SearchStopReason reason) {
    if (status != SearchStatus.RUNNING || stopReason != null) {
      return false;
    }
    stopReason = reason;
    if (reason == SearchStopReason.CANCELLED) {
      status = SearchStatus.CANCELLING;
    }
    changes++;
    return true;
  }

  /// Adds a trial, or puts what is known of it in the place of what was.
  synchronized void note(TrialRecord trial) {
    int place = trial.candidate().trial() - 1;
    if (place < trials.size()) {
      trials.set(place, trial);
    } else {
      trials.add(trial);
    }
    changes++;
  }

  /// The last trial has ended.
  ///
  /// @param best what is kept, or null if no trial came to a model
  /// @param failure of the search itself, or null
  synchronized void finish(@Nullable Model best, @Nullable String failure, Instant now) {
    if (stopReason == null && failure == null) {
      stopReason = SearchStopReason.TRIALS;
    }
    boolean stopped =
        stopReason == SearchStopReason.CANCELLED || stopReason == SearchStopReason.SHUTDOWN;
    if (best != null) {
      model = new SearchView.ModelLink(best.name(), best.version());
    }
    error = failure == null && best == null && !stopped ? NO_MODEL : failure;
    status =
        error != null
            ? SearchStatus.FAILED
            : stopped ? SearchStatus.CANCELLED : SearchStatus.SUCCEEDED;
    finishedAt = now;
    changes++;
    ended.countDown();
  }

  /// Waits for the end.
  ///
  /// @return whether it came in time
  boolean awaitEnd(Duration timeout) throws InterruptedException {
    return ended.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// The search as it is now, and a tag that changes whenever that does.
  record Snapshot(SearchView view, String entityTag) {}

  /// View and tag of the same moment.
  synchronized Snapshot snapshot() {
    // what the jobs do by themselves is seen once, for both
    List<TrialView> ranked = ranked();
    String live = ranked.stream().map(trial -> trial.status().name()).collect(Collectors.joining());
    return new Snapshot(
        view(ranked), '"' + id + '-' + changes + '-' + Integer.toHexString(live.hashCode()) + '"');
  }

  /// The search as it is now, without its trials.
  synchronized SearchView summary() {
    return view(null);
  }

  private SearchView view(@Nullable List<TrialView> ranked) {
    int done = (int) trials.stream().filter(trial -> trial.live() == null).count();
    int failed =
        (int) trials.stream().filter(trial -> trial.live() == null && !trial.hasValue()).count();
    List<TrialView> best = best().map(trial -> TrialView.of(trial, 1)).toList();
    return new SearchView(
        id,
        name,
        status,
        status.isFinal() ? stopReason : null,
        createdAt,
        finishedAt,
        new SearchView.Progress(
            done, planned, trials.size() - done, failed, (double) done / planned),
        best.isEmpty() ? null : best.getFirst(),
        model,
        error,
        ranked,
        spec,
        SearchView.Links.of(id, model));
  }

  private Stream<TrialRecord> best() {
    return trials.stream().filter(TrialRecord::hasValue).sorted(TrialRecord.RANKING).limit(1);
  }

  /// Those with a value by their rank, then those that go on, then those that came to nothing.
  private List<TrialView> ranked() {
    List<TrialView> views = new ArrayList<>();
    trials.stream()
        .filter(TrialRecord::hasValue)
        .sorted(TrialRecord.RANKING)
        .forEach(trial -> views.add(TrialView.of(trial, views.size() + 1)));
    for (boolean live : new boolean[] {true, false}) {
      trials.stream()
          .filter(trial -> !trial.hasValue() && (trial.live() != null) == live)
          .forEach(trial -> views.add(TrialView.of(trial, null)));
    }
    return views;
  }
}
