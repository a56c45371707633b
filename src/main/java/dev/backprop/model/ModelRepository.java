package dev.backprop.model;

import dev.backprop.http.Page;
import dev.backprop.http.PageRequest;
import dev.backprop.problem.ProblemException;
import java.util.Optional;
import java.util.function.IntFunction;

/// Keeps models: versions under names.
///
/// Reads take no lock and see a version wholly or not at all.
public interface ModelRepository {

  /// Adds the next version under a name.
  ///
  /// @param model makes the model for the version number that it gets
  /// @return the model
  Model add(String name, IntFunction<Model> model);

  /// The newest version under a name.
  Optional<Model> newest(String name);

  /// One version under a name.
  Optional<Model> find(String name, int version);

  /// The newest version of each name, the newest model first. A cursor holds when its model is
  /// deleted.
  ///
  /// @throws ProblemException [ProblemType#INVALID_REQUEST] for a cursor that no page gave
  Page<Model> list(PageRequest request);

  /// The versions under a name, newest first. The cursor is a version. Empty where the name is
  /// unknown.
  ///
  /// @throws ProblemException [ProblemType#INVALID_REQUEST] for a cursor that is no version
  Page<Model> versions(String name, PageRequest request);

  /// Removes a version. Its number is not given again.
  ///
  /// @return whether it was there
  boolean delete(String name, int version);

  /// The memory of all models.
  long bytes();
}
