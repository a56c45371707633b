package dev.backprop.model;

import dev.backprop.problem.ProblemException;

/// Lets models in one at a time, so that no two count on the same room.
public interface ModelAdmission {

  /// Keeps a model if there is room for it, beside those that are kept and those that jobs were
  /// promised room for.
  ///
  /// @param bytes that it takes
  /// @param keep keeps it
  /// @throws ProblemException [ProblemType#INSUFFICIENT_STORAGE] if there is none
  void admit(long bytes, Runnable keep);
}
