package dev.backprop.model;

import dev.backprop.core.metric.TemperatureScaling;
import io.swagger.v3.oas.annotations.media.Schema;

/// How the probabilities of a model are calibrated, as the API shows it.
@Schema(
    name = "Calibration",
    description = "One temperature T, by which the sums of the output layer are divided")
record TemperatureView(
    @Schema(
            description =
                "T, from 0.1 to 100: above 1 for a network that is too sure of itself, below 1 for"
                    + " one that is not sure enough",
            example = "1.37")
        double temperature,
    @Schema(description = "Validation rows that it was fitted on", example = "30") int rows,
    NegativeLogLikelihood negativeLogLikelihood) {

  /// Of the rows that it was fitted on.
  @Schema(
      description =
          "Mean of −ln p of what was right, over the rows and, of several sigmoids, over the outputs;"
              + " rows weighted as in the training")
  record NegativeLogLikelihood(
      @Schema(description = "With T = 1", example = "0.165") double before,
      @Schema(description = "With T, the least that there is", example = "0.158") double after) {}

  static TemperatureView of(TemperatureScaling scaling) {
    return new TemperatureView(
        scaling.temperature(),
        scaling.rows(),
        new NegativeLogLikelihood(scaling.before(), scaling.after()));
  }
}
