package dev.backprop.dataset.intake;

import ch.randelshofer.fastdoubleparser.JavaFloatParser;
import dev.backprop.dataset.Floats;
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
    float shortNumber = Floats.parseShort(buffer, offset, length);
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
