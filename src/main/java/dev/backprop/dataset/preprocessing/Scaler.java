package dev.backprop.dataset.preprocessing;

/// Brings numbers to a convenient size, `z = (x − offset) / scale`, and back.
public sealed interface Scaler {

  /// What it does, as a setting.
  Scaling scaling();

  /// What becomes 0.
  double offset();

  /// How far from [#offset()] is what becomes 1; never 0.
  double scale();

  /// `(x − offset) / scale`.
  default double apply(double x) {
    return (x - offset()) / scale();
  }

  /// `z·scale + offset`: the inverse of [#apply].
  default double invert(double z) {
    return z * scale() + offset();
  }

  private static double orOne(double scale) {
    return scale == 0 ? 1 : scale;
  }

  /// `(x − mean) / standardDeviation`.
  ///
  /// @param mean of the training rows
  /// @param standardDeviation of the training rows; nothing is divided by 0
  record Standardize(double mean, double standardDeviation) implements Scaler {

    @Override
    public Scaling scaling() {
      return Scaling.STANDARDIZE;
    }

    @Override
    public double offset() {
      return mean;
    }

    @Override
    public double scale() {
      return orOne(standardDeviation);
    }
  }

  /// `(x − minimum) / (maximum − minimum)`.
  ///
  /// @param minimum of the training rows
  /// @param maximum of the training rows; nothing is divided by 0
  record MinMax(double minimum, double maximum) implements Scaler {

    @Override
    public Scaling scaling() {
      return Scaling.MIN_MAX;
    }

    @Override
    public double offset() {
      return minimum;
    }

    @Override
    public double scale() {
      return orOne(maximum - minimum);
    }
  }

  /// `(x − median) / interquartileRange`.
  ///
  /// @param median of the training rows
  /// @param interquartileRange of the training rows; nothing is divided by 0
  record Robust(double median, double interquartileRange) implements Scaler {

    @Override
    public Scaling scaling() {
      return Scaling.ROBUST;
    }

    @Override
    public double offset() {
      return median;
    }

    @Override
    public double scale() {
      return orOne(interquartileRange);
    }
  }

  /// The number as it is: for columns of 0 and 1, and where nothing is to be scaled.
  record None() implements Scaler {

    @Override
    public Scaling scaling() {
      return Scaling.NONE;
    }

    @Override
    public double offset() {
      return 0;
    }

    @Override
    public double scale() {
      return 1;
    }
  }
}
