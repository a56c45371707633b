package dev.backprop.core.metric;

import dev.backprop.core.linalg.Matrix;
import java.util.Map;

/// Adds up what the metrics need, batch by batch.
public interface Tally {

  /// Takes in a batch.
  ///
  /// @param outputs n × k
  /// @param targets n × k
  void add(Matrix outputs, Matrix targets);

  /// The metrics of all rows since the last reset, of which there is at least one.
  Map<Metric, Double> scores();

  /// Forgets all rows.
  void reset();
}
