package dev.backprop.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// How good a model is, measured with its final parameters after the training.
///
/// @param trainingLoss mean over the training rows
/// @param validationLoss mean over the validation rows, null where there were none
/// @param trainingAccuracy share of the training rows with the right label, null for regression
/// @param validationAccuracy share of the validation rows with the right label
/// @param trainingRmse root of the mean squared error, null but for regression; so are the next
/// @param validationRmse of the validation rows
/// @param trainingMae mean absolute error
/// @param validationMae of the validation rows
/// @param trainingR2 coefficient of determination
/// @param validationR2 of the validation rows
@Schema(description = "Measured with the model's parameters after the training")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Metrics(
    @Schema(example = "0.0409") double trainingLoss,
    @Schema(example = "0.0502") @Nullable Double validationLoss,
    @Schema(description = "Share of rows with the right label", example = "0.9833")
        @Nullable Double trainingAccuracy,
    @Schema(example = "0.9667") @Nullable Double validationAccuracy,
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
    @Schema(example = "0.985") @Nullable Double validationR2) {}
