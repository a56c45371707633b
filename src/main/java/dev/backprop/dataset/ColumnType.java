package dev.backprop.dataset;

import java.util.Locale;
import java.util.Optional;

/// What a caller can say about a column of a file.
public enum ColumnType {
  /// Finite 32-bit numbers.
  NUMBER,
  /// Texts as they are written.
  CATEGORY,
  /// False and true, as the numbers 0 and 1.
  BOOLEAN,
  /// Dates of ISO 8601 with or without a time, as days since 1970-01-01.
  DATE,
  /// Left out of the data set.
  IGNORED;

  /// The word for it in requests and replies.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What its cells are called in a sentence.
  public String cells() {
    return switch (this) {
      case NUMBER -> "numbers";
      case CATEGORY -> "categories";
      case BOOLEAN -> "booleans";
      case DATE -> "dates";
      case IGNORED -> "ignored cells";
    };
  }

  public static Optional<ColumnType> ofWord(String word) {
    for (ColumnType type : values()) {
      if (type.word().equals(word)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
