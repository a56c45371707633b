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

  InMemoryJobRepository(JobProperties properties) {
    retained = properties.retained();
  }

  /// One at a time, so that two do not make room for the same job twice.
  @Override
  public synchronized void save(Job job) {
    jobs.put(job.id(), job);
    long finished = jobs.values().stream().filter(kept -> kept.status().isFinal()).count();
    jobs.values().stream()
        .filter(kept -> kept.status().isFinal())
        .limit(Math.max(0, finished - retained))
        .forEach(oldest -> jobs.remove(oldest.id()));
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
