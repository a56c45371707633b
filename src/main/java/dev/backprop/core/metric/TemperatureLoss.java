package dev.backprop.core.metric;

import dev.backprop.core.linalg.Matrix;
import org.jspecify.annotations.Nullable;

/// The mean −ln p of `f(β·Z)` as a function of β, in 64 bits.
sealed interface TemperatureLoss {

  /// The function and its first two derivatives at one β.
  record At(double value, double slope, double curvature) {}

  /// At one β.
  At at(double beta);

  /// `Σ w·(ln Σⱼ e^βzⱼ − β·Σ y·z) / Σ w`: its slope is the mean of z by p less that by y, its
  /// curvature the variance of z by p.
  record OfSoftmax(Matrix z, Matrix y, @Nullable Matrix w) implements TemperatureLoss {

    @Override
    public At at(double beta) {
      double value = 0;
      double slope = 0;
      double curvature = 0;
      double weights = 0;
      for (int row = 0; row < z.rows(); row++) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < z.columns(); j++) {
          largest = Math.max(largest, z.get(row, j));
        }
        double sum = 0;
        double first = 0;
        double second = 0;
        double own = 0;
        for (int j = 0; j < z.columns(); j++) {
          // less the largest, which neither the loss nor a derivative notices
          double zj = z.get(row, j) - largest;
          double e = Math.exp(beta * zj);
          sum += e;
          first += e * zj;
          second += e * zj * zj;
          own += y.get(row, j) * zj;
        }
        double mean = first / sum;
        double weight = Weights.of(w, row);
        value += weight * (Math.log(sum) - beta * own);
        slope += weight * (mean - own);
        curvature += weight * (second / sum - mean * mean);
        weights += weight;
      }
      return new At(value / weights, slope / weights, curvature / weights);
    }
  }

  /// `Σ w·(max(βz, 0) − βz·y + ln(1 + e^−|βz|)) / (k·Σ w)`.
  record OfSigmoids(Matrix z, Matrix y, @Nullable Matrix w) implements TemperatureLoss {

    @Override
    public At at(double beta) {
      double value = 0;
      double slope = 0;
      double curvature = 0;
      double weights = 0;
      for (int row = 0; row < z.rows(); row++) {
        double weight = Weights.of(w, row);
        for (int j = 0; j < z.columns(); j++) {
          double zj = z.get(row, j);
          double target = y.get(row, j);
          double small = Math.exp(-Math.abs(beta * zj));
          double p = (zj >= 0 ? 1 : small) / (1 + small);
          value += weight * (Math.max(beta * zj, 0) - beta * zj * target + Math.log1p(small));
          slope += weight * zj * (p - target);
          curvature += weight * zj * zj * p * (1 - p);
          weights += weight;
        }
      }
      return new At(value / weights, slope / weights, curvature / weights);
    }
  }
}
