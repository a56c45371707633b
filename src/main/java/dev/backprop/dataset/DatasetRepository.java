package dev.backprop.dataset;

import dev.backprop.http.Page;
import dev.backprop.http.PageRequest;
import dev.backprop.problem.ProblemException;
import java.util.Optional;

/// Keeps data sets. Safe for use by several threads.
public interface DatasetRepository {

  /// Keeps a data set under its id.
  ///
  /// @throws ProblemException [ProblemType#INSUFFICIENT_STORAGE] if there is no room for it
  void save(Dataset dataset);

  /// Checks what [#saveAndLease] checks, and saves nothing.
  ///
  /// @throws ProblemException [ProblemType#INSUFFICIENT_STORAGE] if there is no room for it
  void requireRoom(Dataset dataset);

  /// The data set of an id.
  Optional<Dataset> find(String id);

  /// A page of data sets, newest first; the cursor is the id of the last one on the page.
  Page<Dataset> list(PageRequest page);

  /// Removes a data set.
  ///
  /// @throws ProblemException [ProblemType#NOT_FOUND], or [ProblemType#CONFLICT] while it is leased
  void delete(String id);

  /// Takes a data set into use: until the lease is closed it cannot be deleted.
  ///
  /// @throws ProblemException [ProblemType#NOT_FOUND]
  Lease lease(String id);

  /// Saves a data set and takes it into use in one step, so that nobody can delete it in between.
  ///
  /// Where equal content is kept already (the same [Dataset#sha256()]), that one is taken into use
  /// and nothing is saved: a thousand jobs with the same inline data share one data set. The lease
  /// says which one it is; its id, name and age may be others than those of the argument.
  ///
  /// @throws ProblemException [ProblemType#INSUFFICIENT_STORAGE] if there is no room for it
  Lease saveAndLease(Dataset dataset);

  /// A data set in use. Each lease counts once, however often it is closed.
  interface Lease extends AutoCloseable {

    /// What is in use.
    Dataset dataset();

    /// Ends the use.
    @Override
    void close();
  }
}
