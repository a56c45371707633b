package dev.backprop.dataset.preprocessing;

import dev.backprop.dataset.NumberColumn;
import java.util.Arrays;

/// Fits scalers to numbers.
final class ScalerFitting {

  private ScalerFitting() {}

  /// The scaler for a column.
  ///
  /// @param column of training rows alone, at least one of them not missing
  static Scaler fit(Scaling scaling, NumberColumn column) {
    if (isIndicator(column)) {
      return new Scaler.None();
    }
    return switch (scaling) {
      case STANDARDIZE ->
          new Scaler.Standardize(
              column.mean(), column.min() == column.max() ? 0 : column.standardDeviation());
      case MIN_MAX -> new Scaler.MinMax(column.min(), column.max());
      case ROBUST -> {
        float[] sorted = sorted(column);
        yield new Scaler.Robust(
            quantile(sorted, 0.5), quantile(sorted, 0.75) - quantile(sorted, 0.25));
      }
      case NONE -> new Scaler.None();
    };
  }

  /// Whether a column says yes or no: its numbers are all 0 or 1.
  private static boolean isIndicator(NumberColumn column) {
    for (int row = 0; row < column.rows(); row++) {
      float value = column.value(row);
      if (value != 0 && value != 1 && !column.isMissing(row)) {
        return false;
      }
    }
    return true;
  }

  static double median(NumberColumn column) {
    return quantile(sorted(column), 0.5);
  }

  /// The numbers that are not missing.
  private static float[] sorted(NumberColumn column) {
    float[] values = new float[column.rows()];
    for (int row = 0; row < values.length; row++) {
      values[row] = column.value(row);
    }
    Arrays.sort(values); // which puts NaN last
    return Arrays.copyOf(values, values.length - column.missing());
  }

  /// Interpolates between the two nearest numbers.
  private static double quantile(float[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * ((double) sorted[above] - sorted[below]);
  }
}
