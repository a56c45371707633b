package dev.backprop.core.metric;

import dev.backprop.core.linalg.Matrix;
import java.util.List;
import java.util.Set;
import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;

/// Adds up what the metrics need, batch by batch.
public interface Tally {

  /// A tally that measures nothing.
  static Tally none() {
    return new Tallies(List.of(), Set.of());
  }

  /// Takes in a batch.
  ///
  /// @param outputs n × k
  /// @param targets n × k
  /// @param w weight of each row, n × 1; null where all are 1
  void add(Matrix outputs, Matrix targets, @Nullable Matrix w);

  /// Takes in a batch of rows of weight 1.
  ///
  /// @param outputs n × k
  /// @param targets n × k
  default void add(Matrix outputs, Matrix targets) {
    add(outputs, targets, null);
  }

  /// Gives the metrics of all rows since the last reset, of which at least one has a weight above
  /// 0.
  void giveTo(ObjDoubleConsumer<Metric> taker);

  /// The same, to keep.
  default Scores scores() {
    Scores.Collector collector = new Scores.Collector();
    giveTo(collector);
    return collector.scores();
  }

  /// Forgets all rows.
  void reset();
}
