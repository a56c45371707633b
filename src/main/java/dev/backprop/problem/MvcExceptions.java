package dev.backprop.problem;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/// Says in the words of a caller what Spring MVC says in the words of Java.
final class MvcExceptions {

  private MvcExceptions() {}

  static String detail(Exception exception, List<InputError> errors, ProblemType type) {
    return switch (exception) {
      case HttpRequestMethodNotSupportedException e ->
          e.getMethod() + " is not allowed here; use " + or(e.getSupportedHttpMethods()) + ".";
      case HttpMediaTypeNotSupportedException e ->
          given("Content-Type", e.getContentType())
              + " is not taken here; send "
              + or(e.getSupportedMediaTypes())
              + ".";
      case HttpMediaTypeNotAcceptableException e ->
          "This operation answers as "
              + or(e.getSupportedMediaTypes())
              + ", which the Accept header leaves out.";
      case MissingServletRequestParameterException e ->
          "The query parameter '" + e.getParameterName() + "' is missing.";
      case MissingServletRequestPartException e ->
          "The part '" + e.getRequestPartName() + "' of the multipart body is missing.";
      case MissingRequestHeaderException e -> "The header " + e.getHeaderName() + " is missing.";
      case MethodArgumentTypeMismatchException e ->
          "The parameter '" + e.getName() + "' " + mismatch(e);
      case TypeMismatchException e -> "A parameter " + mismatch(e);
      case HttpMessageNotReadableException e ->
          e.getCause() == null
              ? "A body is needed here and the request has none."
              : "The body could not be read as what its Content-Type says.";
      case NoResourceFoundException e ->
          "There is nothing at /" + e.getResourcePath() + "; /swagger-ui.html shows every path.";
      case AsyncRequestTimeoutException _ -> "The answer took too long. Try again.";
      case MaxUploadSizeExceededException _ ->
          "The upload is larger than backprop.datasets.max-upload allows.";
      case HandlerMethodValidationException _ -> summary(errors);
      case ResponseStatusException e -> e.getReason() == null ? type.explanation() : e.getReason();
      default -> errors.isEmpty() ? type.explanation() : summary(errors);
    };
  }

  static List<InputError> errors(Exception exception) {
    return switch (exception) {
      case MethodArgumentNotValidException e ->
          e.getBindingResult().getFieldErrors().stream().map(MvcExceptions::error).toList();
      case HandlerMethodValidationException e -> parameterErrors(e);
      default -> List.of();
    };
  }

  private static List<InputError> parameterErrors(HandlerMethodValidationException exception) {
    List<InputError> errors = new ArrayList<>();
    for (ParameterValidationResult result : exception.getParameterValidationResults()) {
      if (result instanceof ParameterErrors bean) {
        bean.getFieldErrors().forEach(field -> errors.add(error(field)));
      } else {
        String name = result.getMethodParameter().getParameterName();
        result
            .getResolvableErrors()
            .forEach(
                e ->
                    errors.add(
                        new InputError(
                            null,
                            null,
                            null,
                            "The parameter '%s' %s, got %s."
                                .formatted(
                                    name, e.getDefaultMessage(), value(result.getArgument())))));
      }
    }
    return errors;
  }

  private static InputError error(FieldError error) {
    String pointer = "#/" + error.getField().replaceAll("[.\\[]", "/").replace("]", "");
    return InputError.at(
        pointer, error.getDefaultMessage() + ", got " + value(error.getRejectedValue()));
  }

  private static String mismatch(TypeMismatchException exception) {
    return "takes "
        + kind(exception.getRequiredType())
        + ", not "
        + value(exception.getValue())
        + ".";
  }

  private static String kind(@Nullable Class<?> type) {
    if (type == null) {
      return "another kind of value";
    }
    if (type.isEnum()) {
      return "one of "
          + Arrays.stream(type.getEnumConstants())
              .map(constant -> EnumNames.of((Enum<?>) constant))
              .collect(Collectors.joining(", "));
    }
    return switch (type.getSimpleName()) {
      case "int", "Integer", "long", "Long" -> "a whole number";
      case "float", "Float", "double", "Double" -> "a number";
      case "boolean", "Boolean" -> "true or false";
      default -> "a value of another form";
    };
  }

  private static String summary(List<InputError> errors) {
    return errors.size() == 1
        ? errors.getFirst().detail()
        : errors.size() + " errors, each with its place";
  }

  private static String given(String header, @Nullable MediaType type) {
    return type == null ? "A request without a usable " + header : header + " " + type;
  }

  private static String value(@Nullable Object value) {
    String text = String.valueOf(value);
    return "'" + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + "'";
  }

  private static String or(@Nullable Collection<?> choices) {
    return choices == null || choices.isEmpty()
        ? "another"
        : choices.stream().map(Object::toString).sorted().collect(Collectors.joining(" or "));
  }
}
