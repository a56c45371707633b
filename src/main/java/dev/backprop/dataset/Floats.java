package dev.backprop.dataset;

import ch.randelshofer.fastdoubleparser.JavaFloatParser;

/// Reads 32-bit floats from decimal numbers.
public final class Floats {

  /// A sign, a point and seven digits.
  private static final int SHORT = 9;

  /// Up to here all whole numbers are 32-bit floats.
  private static final int EXACT = 1 << 24;

  /// 10⁰ to 10⁹, all of which are 32-bit floats.
  private static final float[] POWERS_OF_TEN = {
    1, 1e1f, 1e2f, 1e3f, 1e4f, 1e5f, 1e6f, 1e7f, 1e8f, 1e9f
  };

  private Floats() {}

  /// The float nearest to a number as JSON has it; infinite if it is beyond all floats.
  ///
  /// @throws NumberFormatException if it is no number
  public static float parse(char[] buffer, int offset, int length) {
    float shortNumber = parseShort(buffer, offset, length);
    return Float.isNaN(shortNumber)
        ? JavaFloatParser.parseFloat(buffer, offset, length)
        : shortNumber;
  }

  /// The number, if it is a short one like most in files: `m / 10ᵈ` with floats m and 10ᵈ, whose
  /// quotient is rounded once and so is the float nearest to it.
  ///
  /// Clinger: How to Read Floating Point Numbers Accurately, PLDI 1990.
  ///
  /// @return NaN if it is longer, or no such number
  public static float parseShort(char[] buffer, int offset, int length) {
    if (length > SHORT) {
      return Float.NaN;
    }
    int end = offset + length;
    boolean negative = length > 1 && buffer[offset] == '-';
    int start = negative ? offset + 1 : offset;
    int m = 0;
    int point = end;
    for (int i = start; i < end; i++) {
      int digit = buffer[i] - '0';
      if (digit >= 0 && digit <= 9) {
        m = 10 * m + digit;
      } else if (buffer[i] == '.' && point == end) {
        point = i;
      } else {
        return Float.NaN;
      }
    }
    boolean hasPoint = point < end;
    if (m > EXACT || end - start == (hasPoint ? 1 : 0)) {
      return Float.NaN;
    }
    float value = hasPoint ? m / POWERS_OF_TEN[end - point - 1] : m;
    return negative ? -value : value;
  }
}
