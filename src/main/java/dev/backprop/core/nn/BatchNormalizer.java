package dev.backprop.core.nn;

import dev.backprop.core.linalg.Matrix;
import java.util.Arrays;

/// Batch normalization as training has it, by the mean and variance of the batch.
///
/// Sums over the rows are taken in 64 bits, in the order of the rows.
final class BatchNormalizer implements TrainingNormalizer {

  private final Normalization.Batch settings;
  private final Parameters theta;
  private final Parameters gradients;
  private final int layer;
  private final float[] standardized;
  private final double[] means;
  private final double[] variances;
  private final float[] scales;
  private final double[] deltas;
  private final double[] products;
  private int rows;

  /// Room for batches of up to `maximumRows` rows.
  BatchNormalizer(
      Normalization.Batch settings,
      Parameters theta,
      Parameters gradients,
      int layer,
      int maximumRows) {
    this.settings = settings;
    this.theta = theta;
    this.gradients = gradients;
    this.layer = layer;
    int units = theta.spec().layers().get(layer).units();
    standardized = new float[maximumRows * units];
    means = new double[units];
    variances = new double[units];
    scales = new float[units];
    deltas = new double[units];
    products = new double[units];
  }

  @Override
  public void applyInPlace(Matrix z) {
    rows = z.rows();
    measure(z);
    standardize(z);
    Normalizer.scaleAndShift(standardized, 0, theta.gamma(layer), theta.beta(layer), z);
  }

  /// `μ = Σ z / n`, `σ² = Σ (z − μ)² / n` and `1/√(σ² + ε)`.
  private void measure(Matrix z) {
    float[] zs = z.values();
    Arrays.fill(means, 0);
    for (int row = 0; row < rows; row++) {
      int from = z.offset(row);
      for (int i = 0; i < means.length; i++) {
        means[i] += zs[from + i];
      }
    }
    divideInPlace(means);
    Arrays.fill(variances, 0);
    for (int row = 0; row < rows; row++) {
      int from = z.offset(row);
      for (int i = 0; i < means.length; i++) {
        double difference = zs[from + i] - means[i];
        variances[i] += difference * difference;
      }
    }
    divideInPlace(variances);
    for (int i = 0; i < scales.length; i++) {
      scales[i] = (float) (1 / Math.sqrt(variances[i] + settings.epsilon()));
    }
  }

  private void divideInPlace(double[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= rows;
    }
  }

  /// `ẑ = (z − μ) / √(σ² + ε)`.
  private void standardize(Matrix z) {
    float[] zs = z.values();
    for (int row = 0; row < rows; row++) {
      int from = z.offset(row);
      int to = row * scales.length;
      for (int i = 0; i < scales.length; i++) {
        standardized[to + i] = (float) (zs[from + i] - means[i]) * scales[i];
      }
    }
  }

  /// `δ ← γ / √(σ² + ε) · (δ − Σδ / n − ẑ · Σ(δ·ẑ) / n)`.
  @Override
  public void backpropagateInPlace(Matrix delta) {
    sum(delta);
    setGradients();
    divideInPlace(deltas);
    divideInPlace(products);
    float[] ds = delta.values();
    float[] gs = theta.gamma(layer).values();
    int offsetG = theta.gamma(layer).offset();
    for (int row = 0; row < rows; row++) {
      int from = delta.offset(row);
      int fromS = row * scales.length;
      for (int i = 0; i < scales.length; i++) {
        double part = ds[from + i] - deltas[i] - standardized[fromS + i] * products[i];
        ds[from + i] = gs[offsetG + i] * scales[i] * (float) part;
      }
    }
  }

  /// `Σ δ` and `Σ δ·ẑ` over the rows.
  private void sum(Matrix delta) {
    float[] ds = delta.values();
    Arrays.fill(deltas, 0);
    Arrays.fill(products, 0);
    for (int row = 0; row < rows; row++) {
      int from = delta.offset(row);
      int fromS = row * scales.length;
      for (int i = 0; i < scales.length; i++) {
        deltas[i] += ds[from + i];
        products[i] += (double) ds[from + i] * standardized[fromS + i];
      }
    }
  }

  private void setGradients() {
    Matrix gamma = gradients.gamma(layer);
    Matrix beta = gradients.beta(layer);
    for (int i = 0; i < scales.length; i++) {
      gamma.set(0, i, (float) products[i]);
      beta.set(0, i, (float) deltas[i]);
    }
  }

  @Override
  public boolean cancelsBiases() {
    return true;
  }

  @Override
  public void updateStatistics() {
    if (rows < 2) {
      return;
    }
    double unbiased = rows / (rows - 1.0);
    Matrix mean = theta.runningMean(layer);
    Matrix variance = theta.runningVariance(layer);
    for (int i = 0; i < scales.length; i++) {
      mean.set(0, i, moved(mean.get(0, i), means[i]));
      variance.set(0, i, moved(variance.get(0, i), unbiased * variances[i]));
    }
  }

  private float moved(double running, double batch) {
    return (float) ((1 - settings.momentum()) * running + settings.momentum() * batch);
  }
}
