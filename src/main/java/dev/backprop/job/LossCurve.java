package dev.backprop.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.backprop.core.train.EpochReport;
import dev.backprop.job.event.MetricNames;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A loss curve in columns.
@Schema(description = "A loss curve in columns: entry i of each is about the same epoch")
record LossCurve(
    @Schema(example = "[1, 5000, 10000]") List<Integer> epoch,
    @Schema(
            description =
                "Mean over the rows, each measured in its batch before that batch's step: of"
                    + " standardized targets where targets are standardized, as is the validation"
                    + " loss; metrics are in the targets' own units",
            example = "[0.2763, 0.2284, 0.0026]")
        List<Double> trainingLoss,
    @Schema(description = "Mean over the validation rows after the epoch; null without validation")
        @Nullable List<Double> validationLoss,
    @Schema(example = "[0.2, 0.2, 0.2]") List<Double> learningRate,
    @Schema(
            description =
                "A column for each of training.metrics."
                    + " They are measured as the training loss is; with validation there are"
                    + " validationAccuracy and so on too, measured after the epoch",
            example = "{\"accuracy\": [0.5, 0.75, 1.0]}")
        Map<String, List<Double>> metrics,
    @Schema(
            description =
                "From the first hidden layer to the output; left out unless the job has"
                    + " `layerStatistics`")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable List<LayerCurve> layers) {

  static LossCurve of(List<EpochReport> points) {
    boolean validated = !points.isEmpty() && points.getFirst().validationLoss() != null;
    return new LossCurve(
        points.stream().map(EpochReport::epoch).toList(),
        points.stream().map(EpochReport::trainingLoss).toList(),
        validated
            ? points.stream().map(p -> Objects.requireNonNull(p.validationLoss())).toList()
            : null,
        points.stream().map(EpochReport::learningRate).toList(),
        metrics(points),
        LayerCurve.of(points));
  }

  private static Map<String, List<Double>> metrics(List<EpochReport> points) {
    Map<String, List<Double>> columns = new LinkedHashMap<>();
    for (EpochReport point : points) {
      MetricNames.of(point)
          .forEach(
              (name, value) -> columns.computeIfAbsent(name, _ -> new ArrayList<>()).add(value));
    }
    return columns;
  }

  /// The same as a table with a header, an empty cell where there is no validation loss or a norm
  /// is not finite.
  String toCsv() {
    StringBuilder csv = new StringBuilder("epoch,trainingLoss,validationLoss,learningRate");
    metrics.keySet().forEach(name -> csv.append(',').append(name));
    List<LayerCurve.Named> ofLayers =
        layers == null
            ? List.of()
            : layers.stream().flatMap(layer -> layer.columns().stream()).toList();
    ofLayers.forEach(column -> csv.append(',').append(column.name()));
    csv.append('\n');
    for (int i = 0; i < epoch.size(); i++) {
      csv.append(epoch.get(i)).append(',').append(trainingLoss.get(i)).append(',');
      if (validationLoss != null) {
        csv.append(validationLoss.get(i));
      }
      csv.append(',').append(learningRate.get(i));
      for (List<Double> column : metrics.values()) {
        csv.append(',').append(column.get(i));
      }
      for (LayerCurve.Named column : ofLayers) {
        Float value = column.values().get(i);
        csv.append(',').append(value == null ? "" : value);
      }
      csv.append('\n');
    }
    return csv.toString();
  }
}
