package dev.backprop.core.train;

import dev.backprop.core.linalg.Matrix;
import org.jspecify.annotations.Nullable;

/// Inputs with their targets.
///
/// The loss of weighted examples is `Σ wᵢ·ℓᵢ / n`: their weighted mean where the weights have a
/// mean of 1, as those of all examples together should, and an unbiased estimate of it for a part
/// of them drawn at random.
///
/// @param x n × d₀
/// @param y n × d_L
/// @param w how much each example counts, n × 1, from 0 on; null where all count the same
public record Examples(Matrix x, Matrix y, @Nullable Matrix w) {

  /// Checks that each row has a target, and a weight where there are any.
  ///
  /// @throws IllegalArgumentException if there is no row or the numbers of rows differ
  public Examples {
    if (x.rows() != y.rows() || x.rows() == 0) {
      throw new IllegalArgumentException(
          "%d rows of inputs and %d of targets".formatted(x.rows(), y.rows()));
    }
    if (w != null && (w.rows() != x.rows() || w.columns() != 1)) {
      throw new IllegalArgumentException(
          "weights of %s for %d rows of inputs".formatted(w, x.rows()));
    }
  }

  /// Examples that all count the same.
  ///
  /// @throws IllegalArgumentException if there is no row or the numbers of rows differ
  public Examples(Matrix x, Matrix y) {
    this(x, y, null);
  }

  /// How many there are.
  public int rows() {
    return x.rows();
  }

  /// A view of `count` examples from `from` on.
  public Examples rows(int from, int count) {
    return from == 0 && count == rows()
        ? this
        : new Examples(
            x.rows(from, count), y.rows(from, count), w == null ? null : w.rows(from, count));
  }
}
