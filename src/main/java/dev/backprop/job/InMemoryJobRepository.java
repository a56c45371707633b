package dev.backprop.job;

import dev.backprop.core.nn.Parameters;
import dev.backprop.http.Page;
import dev.backprop.http.PageRequest;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/// Remembers jobs on the heap, sorted by their ids, which are sorted by creation. It hears of the
/// end of each, so that no question needs a walk through all of them.
@Repository
final class InMemoryJobRepository implements JobRepository {

  private final NavigableMap<String, Job> jobs = new ConcurrentSkipListMap<>();
  private final int retained;
  private final long maxHistoryBytes;

  // guarded by this; jobs tell of their status within their own lock, so none is asked within this
  private final Map<String, Unfinished> unfinished = new HashMap<>();
  private final Map<String, Job> begun = new HashMap<>();
  private final NavigableMap<String, Long> historyBytesOfEnded = new TreeMap<>();
  private final IdentityHashMap<Parameters, Source> sources = new IdentityHashMap<>();
  private long historyBytes;
  private long promisedBytes;

  InMemoryJobRepository(JobProperties properties) {
    retained = properties.retained();
    maxHistoryBytes = properties.maxHistoryMemory().bytes();
  }

  /// A job and what it starts from.
  private record Unfinished(Job job, @Nullable Origin source) {}

  /// What a number of jobs start from.
  private record Source(Origin origin, int jobs) {

    Source plus(int more) {
      return new Source(origin, jobs + more);
    }
  }

  @Override
  public void save(Job job) {
    jobs.put(job.id(), job);
    job.listen(this::changed);
    forgetTheOldest();
  }

  private synchronized void changed(Job job, JobStatus status) {
    if (!jobs.containsKey(job.id())) {
      return;
    }
    if (status.isFinal()) {
      close(job.id());
      long bytes = job.events().bytes();
      historyBytesOfEnded.put(job.id(), bytes);
      historyBytes += bytes;
      return;
    }
    if (!unfinished.containsKey(job.id())) {
      open(job);
    }
    if (status != JobStatus.QUEUED) {
      begun.put(job.id(), job);
    }
  }

  private void open(Job job) {
    Origin source = job.source();
    unfinished.put(job.id(), new Unfinished(job, source));
    promisedBytes += job.modelBytes();
    if (source != null) {
      sources.merge(source.parameters(), new Source(source, 1), (before, _) -> before.plus(1));
    }
  }

  private void close(String id) {
    Unfinished closed = unfinished.remove(id);
    if (closed == null) {
      return;
    }
    begun.remove(id);
    promisedBytes -= closed.job().modelBytes();
    Origin source = closed.source();
    if (source != null) {
      sources.computeIfPresent(
          source.parameters(), (_, held) -> held.jobs() == 1 ? null : held.plus(-1));
    }
  }

  private synchronized void forgetTheOldest() {
    long ofBegun = begun.values().stream().mapToLong(job -> job.events().bytes()).sum();
    while (historyBytesOfEnded.size() > retained
        || (!historyBytesOfEnded.isEmpty() && historyBytes + ofBegun > maxHistoryBytes)) {
      forget(historyBytesOfEnded.firstKey());
    }
  }

  private void forget(String id) {
    jobs.remove(id);
    close(id);
    Long bytes = historyBytesOfEnded.remove(id);
    historyBytes -= bytes == null ? 0 : bytes;
  }

  @Override
  public Optional<Job> find(String id) {
    return Optional.ofNullable(jobs.get(id));
  }

  @Override
  public Page<Job> list(PageRequest request) {
    NavigableMap<String, Job> rest =
        request.after() == null ? jobs : jobs.headMap(request.after(), false);
    return Page.of(
        rest.descendingMap().values().stream().limit(request.limit() + 1L).toList(),
        request.limit(),
        Job::id);
  }

  @Override
  public synchronized List<Job> unfinished() {
    return unfinished.values().stream().map(Unfinished::job).toList();
  }

  @Override
  public synchronized long promisedBytes() {
    return promisedBytes;
  }

  @Override
  public synchronized List<Origin> sources() {
    return sources.values().stream().map(Source::origin).toList();
  }

  @Override
  public synchronized void delete(String id) {
    forget(id);
  }
}
