package dev.backprop.job;

import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.DatasetRepository;
import dev.backprop.http.Page;
import dev.backprop.http.PageRequest;
import dev.backprop.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Keeps data sets without a limit and counts how often each lease is closed.
class FakeDatasets implements DatasetRepository {

  private final Map<String, Dataset> kept = new ConcurrentHashMap<>();
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();

  @Override
  public void save(Dataset dataset) {
    kept.put(dataset.id(), dataset);
  }

  @Override
  public void requireRoom(Dataset dataset) {}

  @Override
  public Optional<Dataset> find(String id) {
    return Optional.ofNullable(kept.get(id));
  }

  @Override
  public Page<Dataset> list(PageRequest page) {
    return new Page<>(List.copyOf(kept.values()), null);
  }

  @Override
  public void delete(String id) {
    kept.remove(id);
  }

  @Override
  public Lease lease(String id) {
    Dataset dataset = find(id).orElseThrow(() -> ProblemException.notFound("data set", id));
    opened.incrementAndGet();
    return new Lease() {
      @Override
      public Dataset dataset() {
        return dataset;
      }

      @Override
      public void close() {
        closed.incrementAndGet();
      }
    };
  }

  @Override
  public Lease saveAndLease(Dataset dataset) {
    save(dataset);
    return lease(dataset.id());
  }

  int size() {
    return kept.size();
  }

  /// Leases given.
  int opened() {
    return opened.get();
  }

  /// Calls of close, on whichever lease.
  int closed() {
    return closed.get();
  }
}
