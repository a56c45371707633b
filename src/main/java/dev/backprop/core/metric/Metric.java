package dev.backprop.core.metric;

/// What is measured beside the loss.
public enum Metric {
  /// Share of the rows that get their own class, or all their own labels.
  ACCURACY,
  /// Root of the mean squared error of each output, averaged over the outputs.
  RMSE,
  /// Mean absolute error.
  MAE,
  /// `R² = 1 − Σ (a − y)² / Σ (y − ȳ)²` of each output, averaged over the outputs. Where the
  /// targets of an output do not vary, it is 1 if it meets them all, else 0.
  R2
}
