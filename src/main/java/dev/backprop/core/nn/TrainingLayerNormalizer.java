package dev.backprop.core.nn;

import dev.backprop.core.linalg.Matrix;
import java.util.Arrays;

/// Layer normalization and its way back.
final class TrainingLayerNormalizer implements TrainingNormalizer {

  private final double epsilon;
  private final Matrix gamma;
  private final Matrix beta;
  private final Matrix gammaGradients;
  private final Matrix betaGradients;
  private final float[] standardized;
  private final float[] scales;

  /// Room for batches of up to `maximumRows` rows.
  TrainingLayerNormalizer(
      Normalization.Layer settings,
      Parameters theta,
      Parameters gradients,
      int layer,
      int maximumRows) {
    epsilon = settings.epsilon();
    gamma = theta.gamma(layer);
    beta = theta.beta(layer);
    gammaGradients = gradients.gamma(layer);
    betaGradients = gradients.beta(layer);
    standardized = new float[maximumRows * gamma.columns()];
    scales = new float[maximumRows];
  }

  @Override
  public void applyInPlace(Matrix z) {
    for (int row = 0; row < z.rows(); row++) {
      int to = row * z.columns();
      scales[row] = LayerNormalizer.standardize(z, row, epsilon, standardized, to);
    }
    Normalizer.scaleAndShift(standardized, 0, gamma, beta, z);
  }

  @Override
  public void backpropagateInPlace(Matrix delta) {
    sumGradients(delta);
    for (int row = 0; row < delta.rows(); row++) {
      backpropagateRow(delta, row);
    }
  }

  private void sumGradients(Matrix delta) {
    float[] ds = delta.values();
    float[] gradients = gammaGradients.values();
    int units = delta.columns();
    int offsetG = gammaGradients.offset();
    int offsetB = betaGradients.offset();
    Arrays.fill(gradients, offsetG, offsetG + units, 0f);
    Arrays.fill(gradients, offsetB, offsetB + units, 0f);
    for (int row = 0; row < delta.rows(); row++) {
      int from = delta.offset(row);
      int fromS = row * units;
      for (int i = 0; i < units; i++) {
        gradients[offsetG + i] += ds[from + i] * standardized[fromS + i];
        gradients[offsetB + i] += ds[from + i];
      }
    }
  }

  /// `δ ← (δ⊙γ − Σ(δ·γ) / d − ẑ · Σ(δ·γ·ẑ) / d) / √(σ² + ε)`.
  private void backpropagateRow(Matrix delta, int row) {
    float[] ds = delta.values();
    float[] gs = gamma.values();
    int offsetG = gamma.offset();
    int from = delta.offset(row);
    int units = delta.columns();
    int fromS = row * units;
    double sum = 0;
    double products = 0;
    for (int i = 0; i < units; i++) {
      ds[from + i] *= gs[offsetG + i];
      sum += ds[from + i];
      products += (double) ds[from + i] * standardized[fromS + i];
    }
    double mean = sum / units;
    double slope = products / units;
    for (int i = 0; i < units; i++) {
      double part = ds[from + i] - mean - standardized[fromS + i] * slope;
      ds[from + i] = scales[row] * (float) part;
    }
  }
}
