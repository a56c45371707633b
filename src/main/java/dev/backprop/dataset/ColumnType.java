package dev.backprop.dataset;

import java.util.Locale;
import java.util.Optional;

/// What a caller can say about a column of a file.
public enum ColumnType {
  /// Finite 32-bit numbers.
  NUMBER,
  /// Texts as they are written.
  CATEGORY,
  /// Left out of the data set.
  IGNORED;

  /// The word for it in requests and replies.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<ColumnType> ofWord(String word) {
    for (ColumnType type : values()) {
      if (type.word().equals(word)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
