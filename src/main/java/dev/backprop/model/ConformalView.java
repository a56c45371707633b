package dev.backprop.model;

import dev.backprop.core.metric.ConformalIntervals;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/// What intervals a model has around its numbers, as the API shows it.
@Schema(name = "ConformalIntervals", description = "Intervals by split conformal prediction")
record ConformalView(
    @Schema(description = "Validation rows whose errors were measured", example = "30") int rows,
    @Schema(description = "Some of the intervals, as far as there are rows enough")
        List<IntervalView> intervals) {

  private static final double[] SHOWN = {0.5, 0.8, 0.9, 0.95, 0.99};

  /// The interval of one coverage.
  @Schema(name = "ConformalInterval")
  record IntervalView(
      @Schema(description = "Share of rows that lie within, at least", example = "0.9")
          double coverage,
      @Schema(
              description = "How far it reaches to both sides of each target",
              example = "{\"y1\": 0.12}")
          Map<String, Float> halfWidths) {}

  static ConformalView of(ConformalIntervals intervals, List<String> targets) {
    return new ConformalView(
        intervals.rows(),
        DoubleStream.of(SHOWN)
            .filter(intervals::reaches)
            .mapToObj(
                coverage -> new IntervalView(coverage, halfWidths(intervals, coverage, targets)))
            .toList());
  }

  private static Map<String, Float> halfWidths(
      ConformalIntervals intervals, double coverage, List<String> targets) {
    float[] widths = intervals.halfWidths(coverage);
    Map<String, Float> named = new LinkedHashMap<>();
    for (int i = 0; i < widths.length; i++) {
      named.put(targets.get(i), widths[i]);
    }
    return named;
  }
}
