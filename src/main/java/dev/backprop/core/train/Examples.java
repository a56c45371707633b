package dev.backprop.core.train;

import dev.backprop.core.linalg.Matrix;

/// Inputs with their targets.
///
/// @param x n × d₀
/// @param y n × d_L
public record Examples(Matrix x, Matrix y) {

  /// Checks that each row has a target.
  ///
  /// @throws IllegalArgumentException if there is no row or the numbers of rows differ
  public Examples {
    if (x.rows() != y.rows() || x.rows() == 0) {
      throw new IllegalArgumentException(
          "%d rows of inputs and %d of targets".formatted(x.rows(), y.rows()));
    }
  }

  /// How many there are.
  public int rows() {
    return x.rows();
  }

  /// A view of `count` examples from `from` on.
  Examples rows(int from, int count) {
    return from == 0 && count == rows()
        ? this
        : new Examples(x.rows(from, count), y.rows(from, count));
  }
}
