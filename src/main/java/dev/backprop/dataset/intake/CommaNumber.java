package dev.backprop.dataset.intake;

/// Numbers with a decimal comma: `1,5`, `-0,25e3`, `1.234.567,8`.
final class CommaNumber {

  private static final int GROUP = 3;

  private CommaNumber() {}

  /// The number; infinite if it is beyond a finite one, NaN if it is none.
  static float parse(char[] buffer, int offset, int length) {
    int comma = -1;
    boolean points = false;
    for (int i = offset; i < offset + length; i++) {
      if (buffer[i] == ',') {
        if (comma >= 0) {
          return Float.NaN;
        }
        comma = i;
      }
      points |= buffer[i] == '.';
    }
    if (comma < 0 && !points) {
      return CsvCell.parse(buffer, offset, length);
    }
    char[] plain = new char[length];
    int size = 0;
    int end = comma < 0 ? endOfDigits(buffer, offset, offset + length) : comma;
    if (points && !areThousands(buffer, offset, end)) {
      return Float.NaN;
    }
    for (int i = offset; i < offset + length; i++) {
      if (buffer[i] == '.') {
        if (i >= end) {
          return Float.NaN;
        }
      } else {
        plain[size++] = buffer[i] == ',' ? '.' : buffer[i];
      }
    }
    return CsvCell.parse(plain, 0, size);
  }

  /// The end of the number's digits and points, which is where its exponent begins.
  private static int endOfDigits(char[] buffer, int offset, int end) {
    int i = offset + (isSign(buffer[offset]) ? 1 : 0);
    while (i < end && (isDigit(buffer[i]) || buffer[i] == '.')) {
      i++;
    }
    return i;
  }

  /// Whether points part the digits into groups of three, of which the first may be shorter.
  private static boolean areThousands(char[] buffer, int offset, int end) {
    int start = offset + (isSign(buffer[offset]) ? 1 : 0);
    int digits = 0;
    boolean first = true;
    for (int i = start; i < end; i++) {
      if (buffer[i] != '.') {
        if (!isDigit(buffer[i])) {
          return false;
        }
        digits++;
      } else {
        if (first ? digits < 1 || digits > GROUP : digits != GROUP) {
          return false;
        }
        first = false;
        digits = 0;
      }
    }
    return first || digits == GROUP;
  }

  private static boolean isSign(char c) {
    return c == '-' || c == '+';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
