package dev.backprop.job.event;

import dev.backprop.core.metric.Metric;
import dev.backprop.core.metric.Scores;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/// A column for each metric that the epochs of a job have, and none for the others. Every epoch has
/// the same ones.
final class MetricColumns {

  private final Map<Metric, double[]> columns = new EnumMap<>(Metric.class);

  /// The memory that the columns take.
  long bytes() {
    return columns.values().stream().mapToLong(column -> (long) Double.BYTES * column.length).sum();
  }

  /// @param capacity of a column that is not there yet
  void put(int index, Scores metrics, int capacity) {
    metrics.giveTo(
        (metric, value) ->
            columns.computeIfAbsent(metric, _ -> new double[capacity])[index] = value);
  }

  Scores get(int index) {
    Map<Metric, Double> metrics = new EnumMap<>(Metric.class);
    columns.forEach((metric, column) -> metrics.put(metric, column[index]));
    return Scores.copyOf(metrics);
  }

  void move(int from, int to) {
    columns.values().forEach(column -> column[to] = column[from]);
  }

  void resize(int capacity) {
    columns.replaceAll((_, column) -> Arrays.copyOf(column, capacity));
  }
}
