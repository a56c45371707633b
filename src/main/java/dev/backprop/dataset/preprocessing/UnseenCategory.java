package dev.backprop.dataset.preprocessing;

/// What becomes of a raw row with a category that no training row had.
public enum UnseenCategory {
  /// It is scored, and flagged.
  FLAG,
  /// It is refused.
  REJECT
}
