package dev.backprop.core.metric;

import dev.backprop.core.linalg.Matrix;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Several tallies that hear of the same rows.
///
/// @param metrics those that are asked for, of all that the parts have
record Tallies(List<Tally> parts, Set<Metric> metrics) implements Tally {

  @Override
  public void add(Matrix outputs, Matrix targets, @Nullable Matrix w) {
    parts.forEach(part -> part.add(outputs, targets, w));
  }

  @Override
  public Map<Metric, Double> scores() {
    if (parts.isEmpty()) {
      return Map.of();
    }
    Map<Metric, Double> scores = new EnumMap<>(Metric.class);
    parts.forEach(part -> scores.putAll(part.scores()));
    scores.keySet().retainAll(metrics);
    return scores;
  }

  @Override
  public void reset() {
    parts.forEach(Tally::reset);
  }
}
