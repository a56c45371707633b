package dev.backprop.dataset.intake;

import dev.backprop.dataset.Texts;

/// Where a cell stands and what is wrong with it, in the words of messages.
final class CellTexts {

  private CellTexts() {}

  /// Escapes one step of a JSON Pointer (RFC 6901).
  static String pointerStep(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }

  /// What is wrong with a number that a float cannot hold.
  static String beyondFloat(CharSequence number) {
    return Texts.shorten(number) + " is beyond a 32-bit float, whose largest number is 3.4e38";
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
