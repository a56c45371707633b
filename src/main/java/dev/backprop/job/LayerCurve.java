package dev.backprop.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.backprop.core.nn.LayerStatistics;
import dev.backprop.core.train.EpochReport;
import dev.backprop.job.event.LayerNames;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// What the epochs of a loss curve did in a layer, in columns.
@Schema(description = "A layer in columns, with an entry for each epoch of the curve")
record LayerCurve(
    @Schema(description = "Hidden layers count from the inputs on", example = "hidden 1")
        String layer,
    @Schema(
            description =
                "Mean over the epoch's mini-batches of the Euclidean norm of the gradient of the"
                    + " layer's weights and biases, of the loss alone: before penalties and"
                    + " clipping; null where it is beyond a 32-bit float",
            example = "[0.0312, 0.0271, 0.0009]")
        List<@Nullable Float> gradientNorm,
    @Schema(
            description =
                "Euclidean norm of the layer's weights and biases after the epoch; null where it is"
                    + " beyond a 32-bit float",
            example = "[1.21, 3.4, 9.87]")
        List<@Nullable Float> parameterNorm,
    @Schema(
            description =
                "Share of the layer's units through which no gradient passed, because the"
                    + " derivative of their activation was exactly 0 for every training row of the"
                    + " epoch: a relu that is never active; hidden layers only",
            example = "[0.0, 0.0, 0.0]")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable List<@Nullable Float> deadUnits) {

  /// The layers of these epochs, from the first hidden one to the output; null where they were not
  /// measured.
  static @Nullable List<LayerCurve> of(List<EpochReport> points) {
    if (points.isEmpty() || points.getFirst().layers().isEmpty()) {
      return null;
    }
    List<String> names = LayerNames.of(points.getFirst().layers().size());
    List<LayerCurve> curves = new ArrayList<>();
    for (int layer = 0; layer < names.size(); layer++) {
      boolean hidden = layer < names.size() - 1;
      curves.add(
          new LayerCurve(
              names.get(layer),
              column(points, layer, LayerStatistics::gradientNorm),
              column(points, layer, LayerStatistics::parameterNorm),
              hidden ? column(points, layer, LayerStatistics::deadUnits) : null));
    }
    return curves;
  }

  private static List<@Nullable Float> column(
      List<EpochReport> points, int layer, ToDoubleFunction<LayerStatistics> number) {
    List<@Nullable Float> column = new ArrayList<>();
    for (EpochReport point : points) {
      float value = (float) number.applyAsDouble(point.layers().get(layer));
      column.add(Float.isFinite(value) ? value : null);
    }
    return column;
  }

  /// The columns with their names in a table, such as `hidden1GradientNorm`.
  List<Named> columns() {
    String prefix = layer.replace(" ", "");
    List<Named> columns = new ArrayList<>();
    columns.add(new Named(prefix + "GradientNorm", gradientNorm));
    columns.add(new Named(prefix + "ParameterNorm", parameterNorm));
    if (deadUnits != null) {
      columns.add(new Named(prefix + "DeadUnits", deadUnits));
    }
    return columns;
  }

  /// A column of a table.
  record Named(String name, List<@Nullable Float> values) {}
}
