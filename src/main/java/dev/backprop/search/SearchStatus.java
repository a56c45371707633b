package dev.backprop.search;

/// Where a search is in its life.
enum SearchStatus {
  /// Tries.
  RUNNING,
  /// Was told to stop and waits for its trials to.
  CANCELLING,
  /// Ended by itself, with a model.
  SUCCEEDED,
  /// Ended by a caller or the server's shutdown, with a model if a trial came to one.
  CANCELLED,
  /// Ended without a model, or by a mistake of the server.
  FAILED;

  boolean isFinal() {
    return this != RUNNING && this != CANCELLING;
  }
}
