package dev.backprop.core.metric;

import dev.backprop.core.linalg.Matrix;
import org.jspecify.annotations.Nullable;

/// Calibrated probabilities: `f(Z / T)`, where one temperature T for all outputs minimizes the mean
/// −ln p of what was right. A network that is too sure of itself has a T above 1. Which output is
/// the largest does not change.
///
/// Guo, Pleiss, Sun, Weinberger: On Calibration of Modern Neural Networks, ICML 2017,
/// arXiv:1706.04599.
///
/// @param temperature T, from [#LEAST] to [#MOST]
/// @param before mean −ln p with T = 1
/// @param after mean −ln p with T
/// @param rows that it was fitted on
public record TemperatureScaling(double temperature, double before, double after, int rows)
    implements Calibration {

  /// The smallest T. Where every row is on its right side, the minimum is at 0.
  public static final double LEAST = 0.1;

  /// The largest T. Where outputs say nothing of the targets, the minimum may be beyond.
  public static final double MOST = 100;

  private static final int STEPS = 100;
  private static final double ACCURACY = 1e-10;

  /// Fits T. In β = 1/T the loss is convex, so that Newton's method, kept between the bounds by
  /// bisection, finds its minimum.
  ///
  /// @param z sums of the output layer, n × k
  /// @param y targets, n × k, from 0 to 1
  /// @param w weight of each row, n × 1; null where all are 1
  /// @param softmax whether the outputs of a row are one distribution; else each is a sigmoid by
  ///   itself, and the mean is over outputs too
  /// @return null if a sum is not finite
  public static @Nullable TemperatureScaling fit(
      Matrix z, Matrix y, @Nullable Matrix w, boolean softmax) {
    TemperatureLoss loss =
        softmax ? new TemperatureLoss.OfSoftmax(z, y, w) : new TemperatureLoss.OfSigmoids(z, y, w);
    TemperatureLoss.At one = loss.at(1);
    if (!Double.isFinite(one.value())) {
      return null;
    }
    double beta = one.slope() == 0 ? 1 : minimum(loss, 1 / MOST, 1 / LEAST);
    return new TemperatureScaling(1 / beta, one.value(), loss.at(beta).value(), z.rows());
  }

  private static double minimum(TemperatureLoss loss, double least, double most) {
    if (loss.at(least).slope() >= 0) {
      return least;
    }
    if (loss.at(most).slope() <= 0) {
      return most;
    }
    double low = least;
    double high = most;
    double beta = 1;
    for (int step = 0; step < STEPS; step++) {
      TemperatureLoss.At at = loss.at(beta);
      if (at.slope() > 0) {
        high = beta;
      } else {
        low = beta;
      }
      double next = beta - at.slope() / at.curvature();
      if (!(next > low && next < high)) {
        next = Math.sqrt(low * high);
      }
      if (Math.abs(next - beta) <= ACCURACY * beta) {
        return next;
      }
      beta = next;
    }
    return beta;
  }
}
