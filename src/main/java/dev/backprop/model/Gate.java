package dev.backprop.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.backprop.core.metric.Metric;
import dev.backprop.problem.EnumNames;
import dev.backprop.problem.InputErrors;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/// What an alias demands of every version that it is to point at: a metric on a data set.
///
/// @param dataset id of the data set
/// @param metric that is measured
/// @param atLeast the least that passes, or null
/// @param atMost the most that passes, or null
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
    description =
        "What every version has to reach that the alias is to point at; exactly one of `atLeast`"
            + " and `atMost` says how much")
public record Gate(
    @Schema(
            description = "The id of the data set that is measured with",
            example = "ds_01kbe3g6v4h8w2m5q9x7c1d0zr")
        @NotNull(message = "the id of a data set is needed")
        @Nullable String dataset,
    @Schema(
            description =
                "accuracy, balancedAccuracy, macroF1, logLoss, rocAuc or top5Accuracy of classes;"
                    + " rmse, mae, r2 or mape of numbers",
            example = "accuracy")
        @NotNull(message = "a metric is needed, such as accuracy")
        @Nullable Metric metric,
    @Schema(description = "The least that passes", example = "0.9") @Nullable Double atLeast,
    @Schema(description = "The most that passes") @Nullable Double atMost) {

  /// Adds it if there is not exactly one bound.
  void check(InputErrors errors) {
    if ((atLeast == null) == (atMost == null)) {
      errors.add(
          "#/gate",
          atLeast == null
              ? "needs atLeast, such as 0.9, or atMost"
              : "takes atLeast or atMost, not both");
    }
  }

  /// Whether this much of the metric is enough.
  boolean passes(double measured) {
    return atLeast == null ? atMost != null && measured <= atMost : measured >= atLeast;
  }

  /// In words: `accuracy of at least 0.9 on data set ds_…`.
  String describe() {
    return "%s of %s on data set '%s'"
        .formatted(
            metric == null ? "a metric" : EnumNames.of(metric),
            atLeast == null ? "at most " + atMost : "at least " + atLeast,
            dataset);
  }
}
