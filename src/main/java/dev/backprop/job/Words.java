package dev.backprop.job;

import dev.backprop.problem.EnumNames;
import java.util.Locale;

/// Constants and numbers as messages write them.
final class Words {

  private static final String[] BYTES = {"bytes", "kB", "MB", "GB", "TB", "PB", "EB"};

  private Words() {}

  /// `MEAN_SQUARED_ERROR` is `meanSquaredError` in JSON, and so in messages.
  static String of(Enum<?> constant) {
    return EnumNames.of(constant);
  }

  /// A size in powers of 1000 with one digit behind the point.
  static String bytes(double bytes) {
    int unit = 0;
    double value = bytes;
    while (value >= 999.95 && unit < BYTES.length - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, BYTES[unit]);
  }

  /// A whole number with a comma at the thousands.
  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
