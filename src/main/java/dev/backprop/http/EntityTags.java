package dev.backprop.http;

import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ETag;

/// The conditions of a change, RFC 9110 section 13.1: what a caller has seen of a resource before.
public final class EntityTags {

  private EntityTags() {}

  /// Checks `If-Match`. A weak tag matches nothing, `*` matches whatever is there.
  ///
  /// @param ifMatch the values of all such headers, null where there is none
  /// @param present the strong tag of the resource, null where it does not exist
  /// @throws ProblemException [ProblemType#PRECONDITION_FAILED] if the resource is another now
  public static void requireMatch(@Nullable List<String> ifMatch, @Nullable String present) {
    if (ifMatch != null && !matches(ifMatch, present)) {
      throw new ProblemException(
          ProblemType.PRECONDITION_FAILED,
          present == null
              ? "If-Match asks for a resource that is there already, and this one is not. Leave the header out to make it."
              : "If-Match asks for another state of the resource than its present one, whose ETag is %s. Read it again and decide anew."
                  .formatted(present));
    }
  }

  /// Checks `If-None-Match: *`, with which a caller makes what must not be there yet.
  ///
  /// @param ifNoneMatch the values of all such headers, null where there is none
  /// @param present the strong tag of the resource, null where it does not exist
  /// @throws ProblemException [ProblemType#PRECONDITION_FAILED] if it is there
  public static void requireNoMatch(@Nullable List<String> ifNoneMatch, @Nullable String present) {
    if (ifNoneMatch != null && matches(ifNoneMatch, present)) {
      throw new ProblemException(
          ProblemType.PRECONDITION_FAILED,
          "If-None-Match asks for a resource that is not there yet, and this one is, with the ETag %s. Leave the header out to replace it."
              .formatted(present));
    }
  }

  private static boolean matches(List<String> headers, @Nullable String present) {
    return present != null && headers.stream().anyMatch(header -> matches(header, present));
  }

  private static boolean matches(String header, String present) {
    ETag tag = ETag.create(present);
    return ETag.parse(header).stream()
        .anyMatch(each -> each.isWildcard() || each.compare(tag, true));
  }
}
