package dev.backprop.dataset;

/// The numbers below which a quarter, a half and three quarters of others lie, linear between the
/// two nearest, as `numpy.quantile` has them.
public record Quartiles(double q1, double median, double q3) {

  /// @param sorted ascending, at least one
  static Quartiles of(float[] sorted) {
    return new Quartiles(quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75));
  }

  private static double quantile(float[] sorted, double share) {
    double position = share * (sorted.length - 1);
    int below = (int) position;
    double lower = sorted[below];
    double upper = sorted[Math.min(below + 1, sorted.length - 1)];
    return lower + (upper - lower) * (position - below);
  }
}
