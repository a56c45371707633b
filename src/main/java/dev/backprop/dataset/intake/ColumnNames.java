package dev.backprop.dataset.intake;

import dev.backprop.dataset.Texts;
import java.util.Optional;

/// What a column may be called.
public final class ColumnNames {

  private static final int MAX_LENGTH = 200;

  private ColumnNames() {}

  /// What is wrong with a name, if anything is.
  public static Optional<String> problem(String name) {
    if (name.isBlank()) {
      return Optional.of("a column has no name");
    }
    if (name.length() > MAX_LENGTH) {
      return Optional.of(
          "the column name '%s' has %d characters, at most %d are allowed"
              .formatted(Texts.shorten(name), name.length(), MAX_LENGTH));
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      return Optional.of("a column name has control characters");
    }
    return Optional.empty();
  }
}
