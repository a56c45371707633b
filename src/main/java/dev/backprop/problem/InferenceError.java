package dev.backprop.problem;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/// An error as the Open Inference Protocol has it, whose paths begin with `/v2`.
record InferenceError(String error) {

  private static final String ROOT = "/v2";
  private static final int PLACES = 10;

  /// Whether a path is one of the protocol.
  static boolean isAt(@Nullable String path) {
    return path != null && (path.equals(ROOT) || path.startsWith(ROOT + "/"));
  }

  /// What the body of an answer to the problem is: the problem, or the protocol's error.
  static Object body(Problem problem) {
    return isAt(problem.instance()) ? of(problem) : problem;
  }

  /// What kind of body that is.
  static MediaType mediaType(Problem problem) {
    return isAt(problem.instance())
        ? MediaType.APPLICATION_JSON
        : MediaType.APPLICATION_PROBLEM_JSON;
  }

  private static InferenceError of(Problem problem) {
    if (problem.errors().isEmpty()) {
      return new InferenceError(problem.detail());
    }
    String places =
        problem.errors().stream()
            .limit(PLACES)
            .map(error -> error.pointer() + ": " + error.detail())
            .collect(Collectors.joining("; "));
    int more = problem.errors().size() - PLACES;
    return new InferenceError(more > 0 ? places + "; and %d more".formatted(more) : places);
  }
}
