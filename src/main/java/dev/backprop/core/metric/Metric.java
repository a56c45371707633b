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
  R2,
  /// Mean of the recalls of the classes that occur.
  BALANCED_ACCURACY,
  /// Mean of the F1 of the classes that occur or are predicted.
  MACRO_F1,
  /// Mean of −ln of the probability that each row's own class has got.
  LOG_LOSS,
  /// Area under the ROC curve of two classes.
  ROC_AUC,
  /// Share of the rows whose own class has one of the five largest outputs.
  TOP5_ACCURACY,
  /// Mean of `|a − y| / |y|` of each output over its targets other than 0, averaged over the
  /// outputs.
  MAPE;

  /// Whether a better network has more of it.
  public boolean growsWithQuality() {
    return switch (this) {
      case ACCURACY, R2, BALANCED_ACCURACY, MACRO_F1, ROC_AUC, TOP5_ACCURACY -> true;
      case RMSE, MAE, LOG_LOSS, MAPE -> false;
    };
  }
}
