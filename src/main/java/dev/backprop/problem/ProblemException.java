package dev.backprop.problem;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ends a request with a problem. The one exception that features throw at callers.
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ProblemType type;
  private final transient List<InputError> errors;
  private final @Nullable Duration retryAfter;

  /// A problem with the whole of the request.
  ///
  /// @param detail a sentence or two about this occurrence: the value met, the limit, the remedy
  public ProblemException(ProblemType type, String detail) {
    this(type, detail, List.of());
  }

  /// A problem with places in the request.
  public ProblemException(ProblemType type, String detail, List<InputError> errors) {
    this(type, detail, errors, null);
  }

  private ProblemException(
      ProblemType type, String detail, List<InputError> errors, @Nullable Duration retryAfter) {
    super(detail);
    this.type = type;
    this.errors = List.copyOf(errors);
    this.retryAfter = retryAfter;
  }

  /// A resource that is not there.
  ///
  /// @param what the kind of resource, such as `job`
  public static ProblemException notFound(String what, String id) {
    return new ProblemException(
        ProblemType.NOT_FOUND, "There is no " + what + " '" + id + "' on this server.");
  }

  /// The same problem, with the time after which another try makes sense.
  public ProblemException retryAfter(Duration delay) {
    return new ProblemException(type, detail(), errors, delay);
  }

  /// What kind of problem it is.
  public ProblemType type() {
    return type;
  }

  /// What this occurrence is about.
  public String detail() {
    String detail = getMessage();
    return detail == null ? type.title() : detail;
  }

  /// The places in the input, empty where the problem is with the whole.
  public List<InputError> errors() {
    return errors;
  }

  /// When to try again, if the caller should.
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
