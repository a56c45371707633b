package dev.backprop.search;

import com.github.f4b6a3.ulid.UlidCreator;
import dev.backprop.http.Page;
import dev.backprop.http.PageRequest;
import dev.backprop.problem.Bound;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// Starts, stops and remembers searches.
final class SearchOperator {

  private static final Duration RETRY = Duration.ofSeconds(1);

  private final SearchPlanner planner;
  private final SearchRun.Tools tools;
  private final SearchProperties limits;
  private final Clock clock;

  /// By their ids, which are sorted by creation.
  private final NavigableMap<String, Entry> searches = new ConcurrentSkipListMap<>();

  SearchOperator(SearchPlanner planner, SearchRun.Tools tools, SearchProperties limits) {
    this.planner = planner;
    this.tools = tools;
    this.limits = limits;
    clock = tools.clock();
  }

  private record Entry(Search search, SearchRun run) {}

  /// Checks a search and starts it.
  ///
  /// @param caller whose jobs its trials are
  /// @throws ProblemException with all that is wrong with it, see [SearchPlanner#prepare], or
  ///   [ProblemType#QUEUE_FULL] if too many run
  Search submit(Bound<SearchSpec> request, String caller) {
    requireRoom();
    PreparedSearch prepared = planner.prepare(request);
    try {
      return start(prepared, caller);
    } catch (RuntimeException | Error e) {
      prepared.lease().close();
      throw e;
    }
  }

  private synchronized Search start(PreparedSearch prepared, String caller) {
    requireRoom();
    String id =
        "search_"
            + UlidCreator.getMonotonicUlid(clock.millis()).toString().toLowerCase(Locale.ROOT);
    Search search =
        new Search(
            id, prepared.name(), prepared.spec(), prepared.course().trials(), clock.instant());
    SearchRun run = new SearchRun(search, prepared, tools, caller);
    searches.put(id, new Entry(search, run));
    forgetTheOldest();
    Thread.ofVirtual().name(id).start(run);
    return search;
  }

  private void requireRoom() {
    long running =
        searches.values().stream().filter(entry -> !entry.search().status().isFinal()).count();
    if (running >= limits.maxRunning()) {
      throw new ProblemException(
              ProblemType.QUEUE_FULL,
              "%d searches are running, as many as backprop.searches.max-running allows."
                  .formatted(running))
          .retryAfter(RETRY);
    }
  }

  private void forgetTheOldest() {
    int ended = 0;
    for (Entry entry : searches.descendingMap().values()) {
      if (entry.search().status().isFinal() && ++ended > limits.retained()) {
        searches.remove(entry.search().id());
      }
    }
  }

  /// The search of an id.
  ///
  /// @throws ProblemException [ProblemType#NOT_FOUND]
  Search find(String id) {
    return entry(id).search();
  }

  private Entry entry(String id) {
    Entry entry = searches.get(id);
    if (entry == null) {
      throw ProblemException.notFound("search", id);
    }
    return entry;
  }

  /// A page of searches, newest first; the cursor is an id.
  Page<Search> list(PageRequest request) {
    NavigableMap<String, Entry> rest =
        request.after() == null ? searches : searches.headMap(request.after(), false);
    return Page.of(
        rest.descendingMap().values().stream()
            .limit(request.limit() + 1L)
            .map(Entry::search)
            .toList(),
        request.limit(),
        Search::id);
  }

  /// Asks a search to stop. Returns at once; its trials stop before their next mini-batch. Asking
  /// again, or asking one that has ended, changes nothing.
  ///
  /// @throws ProblemException [ProblemType#NOT_FOUND]
  Search cancel(String id) {
    Entry entry = entry(id);
    if (entry.search().stop(SearchStopReason.CANCELLED)) {
      entry.run().wake();
    }
    return entry.search();
  }

  /// Forgets a search that has ended. Its model and the jobs of its trials stay.
  ///
  /// @throws ProblemException [ProblemType#NOT_FOUND], or [ProblemType#CONFLICT] before its end
  void delete(String id) {
    if (!find(id).status().isFinal()) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          "Search '%s' has not ended. Cancel it first: POST %s/%s/cancel."
              .formatted(id, SearchController.PATH, id));
    }
    searches.remove(id);
  }
}
