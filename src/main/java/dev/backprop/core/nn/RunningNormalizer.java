package dev.backprop.core.nn;

import dev.backprop.core.linalg.Matrix;

/// Batch normalization as prediction has it, by the running mean and variance.
final class RunningNormalizer implements Normalizer {

  private final Matrix gamma;
  private final Matrix beta;
  private final Matrix mean;
  private final Matrix variance;
  private final float epsilon;

  RunningNormalizer(Parameters theta, int layer, double epsilon) {
    gamma = theta.gamma(layer);
    beta = theta.beta(layer);
    mean = theta.runningMean(layer);
    variance = theta.runningVariance(layer);
    this.epsilon = (float) epsilon;
  }

  @Override
  public void applyInPlace(Matrix z) {
    float[] zs = z.values();
    float[] parameters = gamma.values();
    float[] statistics = mean.values();
    int offsetG = gamma.offset();
    int offsetB = beta.offset();
    int offsetM = mean.offset();
    int offsetV = variance.offset();
    for (int row = 0; row < z.rows(); row++) {
      int from = z.offset(row);
      for (int i = 0; i < z.columns(); i++) {
        float deviation = (float) Math.sqrt(statistics[offsetV + i] + epsilon);
        float standardized = (zs[from + i] - statistics[offsetM + i]) / deviation;
        zs[from + i] = parameters[offsetG + i] * standardized + parameters[offsetB + i];
      }
    }
  }
}
