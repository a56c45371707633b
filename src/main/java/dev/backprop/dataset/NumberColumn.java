package dev.backprop.dataset;

/// A column of 32-bit numbers, or of what numbers stand for, with statistics over those that are
/// not missing.
public final class NumberColumn implements Column {

  private final String name;
  private final float[] values;
  private final NumberFormat format;
  private final int missing;
  private final float min;
  private final float max;
  private final double mean;
  private final double standardDeviation;

  /// Keeps the array; the caller gives it away.
  ///
  /// @param values one finite number a row, or NaN where it is missing
  public NumberColumn(String name, float[] values) {
    this(name, values, NumberFormat.NUMBER);
  }

  /// Keeps the array; the caller gives it away.
  ///
  /// @param values one finite number a row, or NaN where it is missing
  /// @param format what the numbers stand for
  public NumberColumn(String name, float[] values, NumberFormat format) {
    this.name = name;
    this.values = values;
    this.format = format;
    int count = 0;
    float lowest = Float.POSITIVE_INFINITY;
    float highest = Float.NEGATIVE_INFINITY;
    double sum = 0;
    for (float value : values) {
      if (Float.isInfinite(value)) {
        throw new IllegalArgumentException("column '" + name + "' has an infinite value");
      }
      if (!Float.isNaN(value)) {
        count++;
        lowest = Math.min(lowest, value);
        highest = Math.max(highest, value);
        sum += value;
      }
    }
    this.missing = values.length - count;
    this.min = count == 0 ? Float.NaN : lowest;
    this.max = count == 0 ? Float.NaN : highest;
    this.mean = sum / count;
    this.standardDeviation = Math.sqrt(sumOfSquaredDeviations(values, mean) / count);
  }

  /// A second pass, because the sum of squares minus the squared sum cancels badly.
  private static double sumOfSquaredDeviations(float[] values, double mean) {
    double sum = 0;
    for (float value : values) {
      if (!Float.isNaN(value)) {
        sum += (value - mean) * (value - mean);
      }
    }
    return sum;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ColumnType type() {
    return format.type();
  }

  /// What the numbers stand for.
  public NumberFormat format() {
    return format;
  }

  @Override
  public int rows() {
    return values.length;
  }

  @Override
  public int missing() {
    return missing;
  }

  @Override
  public boolean isMissing(int row) {
    return Float.isNaN(values[row]);
  }

  /// The number of a row, counted from 0; NaN where it is missing.
  public float value(int row) {
    return values[row];
  }

  /// The smallest value, NaN if all are missing.
  public float min() {
    return min;
  }

  /// The largest value, NaN if all are missing.
  public float max() {
    return max;
  }

  /// The mean, NaN if all are missing.
  public double mean() {
    return mean;
  }

  /// The population standard deviation, NaN if all are missing.
  public double standardDeviation() {
    return standardDeviation;
  }
}
