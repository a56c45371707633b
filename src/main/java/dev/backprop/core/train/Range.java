package dev.backprop.core.train;

/// Checks numbers of settings.
final class Range {

  private Range() {}

  static void requirePositive(String name, double value) {
    if (!(value >= Float.MIN_VALUE && value <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(name + " must be a positive 32-bit number, not " + value);
    }
  }

  static void requireFraction(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must be from 0 to below 1, not " + value);
    }
  }

  static void requireNotNegative(String name, double value) {
    if (!(value >= 0 && value <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(name + " must be a 32-bit number from 0 on, not " + value);
    }
  }
}
