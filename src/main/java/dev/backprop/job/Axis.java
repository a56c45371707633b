package dev.backprop.job;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/// Where numbers stand on an axis, and which of them are written beside it.
///
/// @param from the least number on it, one of the ticks
/// @param to the greatest, one of the ticks
/// @param logarithmic whether equal ratios have equal lengths, in place of equal differences
/// @param ticks round numbers, ascending
record Axis(double from, double to, boolean logarithmic, List<Double> ticks) {

  private static final int STEPS = 6;
  private static final int DECADES = 6;

  /// With fewer decades, 2 and 5 of each are ticks too.
  private static final int FEW_DECADES = 3;

  /// A range less than this share of its numbers would need more digits than are written.
  private static final double LEAST_RANGE = 0.01;

  /// Powers of ten that are written with all their digits.
  private static final int LEAST_PLAIN = -4;

  private static final int GREATEST_PLAIN = 7;

  private static final MathContext DIGITS = new MathContext(4);

  Axis {
    ticks = List.copyOf(ticks);
  }

  /// @param least on the axis
  /// @param greatest on the axis
  /// @param leastStep between ticks, 0 for any
  static Axis linear(double least, double greatest, double leastStep) {
    double size = Math.max(Math.abs(least), Math.abs(greatest));
    double range = Math.max(greatest - least, LEAST_RANGE * size);
    double step = Math.max(leastStep, range == 0 ? 1 : roundUp(range / STEPS));
    double first = Math.floor(least / step);
    double last = Math.ceil(greatest / step);
    if (first == last) {
      first--;
      last++;
    }
    List<Double> ticks = new ArrayList<>();
    for (double i = first; i <= last; i++) {
      ticks.add(i * step);
    }
    return new Axis(ticks.getFirst(), ticks.getLast(), false, ticks);
  }

  /// @param least on the axis, above 0
  /// @param greatest on the axis
  static Axis logarithmic(double least, double greatest) {
    int decades = (int) Math.ceil(Math.log10(greatest) - Math.log10(least));
    double[] digits = decades <= FEW_DECADES ? new double[] {1, 2, 5} : new double[] {1};
    int step = Math.ceilDiv(decades, DECADES);
    int first = (int) Math.floor(Math.log10(least));
    List<Double> ticks = new ArrayList<>();
    for (int decade = first; ticks.isEmpty() || ticks.getLast() < greatest; decade += step) {
      for (double digit : digits) {
        double tick = new BigDecimal(digit).scaleByPowerOfTen(decade).doubleValue();
        if (tick <= least && !ticks.isEmpty()) {
          ticks.clear();
        }
        if (ticks.isEmpty() || ticks.getLast() < greatest) {
          ticks.add(tick);
        }
      }
    }
    return new Axis(ticks.getFirst(), ticks.getLast(), true, ticks);
  }

  /// The next of 1, 2 and 5 times a power of ten.
  private static double roundUp(double number) {
    BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen((int) Math.floor(Math.log10(number)));
    for (int digit : new int[] {1, 2, 5}) {
      double candidate = power.multiply(BigDecimal.valueOf(digit)).doubleValue();
      if (candidate >= number) {
        return candidate;
      }
    }
    return power.scaleByPowerOfTen(1).doubleValue();
  }

  /// How far along the axis a number stands, 0 at its beginning and 1 at its end.
  double share(double number) {
    return logarithmic
        ? Math.log(number / from) / Math.log(to / from)
        : (number - from) / (to - from);
  }

  /// A tick as it is written.
  static String label(double tick) {
    BigDecimal rounded = new BigDecimal(tick).round(DIGITS).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    return exponent >= LEAST_PLAIN && exponent <= GREATEST_PLAIN
        ? rounded.toPlainString()
        : rounded.scaleByPowerOfTen(-exponent).toPlainString() + "e" + exponent;
  }
}
