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
@Schema(description = "Measured with the model's parameters after the training")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Metrics(
    @Schema(example = "0.0409") double trainingLoss,
    @Schema(example = "0.0502") @Nullable Double validationLoss,
    @Schema(description = "Share of rows with the right label", example = "0.9833")
        @Nullable Double trainingAccuracy,
    @Schema(example = "0.9667") @Nullable Double validationAccuracy) {}
