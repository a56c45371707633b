package dev.backprop.dataset.intake;

import ch.randelshofer.fastdoubleparser.JavaFloatParser;
import java.util.Locale;
import java.util.Set;

/// What the text of a cell can be.
public enum CsvCell {
  /// Empty, `?`, `NA`, or `NaN` or `null` in any case.
  MISSING,
  /// A finite 32-bit number.
  NUMBER,
  /// Written as a number, but too large for a finite one; or an infinity.
  BEYOND,
  /// Anything else.
  TEXT;

  private static final int LONGEST_WORD = 9;

  /// A sign, a point and seven digits.
  private static final int SHORT = 9;

  /// Up to here all whole numbers are 32-bit floats.
  private static final int EXACT = 1 << 24;

  /// 10⁰ to 10⁹, all of which are 32-bit floats.
  private static final float[] POWERS_OF_TEN = {
    1, 1e1f, 1e2f, 1e3f, 1e4f, 1e5f, 1e6f, 1e7f, 1e8f, 1e9f
  };

  private static final Set<String> INFINITIES =
      Set.of("inf", "+inf", "-inf", "infinity", "+infinity", "-infinity");

  /// What the characters are.
  public static CsvCell of(char[] buffer, int offset, int length) {
    if (isMissing(buffer, offset, length)) {
      return MISSING;
    }
    float value = parse(buffer, offset, length);
    if (Float.isNaN(value)) {
      return TEXT;
    }
    return Float.isInfinite(value) ? BEYOND : NUMBER;
  }

  static CsvCell of(String text) {
    return of(text.toCharArray(), 0, text.length());
  }

  /// Whether they are one of the words for a missing value.
  public static boolean isMissing(char[] buffer, int offset, int length) {
    return switch (length) {
      case 0 -> true;
      case 1 -> buffer[offset] == '?';
      case 2 -> buffer[offset] == 'N' && buffer[offset + 1] == 'A';
      case 3 -> isN(buffer[offset]) && new String(buffer, offset, length).equalsIgnoreCase("nan");
      case 4 -> isN(buffer[offset]) && new String(buffer, offset, length).equalsIgnoreCase("null");
      default -> false;
    };
  }

  private static boolean isN(char c) {
    return c == 'n' || c == 'N';
  }

  /// The number; infinite if it is [#BEYOND], NaN if it is none.
  public static float parse(char[] buffer, int offset, int length) {
    float shortNumber = length <= SHORT ? parseShort(buffer, offset, length) : Float.NaN;
    if (!Float.isNaN(shortNumber)) {
      return shortNumber;
    }
    if (!isOfNumber(buffer, offset, length)) {
      return infinityOrNone(buffer, offset, length);
    }
    try {
      return JavaFloatParser.parseFloat(buffer, offset, length);
    } catch (NumberFormatException _) {
      return Float.NaN;
    }
  }

  /// The number, if it is a short one like most in files: `m / 10ᵈ` with floats m and 10ᵈ, whose
  /// quotient is rounded once and so is the float nearest to it.
  ///
  /// Clinger: How to Read Floating Point Numbers Accurately, PLDI 1990.
  ///
  /// @return NaN if it is to be parsed in another way
  private static float parseShort(char[] buffer, int offset, int length) {
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

  /// Rules out what the parser itself would take as well: `1f`, `0x1p3`, `NaN` and spaces.
  private static boolean isOfNumber(char[] buffer, int offset, int length) {
    if (length == 0 || !beginsNumber(buffer[offset])) {
      return false;
    }
    char last = buffer[offset + length - 1];
    return (isDigit(last) || last == '.')
        && (length < 2 || !isX(buffer[offset + 1]))
        && (length < 3 || !isX(buffer[offset + 2]));
  }

  private static boolean beginsNumber(char c) {
    return isDigit(c) || c == '-' || c == '.' || c == '+';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isX(char c) {
    return c == 'x' || c == 'X';
  }

  private static float infinityOrNone(char[] buffer, int offset, int length) {
    return length <= LONGEST_WORD
            && INFINITIES.contains(new String(buffer, offset, length).toLowerCase(Locale.ROOT))
        ? Float.POSITIVE_INFINITY
        : Float.NaN;
  }
}
