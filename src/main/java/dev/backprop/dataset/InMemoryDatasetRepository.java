package dev.backprop.dataset;

import dev.backprop.http.Page;
import dev.backprop.http.PageRequest;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.stereotype.Repository;

/// Keeps data sets on the heap, all together within a limit.
@Repository
final class InMemoryDatasetRepository implements DatasetRepository {

  private final long capacity;
  private final NavigableMap<String, Entry> entries = new TreeMap<>();
  private long used;

  InMemoryDatasetRepository(DatasetProperties properties) {
    this.capacity = properties.maxMemory().bytes();
  }

  @Override
  public synchronized void save(Dataset dataset) {
    add(dataset);
  }

  @Override
  public synchronized Optional<Dataset> find(String id) {
    return Optional.ofNullable(entries.get(id)).map(entry -> entry.dataset);
  }

  @Override
  public synchronized Page<Dataset> list(PageRequest page) {
    NavigableMap<String, Entry> older =
        page.after() == null ? entries : entries.headMap(page.after(), false);
    List<Dataset> found =
        older.descendingMap().values().stream()
            .limit(page.limit() + 1L)
            .map(entry -> entry.dataset)
            .toList();
    return Page.of(found, page.limit(), Dataset::id);
  }

  @Override
  public synchronized void delete(String id) {
    Entry entry = require(id);
    if (entry.leases > 0) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          "Data set '%s' is in use by %s; cancel what uses it or wait for its end."
              .formatted(id, entry.leases == 1 ? "1 job" : entry.leases + " jobs"));
    }
    entries.remove(id);
    used -= entry.dataset.bytes();
  }

  @Override
  public synchronized Lease lease(String id) {
    return lease(require(id));
  }

  @Override
  public synchronized Lease saveAndLease(Dataset dataset) {
    return lease(sameContent(dataset).orElseGet(() -> add(dataset)));
  }

  private Optional<Entry> sameContent(Dataset dataset) {
    return entries.values().stream()
        .filter(entry -> entry.dataset.sha256().equals(dataset.sha256()))
        .findFirst();
  }

  @Override
  public synchronized void requireRoom(Dataset dataset) {
    if (sameContent(dataset).isEmpty()) {
      requireFree(dataset);
    }
  }

  private void requireFree(Dataset dataset) {
    if (dataset.bytes() > capacity - used) {
      throw new ProblemException(
          ProblemType.INSUFFICIENT_STORAGE,
          "The data set takes %d bytes; of the %d bytes of backprop.datasets.max-memory %d are left. Delete data sets that are no longer needed, or raise the property."
              .formatted(dataset.bytes(), capacity, capacity - used));
    }
  }

  private Entry add(Dataset dataset) {
    requireFree(dataset);
    Entry entry = new Entry(dataset);
    if (entries.putIfAbsent(dataset.id(), entry) != null) {
      throw new IllegalArgumentException("data set " + dataset.id() + " is already kept");
    }
    used += dataset.bytes();
    return entry;
  }

  private Entry require(String id) {
    Entry entry = entries.get(id);
    if (entry == null) {
      throw ProblemException.notFound("data set", Texts.shorten(id));
    }
    return entry;
  }

  private Lease lease(Entry entry) {
    entry.leases++;
    return new CountedLease(entry);
  }

  private synchronized void release(Entry entry) {
    entry.leases--;
  }

  /// A data set and how many use it; guarded by the repository.
  private static final class Entry {

    private final Dataset dataset;
    private int leases;

    private Entry(Dataset dataset) {
      this.dataset = dataset;
    }
  }

  private final class CountedLease implements Lease {

    private final Entry entry;
    private final AtomicBoolean closed = new AtomicBoolean();

    private CountedLease(Entry entry) {
      this.entry = entry;
    }

    @Override
    public Dataset dataset() {
      return entry.dataset;
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        release(entry);
      }
    }
  }
}
