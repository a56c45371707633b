package dev.backprop.core.train;

/// Which of two numbers is the better one.
public enum Mode {
  /// The smaller.
  MIN,
  /// The larger.
  MAX;

  /// What every number is better than.
  double worst() {
    return this == MIN ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
  }

  /// Whether a number is better than a reference by more than a difference; NaN never is.
  boolean isBetter(double value, double reference, double difference) {
    return switch (this) {
      case MIN -> value < reference - difference;
      case MAX -> value > reference + difference;
    };
  }
}
