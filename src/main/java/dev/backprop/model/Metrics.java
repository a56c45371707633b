package dev.backprop.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.backprop.core.metric.Metric;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How good a model is, measured with its final parameters after the training. What there is not
/// for its task, its output, or without validation rows is null and left out of JSON.
///
/// @param trainingLoss mean over the training rows
/// @param validationLoss mean over the validation rows
/// @param trainingAccuracy [Metric#ACCURACY] of the training rows
/// @param validationAccuracy the same of the validation rows; so on for each metric
/// @param trainingBalancedAccuracy [Metric#BALANCED_ACCURACY]
/// @param trainingMacroF1 [Metric#MACRO_F1]
/// @param trainingLogLoss [Metric#LOG_LOSS]
/// @param trainingRocAuc [Metric#ROC_AUC]
/// @param trainingTop5Accuracy [Metric#TOP5_ACCURACY]
/// @param trainingRmse [Metric#RMSE]
/// @param trainingMae [Metric#MAE]
/// @param trainingR2 [Metric#R2]
/// @param trainingMape [Metric#MAPE]
@Schema(
    description =
        "Measured with the model's parameters after the training, rows weighted as in it; what there is not for its task,"
            + " its output, or without validation rows is left out")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Metrics(
    @Schema(
            description =
                "What was minimized: of standardized targets where targets are standardized; all"
                    + " else is in the targets' own units. Left out where nothing was measured, as"
                    + " of an imported ONNX file.",
            example = "0.0617")
        @Nullable Double trainingLoss,
    @Schema(example = "0.0712") @Nullable Double validationLoss,
    @Schema(description = "Share of rows with the right label", example = "0.9833")
        @Nullable Double trainingAccuracy,
    @Schema(example = "0.9667") @Nullable Double validationAccuracy,
    @Schema(description = "Mean of the recalls of the classes that occur", example = "0.9829")
        @Nullable Double trainingBalancedAccuracy,
    @Schema(example = "0.9649") @Nullable Double validationBalancedAccuracy,
    @Schema(
            description = "Mean of F1 over the classes that occur or are predicted",
            example = "0.983")
        @Nullable Double trainingMacroF1,
    @Schema(example = "0.9653") @Nullable Double validationMacroF1,
    @Schema(
            description =
                "Mean of −ln p, where p is the probability of a row's own class, at least 1.2e-7;"
                    + " behind softmax, or behind one sigmoid",
            example = "0.0617")
        @Nullable Double trainingLogLoss,
    @Schema(example = "0.0712") @Nullable Double validationLogLoss,
    @Schema(
            description = "Area under the ROC curve of two classes, where rows have both",
            example = "0.99")
        @Nullable Double trainingRocAuc,
    @Schema(example = "0.98") @Nullable Double validationRocAuc,
    @Schema(
            description =
                "Share of rows whose own class has one of the five largest outputs, of more than"
                    + " five classes",
            example = "0.998")
        @Nullable Double trainingTop5Accuracy,
    @Schema(example = "0.995") @Nullable Double validationTop5Accuracy,
    @Schema(
            description =
                "Root of the mean squared error; of several targets the mean of their errors",
            example = "0.0537")
        @Nullable Double trainingRmse,
    @Schema(example = "0.0612") @Nullable Double validationRmse,
    @Schema(description = "Mean absolute error", example = "0.0531") @Nullable Double trainingMae,
    @Schema(example = "0.0598") @Nullable Double validationMae,
    @Schema(
            description =
                "Coefficient of determination: 1 for exact predictions, 0 for predictions no better"
                    + " than the mean of the targets; of several targets the mean of theirs. Where"
                    + " a target does not vary, it is 1 if all predictions are exact, else 0",
            example = "0.9885")
        @Nullable Double trainingR2,
    @Schema(example = "0.985") @Nullable Double validationR2,
    @Schema(
            description =
                "Mean of the errors relative to the targets, 0.05 for 5 %; rows whose target is 0"
                    + " are left out of it, and it is left out where all are",
            example = "0.0536")
        @Nullable Double trainingMape,
    @Schema(example = "0.0601") @Nullable Double validationMape) {

  /// Of a model that nothing was measured with.
  public static Metrics unknown() {
    return of((Double) null, Map.of(), null, Map.of());
  }

  /// Losses with the metrics that there are.
  ///
  /// @param validation of the validation rows, empty where there are none
  public static Metrics of(
      double trainingLoss,
      Map<Metric, Double> training,
      @Nullable Double validationLoss,
      Map<Metric, Double> validation) {
    return of(Double.valueOf(trainingLoss), training, validationLoss, validation);
  }

  private static Metrics of(
      @Nullable Double trainingLoss,
      Map<Metric, Double> training,
      @Nullable Double validationLoss,
      Map<Metric, Double> validation) {
    return new Metrics(
        trainingLoss,
        validationLoss,
        training.get(Metric.ACCURACY),
        validation.get(Metric.ACCURACY),
        training.get(Metric.BALANCED_ACCURACY),
        validation.get(Metric.BALANCED_ACCURACY),
        training.get(Metric.MACRO_F1),
        validation.get(Metric.MACRO_F1),
        training.get(Metric.LOG_LOSS),
        validation.get(Metric.LOG_LOSS),
        training.get(Metric.ROC_AUC),
        validation.get(Metric.ROC_AUC),
        training.get(Metric.TOP5_ACCURACY),
        validation.get(Metric.TOP5_ACCURACY),
        training.get(Metric.RMSE),
        validation.get(Metric.RMSE),
        training.get(Metric.MAE),
        validation.get(Metric.MAE),
        training.get(Metric.R2),
        validation.get(Metric.R2),
        training.get(Metric.MAPE),
        validation.get(Metric.MAPE));
  }
}
