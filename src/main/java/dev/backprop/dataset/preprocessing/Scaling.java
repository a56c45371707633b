package dev.backprop.dataset.preprocessing;

/// How numbers are brought to a convenient size; [Scaler] is what is made from it and the data.
public enum Scaling {
  /// To mean 0 and standard deviation 1.
  STANDARDIZE,
  /// To 0 for the smallest and 1 for the largest.
  MIN_MAX,
  /// To median 0 and interquartile range 1, which outliers hardly move.
  ROBUST,
  /// Not at all.
  NONE
}
