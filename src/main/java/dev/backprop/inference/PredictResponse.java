package dev.backprop.inference;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/// Predictions, in the order of the rows.
///
/// @param model its name
/// @param version that answered
record PredictResponse(
    @Schema(example = "iris") String model,
    @Schema(description = "The version that answered", example = "3") int version,
    @Schema(description = "One for each row, in their order") List<Prediction> predictions) {}
