package dev.backprop.model.card;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Plain text of a card.
final class Plain {

  /// Line ends, controls, and marks that turn the direction of text.
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

  private static final String NONE = "—";

  private Plain() {}

  /// The text on one line, without what cannot be seen.
  static String line(String text) {
    return INVISIBLE.matcher(text).replaceAll(" ").strip();
  }

  /// About four digits, a dash where there is none.
  static String number(@Nullable Double value) {
    if (value == null || Double.isNaN(value)) {
      return NONE;
    }
    double size = Math.abs(value);
    if (value == Math.rint(value) && size < 1e9) {
      return Long.toString(Math.round(value));
    }
    return size < 1e-4 || size >= 1e9
        ? String.format(Locale.ROOT, "%.3e", value)
        : String.format(Locale.ROOT, "%.4g", value);
  }

  static String or(@Nullable String text) {
    return text == null ? NONE : text;
  }
}
