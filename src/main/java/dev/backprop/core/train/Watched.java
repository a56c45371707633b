package dev.backprop.core.train;

import dev.backprop.core.metric.Metric;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A number of each epoch that early stopping can watch, named as in the history of a job.
public enum Watched {
  /// The loss of the training rows during the epoch.
  TRAINING_LOSS(false, null),
  /// The loss of the validation rows after the epoch.
  VALIDATION_LOSS(true, null),
  /// [Metric#ACCURACY] of the training rows during the epoch.
  ACCURACY(false, Metric.ACCURACY),
  /// The same of the validation rows after the epoch.
  VALIDATION_ACCURACY(true, Metric.ACCURACY),
  /// [Metric#BALANCED_ACCURACY] of the training rows during the epoch.
  BALANCED_ACCURACY(false, Metric.BALANCED_ACCURACY),
  /// The same of the validation rows after the epoch.
  VALIDATION_BALANCED_ACCURACY(true, Metric.BALANCED_ACCURACY),
  /// [Metric#MACRO_F1] of the training rows during the epoch.
  MACRO_F1(false, Metric.MACRO_F1),
  /// The same of the validation rows after the epoch.
  VALIDATION_MACRO_F1(true, Metric.MACRO_F1),
  /// [Metric#LOG_LOSS] of the training rows during the epoch.
  LOG_LOSS(false, Metric.LOG_LOSS),
  /// The same of the validation rows after the epoch.
  VALIDATION_LOG_LOSS(true, Metric.LOG_LOSS),
  /// [Metric#ROC_AUC] of the training rows during the epoch.
  ROC_AUC(false, Metric.ROC_AUC),
  /// The same of the validation rows after the epoch.
  VALIDATION_ROC_AUC(true, Metric.ROC_AUC),
  /// [Metric#TOP5_ACCURACY] of the training rows during the epoch.
  TOP5_ACCURACY(false, Metric.TOP5_ACCURACY),
  /// The same of the validation rows after the epoch.
  VALIDATION_TOP5_ACCURACY(true, Metric.TOP5_ACCURACY),
  /// [Metric#RMSE] of the training rows during the epoch.
  RMSE(false, Metric.RMSE),
  /// The same of the validation rows after the epoch.
  VALIDATION_RMSE(true, Metric.RMSE),
  /// [Metric#MAE] of the training rows during the epoch.
  MAE(false, Metric.MAE),
  /// The same of the validation rows after the epoch.
  VALIDATION_MAE(true, Metric.MAE),
  /// [Metric#R2] of the training rows during the epoch.
  R2(false, Metric.R2),
  /// The same of the validation rows after the epoch.
  VALIDATION_R2(true, Metric.R2),
  /// [Metric#MAPE] of the training rows during the epoch.
  MAPE(false, Metric.MAPE),
  /// The same of the validation rows after the epoch.
  VALIDATION_MAPE(true, Metric.MAPE);

  private final boolean ofValidation;
  private final @Nullable Metric metric;

  Watched(boolean ofValidation, @Nullable Metric metric) {
    this.ofValidation = ofValidation;
    this.metric = metric;
  }

  /// Whether it is about the validation rows.
  public boolean isOfValidation() {
    return ofValidation;
  }

  /// The metric, or null for the loss.
  public @Nullable Metric metric() {
    return metric;
  }

  /// The same of the training rows.
  public Watched ofTraining() {
    return Arrays.stream(values())
        .filter(watched -> !watched.ofValidation && watched.metric == metric)
        .findFirst()
        .orElseThrow();
  }

  /// Which of two of its numbers is the better one.
  public Mode usualMode() {
    return metric != null && metric.growsWithQuality() ? Mode.MAX : Mode.MIN;
  }

  /// The number of an epoch; NaN where it was not measured.
  double of(EpochReport report) {
    Double value;
    if (metric == null) {
      value = ofValidation ? report.validationLoss() : Double.valueOf(report.trainingLoss());
    } else {
      value = (ofValidation ? report.validationMetrics() : report.trainingMetrics()).get(metric);
    }
    return value == null ? Double.NaN : value;
  }
}
