package dev.backprop.core.nn;

import dev.backprop.core.linalg.Matrix;

/// Layer normalization: each row by its own mean and variance.
final class LayerNormalizer implements Normalizer {

  private final Matrix gamma;
  private final Matrix beta;
  private final double epsilon;

  LayerNormalizer(Parameters theta, int layer, double epsilon) {
    gamma = theta.gamma(layer);
    beta = theta.beta(layer);
    this.epsilon = epsilon;
  }

  @Override
  public void applyInPlace(Matrix z) {
    for (int row = 0; row < z.rows(); row++) {
      standardize(z, row, epsilon, z.values(), z.offset(row));
    }
    Normalizer.scaleAndShift(z.values(), z.offset(), gamma, beta, z);
  }

  /// `ẑ = (z − μ) / √(σ² + ε)` of a row, with `μ = Σ z / d`, `σ² = Σ (z − μ)² / d`.
  ///
  /// @param standardized receives ẑ; may be the values of Z itself
  /// @param to where ẑ starts
  /// @return `1/√(σ² + ε)`
  static float standardize(Matrix z, int row, double epsilon, float[] standardized, int to) {
    float[] zs = z.values();
    int from = z.offset(row);
    int units = z.columns();
    double sum = 0;
    for (int i = 0; i < units; i++) {
      sum += zs[from + i];
    }
    double mean = sum / units;
    double squares = 0;
    for (int i = 0; i < units; i++) {
      double difference = zs[from + i] - mean;
      squares += difference * difference;
    }
    float scale = (float) (1 / Math.sqrt(squares / units + epsilon));
    for (int i = 0; i < units; i++) {
      standardized[to + i] = (float) (zs[from + i] - mean) * scale;
    }
    return scale;
  }
}
