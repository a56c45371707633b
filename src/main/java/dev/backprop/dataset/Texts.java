package dev.backprop.dataset;

/// Texts of callers in messages.
final class Texts {

  private static final int MAX_SHOWN = 40;

  private Texts() {}

  /// The text, cut where it would make a message unreadable.
  static String shorten(CharSequence text) {
    return text.length() <= MAX_SHOWN ? text.toString() : text.subSequence(0, MAX_SHOWN) + "…";
  }

  /// Escapes one step of a JSON Pointer (RFC 6901).
  static String pointerStep(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }

  /// What is wrong with a number that a float cannot hold.
  static String beyondFloat(CharSequence number) {
    return shorten(number) + " is beyond a 32-bit float, whose largest number is 3.4e38";
  }

  /// What is wrong with a text that is too long for a category.
  static String tooLong(String text) {
    return "a text of %d characters; a category has at most %d"
        .formatted(text.length(), ColumnBuilder.MAX_TEXT);
  }

  /// What is wrong with one distinct text too many.
  static String tooManyCategories(int limit) {
    return "the column has more than %d different texts, the limit of backprop.datasets.max-categories"
        .formatted(limit);
  }
}
