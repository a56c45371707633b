package dev.backprop.dataset.preprocessing;

/// What becomes of missing cells of features.
public enum MissingValues {
  /// The feature's usual value stands in, and an input says so where the training rows had any.
  IMPUTE,
  /// Data with any are refused, as is a raw row with one.
  REJECT
}
