package dev.backprop.job;

import dev.backprop.http.Page;
import dev.backprop.http.PageRequest;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.springframework.stereotype.Repository;

/// Remembers jobs on the heap, sorted by their ids, which are sorted by creation.
@Repository
final class InMemoryJobRepository implements JobRepository {

  private final NavigableMap<String, Job> jobs = new ConcurrentSkipListMap<>();
  private final int retained;
  private final long maxHistoryBytes;

  InMemoryJobRepository(JobProperties properties) {
    retained = properties.retained();
    maxHistoryBytes = properties.maxHistoryMemory().bytes();
  }

  /// One at a time, so that two do not make room for the same job twice.
  @Override
  public synchronized void save(Job job) {
    jobs.put(job.id(), job);
    int finished = 0;
    long bytes = 0;
    for (Job kept : jobs.descendingMap().values()) {
      bytes += kept.events().bytes();
      if (kept.status().isFinal() && (++finished > retained || bytes > maxHistoryBytes)) {
        jobs.remove(kept.id());
      }
    }
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
  public List<Job> unfinished() {
    return jobs.values().stream().filter(job -> !job.status().isFinal()).toList();
  }

  @Override
  public void delete(String id) {
    jobs.remove(id);
  }
}
