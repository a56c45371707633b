package dev.backprop.job;

import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ETag;

/// The states of a resource that a request is meant for, by their entity tags (RFC 9110, 13.1.1).
///
/// @param tags any state where there are none
record IfMatch(List<ETag> tags) {

  /// The header's, or any where there is no header.
  static IfMatch of(@Nullable String header) {
    return new IfMatch(header == null ? List.of() : ETag.parse(header));
  }

  /// Checks the tag of the present state. A weak one is never it.
  ///
  /// @throws ProblemException [ProblemType#PRECONDITION_FAILED] if it is none of these
  void require(String present) {
    ETag tag = ETag.create(present);
    boolean met =
        tags.isEmpty()
            || tags.stream().anyMatch(each -> each.isWildcard() || each.compare(tag, true));
    if (!met) {
      throw new ProblemException(
          ProblemType.PRECONDITION_FAILED,
          "If-Match names another state than the present one, %s.".formatted(present));
    }
  }
}
