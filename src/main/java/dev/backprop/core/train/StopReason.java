package dev.backprop.core.train;

/// Why a training ended.
public enum StopReason {
  /// It went through all its epochs.
  EPOCHS,
  /// What was watched no longer got better.
  EARLY_STOPPING,
  /// The training loss reached its target.
  TARGET_REACHED,
  /// Its time was over.
  TIME_LIMIT,
  /// Somebody cancelled it.
  CANCELLED,
  /// The loss was no longer a finite number.
  DIVERGED,
  /// The server is shutting down.
  SHUTDOWN
}
