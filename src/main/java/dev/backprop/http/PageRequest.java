package dev.backprop.http;

import dev.backprop.problem.JsonErrors;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Which part of a list a caller wants.
///
/// @param limit at most so many items, 1 to [#MAX_LIMIT]
/// @param after cursor of the last item that the caller has, null for the first page
public record PageRequest(int limit, @Nullable String after) {

  /// Without `limit`, a page has so many items.
  public static final int DEFAULT_LIMIT = 20;

  /// No page has more items.
  public static final int MAX_LIMIT = 100;

  /// Checks the limit.
  ///
  /// @throws ProblemException [ProblemType#INVALID_REQUEST] for a limit out of range
  public PageRequest {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw invalidLimit(Integer.toString(limit));
    }
  }

  /// Reads the query parameters `limit` and `after` as they came.
  ///
  /// @throws ProblemException [ProblemType#INVALID_REQUEST] for a limit that is no number or out of
  ///   range
  public static PageRequest of(@Nullable String limit, @Nullable String after) {
    if (limit == null) {
      return new PageRequest(DEFAULT_LIMIT, after);
    }
    try {
      return new PageRequest(Integer.parseInt(limit), after);
    } catch (NumberFormatException _) {
      throw invalidLimit(limit);
    }
  }

  /// Checks that the cursor, if there is one, looks like those of the list.
  ///
  /// @throws ProblemException [ProblemType#INVALID_REQUEST] if it does not
  public PageRequest requireCursor(Predicate<String> looksRight) {
    if (after != null && !looksRight.test(after)) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST,
          "The query parameter 'after' is '%s', which is no cursor of this list; send the 'next' of the page before."
              .formatted(JsonErrors.shorten(after)));
    }
    return this;
  }

  private static ProblemException invalidLimit(String value) {
    return new ProblemException(
        ProblemType.INVALID_REQUEST,
        "The query parameter 'limit' is '%s': a whole number from 1 to %d is expected."
            .formatted(value, MAX_LIMIT));
  }
}
