package dev.backprop.model;

import dev.backprop.problem.JsonErrors;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;

/// A place in the list of models, newest first. It holds when the model that stood there is deleted
/// or gets a newer version.
///
/// @param createdAt of the newest version
/// @param name of the model
record ModelCursor(Instant createdAt, String name) implements Comparable<ModelCursor> {

  private static final Comparator<ModelCursor> NEWEST_FIRST =
      Comparator.comparing(ModelCursor::createdAt).thenComparing(ModelCursor::name).reversed();

  /// Stands in no name.
  private static final char SEPARATOR = '~';

  static ModelCursor of(Model model) {
    return new ModelCursor(model.createdAt(), model.name());
  }

  /// Reads what [#toString] wrote.
  ///
  /// @throws ProblemException [ProblemType#INVALID_REQUEST] for anything else
  static ModelCursor parse(String text) {
    int at = text.indexOf(SEPARATOR);
    if (at < 0) {
      throw invalid(text);
    }
    try {
      return new ModelCursor(Instant.parse(text.substring(0, at)), text.substring(at + 1));
    } catch (DateTimeParseException _) {
      throw invalid(text);
    }
  }

  /// The problem of a cursor that no list gave.
  static ProblemException invalid(String cursor) {
    return new ProblemException(
        ProblemType.INVALID_REQUEST,
        "The query parameter 'after' is '%s', which is no cursor of this list; send the 'next' of the page before."
            .formatted(JsonErrors.shorten(cursor)));
  }

  @Override
  public int compareTo(ModelCursor other) {
    return NEWEST_FIRST.compare(this, other);
  }

  @Override
  public String toString() {
    return createdAt.toString() + SEPARATOR + name;
  }
}
