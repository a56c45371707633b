package dev.backprop.core.metric;

import dev.backprop.core.linalg.Matrix;
import java.util.List;
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
  public Scores scores() {
    Scores scores = Scores.NONE;
    for (Tally part : parts) {
      scores = scores.and(part.scores());
    }
    return scores.only(metrics);
  }

  @Override
  public void reset() {
    parts.forEach(Tally::reset);
  }
}
