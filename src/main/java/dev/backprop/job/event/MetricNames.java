package dev.backprop.job.event;

import dev.backprop.core.metric.Metric;
import dev.backprop.core.train.EpochReport;
import dev.backprop.problem.EnumNames;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// What metrics are called in JSON: `accuracy` of the training rows, `validationAccuracy` of the
/// others.
public final class MetricNames {

  private MetricNames() {}

  /// The metrics of an epoch in a fixed order, those of validation behind those of training.
  public static Map<String, Double> of(EpochReport report) {
    Map<String, Double> named = new LinkedHashMap<>();
    for (Metric metric : Metric.values()) {
      Double value = report.trainingMetrics().get(metric);
      if (value != null) {
        named.put(EnumNames.of(metric), value);
      }
    }
    for (Metric metric : Metric.values()) {
      Double value = report.validationMetrics().get(metric);
      if (value != null) {
        named.put(validation(EnumNames.of(metric)), value);
      }
    }
    return named;
  }

  private static String validation(String name) {
    return "validation" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }
}
