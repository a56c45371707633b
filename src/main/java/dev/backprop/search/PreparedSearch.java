package dev.backprop.search;

import dev.backprop.core.metric.Metric;
import dev.backprop.core.train.Mode;
import dev.backprop.core.train.Watched;
import dev.backprop.dataset.DatasetRepository.Lease;
import dev.backprop.model.CrossValidation;
import dev.backprop.model.Metrics;
import dev.backprop.model.Model;
import dev.backprop.problem.EnumNames;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A search with nothing left open.
///
/// @param name of the model
/// @param spec complete
/// @param job what each trial is, but for the fields of the space
/// @param lease keeps the data sets while the search needs them
/// @param course what is tried
/// @param parallel trials at the same time
/// @param limit from the start, or null
record PreparedSearch(
    String name,
    SearchSpec spec,
    Space space,
    ObjectNode job,
    Lease lease,
    Course course,
    Watched metric,
    Mode mode,
    int parallel,
    @Nullable Duration limit) {

  /// How good a model is by the search's metric; null if its rows do not define it.
  @Nullable Double value(Model model) {
    CrossValidation folds = model.crossValidation();
    Metric of = metric.metric();
    if (folds == null) {
      return of == null ? model.metrics().validationLoss() : value(model.metrics(), of);
    }
    if (of == null) {
      return folds.loss().mean();
    }
    CrossValidation.Spread spread = folds.metrics().get(EnumNames.of(of));
    return spread == null ? null : spread.mean();
  }

  /// The value as something to minimize.
  double loss(double value) {
    return mode == Mode.MIN ? value : -value;
  }

  private static @Nullable Double value(Metrics metrics, Metric metric) {
    return switch (metric) {
      case ACCURACY -> metrics.validationAccuracy();
      case BALANCED_ACCURACY -> metrics.validationBalancedAccuracy();
      case MACRO_F1 -> metrics.validationMacroF1();
      case LOG_LOSS -> metrics.validationLogLoss();
      case ROC_AUC -> metrics.validationRocAuc();
      case TOP5_ACCURACY -> metrics.validationTop5Accuracy();
      case RMSE -> metrics.validationRmse();
      case MAE -> metrics.validationMae();
      case R2 -> metrics.validationR2();
      case MAPE -> metrics.validationMape();
    };
  }
}
