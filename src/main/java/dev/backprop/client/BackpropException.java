package dev.backprop.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An error that the server answered with.
public final class BackpropException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;
  private final @Nullable String requestId;

  BackpropException(Problem problem, @Nullable String requestId) {
    super(
        problem.title()
            + (problem.detail() == null ? "" : ": " + problem.detail())
            + (requestId == null ? "" : " (request " + requestId + ")"));
    this.problem = problem;
    this.requestId = requestId;
  }

  /// The HTTP status.
  public int status() {
    return problem.status();
  }

  /// What went wrong.
  public Problem problem() {
    return problem;
  }

  /// Every place of the request that is wrong; empty where the problem is the whole.
  public List<Problem.Place> errors() {
    return problem.errors() == null ? List.of() : problem.errors();
  }

  /// What the server's log knows the request by.
  public @Nullable String requestId() {
    return requestId;
  }
}
