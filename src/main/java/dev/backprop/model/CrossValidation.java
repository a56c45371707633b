package dev.backprop.model;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Arrays;
import java.util.Map;

/// How good models made alike are on rows that they have not seen: for each fold one was trained on
/// the rows of the others and measured on the fold.
///
/// @param folds how many there were
/// @param loss of the folds
/// @param metrics of the folds by their names in JSON, such as `accuracy`; those that every fold
///   defines
@Schema(
    description =
        "Measured on each fold with a network that was trained on the rows of the others; the model"
            + " itself is trained on all rows")
public record CrossValidation(
    @Schema(example = "5") int folds,
    Spread loss,
    @Schema(example = "{\"accuracy\": {\"mean\": 0.96, \"standardDeviation\": 0.025}}")
        Map<String, Spread> metrics) {

  /// Of a number that each fold has.
  ///
  /// @param standardDeviation of the population: the mean square is over all folds
  @Schema(name = "Spread")
  public record Spread(
      @Schema(example = "0.0721") double mean,
      @Schema(description = "√ of the mean square distance from the mean", example = "0.0113")
          double standardDeviation) {

    /// The spread of at least one number.
    public static Spread of(double... numbers) {
      double mean = Arrays.stream(numbers).average().orElseThrow();
      double square = Arrays.stream(numbers).map(number -> (number - mean) * (number - mean)).sum();
      return new Spread(mean, Math.sqrt(square / numbers.length));
    }
  }
}
