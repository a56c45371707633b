package dev.backprop.core.metric;

import dev.backprop.core.linalg.Matrix;
import org.jspecify.annotations.Nullable;

/// How much rows count.
final class Weights {

  private Weights() {}

  /// The weight of a row.
  ///
  /// @param w n × 1; null where all are 1
  static double of(@Nullable Matrix w, int row) {
    return w == null ? 1 : w.get(row, 0);
  }
}
