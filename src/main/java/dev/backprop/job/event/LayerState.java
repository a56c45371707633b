package dev.backprop.job.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.backprop.core.nn.LayerStatistics;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an epoch did in a layer. Numbers beyond a 32-bit float are null.
///
/// @param layer `hidden 1` … `output`
/// @param deadUnits null for the output
@Schema(name = "LayerState", description = "What an epoch did in a layer, as in the loss curve")
record LayerState(
    @Schema(example = "hidden 1") String layer,
    @Schema(example = "0.0312") @Nullable Float gradientNorm,
    @Schema(example = "1.21") @Nullable Float parameterNorm,
    @Schema(example = "0.0") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Float deadUnits) {

  /// The layers of an epoch, or null where they were not measured.
  static @Nullable List<LayerState> of(List<LayerStatistics> layers) {
    if (layers.isEmpty()) {
      return null;
    }
    List<String> names = LayerNames.of(layers.size());
    List<LayerState> states = new ArrayList<>();
    for (int layer = 0; layer < layers.size(); layer++) {
      LayerStatistics measured = layers.get(layer);
      states.add(
          new LayerState(
              names.get(layer),
              finite(measured.gradientNorm()),
              finite(measured.parameterNorm()),
              finite(measured.deadUnits())));
    }
    return states;
  }

  private static @Nullable Float finite(double number) {
    float value = (float) number;
    return Float.isFinite(value) ? value : null;
  }
}
