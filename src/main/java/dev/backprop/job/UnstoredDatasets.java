package dev.backprop.job;

import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.DatasetRepository;
import dev.backprop.http.Page;
import dev.backprop.http.PageRequest;
import dev.backprop.problem.ProblemException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The data sets of a repository as a plan needs them: what a caller sends along is used and not
/// kept, and nothing is locked, because a plan holds the data set itself.
final class UnstoredDatasets implements DatasetRepository {

  private final DatasetRepository stored;
  private final @Nullable Dataset beside;

  UnstoredDatasets(DatasetRepository stored) {
    this(stored, null);
  }

  /// @param beside found as if it were kept, or null
  UnstoredDatasets(DatasetRepository stored, @Nullable Dataset beside) {
    this.stored = stored;
    this.beside = beside;
  }

  private record Unlocked(Dataset dataset) implements Lease {

    @Override
    public void close() {}
  }

  @Override
  public Optional<Dataset> find(String id) {
    return beside != null && beside.id().equals(id) ? Optional.of(beside) : stored.find(id);
  }

  @Override
  public Lease lease(String id) {
    return new Unlocked(find(id).orElseThrow(() -> ProblemException.notFound("data set", id)));
  }

  @Override
  public void requireRoom(Dataset dataset) {
    stored.requireRoom(dataset);
  }

  @Override
  public Lease saveAndLease(Dataset dataset) {
    requireRoom(dataset);
    return new Unlocked(dataset);
  }

  @Override
  public void save(Dataset dataset) {
    throw new UnsupportedOperationException("a plan keeps no data set");
  }

  @Override
  public Page<Dataset> list(PageRequest page) {
    return stored.list(page);
  }

  @Override
  public void delete(String id) {
    throw new UnsupportedOperationException("a plan deletes no data set");
  }
}
