package dev.backprop.model.spec;

/// Which jobs come before others in the queue.
public enum Priority {
  /// After the others, but for one start in eight.
  LOW,
  /// What most jobs have.
  NORMAL,
  /// Before the others, but for one start in eight.
  HIGH
}
