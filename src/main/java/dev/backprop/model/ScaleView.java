package dev.backprop.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.backprop.dataset.preprocessing.Scaler;
import dev.backprop.dataset.preprocessing.Scaling;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// How numbers are scaled, with what was measured on the training rows.
@Schema(
    name = "Scale",
    description =
        "How the network sees a number x: as it is behind none,"
            + " (x − mean) / standardDeviation behind standardize, (x − minimum) / (maximum −"
            + " minimum) behind minMax, (x − median) / interquartileRange behind robust. Where"
            + " it would be divided by 0, it is divided by 1.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record ScaleView(
    @Schema(example = "standardize") Scaling type,
    @Schema(description = "Of the training rows", example = "3.76") @Nullable Double mean,
    @Schema(description = "Of the training rows", example = "1.77")
        @Nullable Double standardDeviation,
    @Schema(description = "Of the training rows") @Nullable Double minimum,
    @Schema(description = "Of the training rows") @Nullable Double maximum,
    @Schema(description = "Of the training rows") @Nullable Double median,
    @Schema(description = "From the first quartile of the training rows to the third")
        @Nullable Double interquartileRange) {

  static ScaleView of(Scaler scaler) {
    Scaling type = scaler.scaling();
    return switch (scaler) {
      case Scaler.Standardize s ->
          new ScaleView(type, s.mean(), s.standardDeviation(), null, null, null, null);
      case Scaler.MinMax m -> new ScaleView(type, null, null, m.minimum(), m.maximum(), null, null);
      case Scaler.Robust r ->
          new ScaleView(type, null, null, null, null, r.median(), r.interquartileRange());
      case Scaler.None _ -> new ScaleView(type, null, null, null, null, null, null);
    };
  }
}
