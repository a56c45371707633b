package dev.backprop.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of every error of this server, as RFC 9457 has it.
///
/// @param type address of the page about this kind of problem, relative to the server
/// @param title the same words for every occurrence
/// @param status the HTTP status
/// @param detail what happened this time
/// @param instance path of the request
/// @param errors the places in the request that are wrong, absent where the problem is the whole
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String instance,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<InputError> errors) {

  /// A problem with the whole request.
  public static Problem of(ProblemType type, String detail, @Nullable String instance) {
    return of(type, type.status(), detail, instance, List.of());
  }

  static Problem of(
      ProblemType type,
      int status,
      String detail,
      @Nullable String instance,
      List<InputError> errors) {
    return new Problem(
        "/problems/" + type.slug(), type.title(), status, detail, instance, List.copyOf(errors));
  }
}
