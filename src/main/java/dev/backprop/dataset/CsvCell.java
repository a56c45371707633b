package dev.backprop.dataset;

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
      case 3 -> new String(buffer, offset, length).equalsIgnoreCase("nan");
      case 4 -> new String(buffer, offset, length).equalsIgnoreCase("null");
      default -> false;
    };
  }

  /// The number; infinite if it is [#BEYOND], NaN if it is none.
  public static float parse(char[] buffer, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (!isOfNumber(buffer[i])) {
        return infinityOrNone(buffer, offset, length);
      }
    }
    try {
      return JavaFloatParser.parseFloat(buffer, offset, length);
    } catch (NumberFormatException _) {
      return Float.NaN;
    }
  }

  /// The parser itself would take `1f`, `0x1p3` and spaces as well.
  private static boolean isOfNumber(char c) {
    return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
  }

  private static float infinityOrNone(char[] buffer, int offset, int length) {
    return length <= LONGEST_WORD
            && INFINITIES.contains(new String(buffer, offset, length).toLowerCase(Locale.ROOT))
        ? Float.POSITIVE_INFINITY
        : Float.NaN;
  }
}
