package dev.backprop.problem;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;

/// Turns whatever a request ends with into an RFC 9457 problem, whatever the caller accepts, or,
/// below `/v2`, into an error of the Open Inference Protocol.
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

  @ExceptionHandler
  @Nullable ResponseEntity<Object> handle(ProblemException exception, WebRequest request) {
    HttpHeaders headers = new HttpHeaders();
    Duration retryAfter = exception.retryAfter();
    if (retryAfter != null) {
      // whole seconds, rounded up, so that nobody returns too early
      headers.set(
          HttpHeaders.RETRY_AFTER, Long.toString(retryAfter.plusNanos(999_999_999).toSeconds()));
    }
    ProblemType type = exception.type();
    Problem problem =
        Problem.of(type, type.status(), exception.detail(), path(request), exception.errors());
    return answer(exception, problem, headers, request);
  }

  @ExceptionHandler
  @Nullable ResponseEntity<Object> handle(MultipartException exception, WebRequest request) {
    String detail = "The body is not well-formed multipart/form-data.";
    return answer(
        exception,
        Problem.of(ProblemType.INVALID_REQUEST, detail, path(request)),
        new HttpHeaders(),
        request);
  }

  @ExceptionHandler
  @Nullable ResponseEntity<Object> handleOther(Exception exception, WebRequest request) {
    if (DisconnectedClientHelper.isClientDisconnectedException(exception)) {
      return null;
    }
    log.error("{} failed", request.getDescription(false), exception);
    return answer(exception, internal(request), new HttpHeaders(), request);
  }

  /// Every exception that Spring MVC itself throws comes through here.
  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception exception,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    if (status.value() == 500) {
      return handleOther(exception, request);
    }
    ProblemType type = ProblemStatus.type(status.value());
    List<InputError> errors = MvcExceptions.errors(exception);
    String detail = MvcExceptions.detail(exception, errors, type);
    Problem problem = Problem.of(type, status.value(), detail, path(request), errors);
    return answer(exception, problem, headers, request);
  }

  private @Nullable ResponseEntity<Object> answer(
      Exception exception, Problem problem, HttpHeaders headers, WebRequest request) {
    HttpHeaders own = new HttpHeaders(headers);
    own.setContentType(InferenceError.mediaType(problem));
    return super.handleExceptionInternal(
        exception,
        InferenceError.body(problem),
        own,
        HttpStatusCode.valueOf(problem.status()),
        request);
  }

  private static Problem internal(WebRequest request) {
    return Problem.of(
        ProblemType.INTERNAL,
        "Something failed that should not have. The server's log has the details.",
        path(request));
  }

  private static @Nullable String path(WebRequest request) {
    return request instanceof ServletWebRequest web ? web.getRequest().getRequestURI() : null;
  }
}
