package dev.backprop.core.metric;

import dev.backprop.core.linalg.Matrix;
import java.util.List;
import java.util.Set;
import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;

/// Several tallies that hear of the same rows.
final class Tallies implements Tally {

  private final Tally[] parts;
  private final Scores.Collector collector;

  /// @param metrics those that are asked for, of all that the parts have
  Tallies(List<Tally> parts, Set<Metric> metrics) {
    this.parts = parts.toArray(Tally[]::new);
    collector = new Scores.Collector(metrics);
  }

  @Override
  public void add(Matrix outputs, Matrix targets, @Nullable Matrix w) {
    for (Tally part : parts) {
      part.add(outputs, targets, w);
    }
  }

  @Override
  public void giveTo(ObjDoubleConsumer<Metric> taker) {
    scores().giveTo(taker);
  }

  @Override
  public Scores scores() {
    collector.reset();
    for (Tally part : parts) {
      part.giveTo(collector);
    }
    return collector.scores();
  }

  @Override
  public void reset() {
    for (Tally part : parts) {
      part.reset();
    }
  }
}
