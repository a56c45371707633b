package dev.backprop.search;

/// Why a search ended.
enum SearchStopReason {
  /// All that it was to try was tried.
  TRIALS,
  /// Its time was over.
  TIME_LIMIT,
  /// Somebody cancelled it.
  CANCELLED,
  /// The server is shutting down.
  SHUTDOWN
}
