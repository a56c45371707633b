package dev.backprop.system.json;

import dev.backprop.problem.Bound;
import dev.backprop.problem.InputError;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.JsonErrors;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import jakarta.validation.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.http.converter.SmartHttpMessageConverter;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;

/// Reads JSON bodies and finds all that is wrong with their form, and with the bounds on their
/// records, in one go.
@Component
class StrictJsonConverter implements SmartHttpMessageConverter<Object> {

  private static final MediaType ANY_JSON = new MediaType("application", "*+json");

  private final JsonMapper json;
  private final ObjectReader reader;
  private final Violations violations;
  private final HttpProperties limits;

  StrictJsonConverter(JsonMapper json, Validator validator, HttpProperties limits) {
    this.json = json;
    this.reader = json.reader().withHandler(new CollectingHandler());
    this.violations = new Violations(validator);
    this.limits = limits;
  }

  @Override
  public List<MediaType> getSupportedMediaTypes() {
    return List.of(MediaType.APPLICATION_JSON, ANY_JSON);
  }

  @Override
  public boolean canRead(ResolvableType type, @Nullable MediaType mediaType) {
    Class<?> raw = type.toClass();
    boolean document =
        !CharSequence.class.isAssignableFrom(raw)
            && raw != byte[].class
            && !InputStream.class.isAssignableFrom(raw)
            && !org.springframework.core.io.Resource.class.isAssignableFrom(raw);
    return document
        && mediaType != null
        && getSupportedMediaTypes().stream().anyMatch(known -> known.includes(mediaType));
  }

  @Override
  public Object read(
      ResolvableType type, HttpInputMessage message, @Nullable Map<String, Object> hints)
      throws IOException {
    long length = message.getHeaders().getContentLength();
    if (length > limits.maxJsonBody().toBytes()) {
      throw BoundedInput.tooLarge(length + " bytes", limits.maxJsonBody());
    }
    boolean wantsErrors = type.toClass() == Bound.class;
    ResolvableType target = wantsErrors ? type.getGeneric(0) : type;
    try (InputStream body = new BoundedInput(message.getBody(), limits.maxJsonBody())) {
      Bound<Object> bound = bind(body, json.constructType(target.getType()));
      if (wantsErrors) {
        return bound;
      }
      refuse(bound.errors());
      return bound.value();
    }
  }

  private Bound<Object> bind(InputStream body, JavaType type) throws IOException {
    JsonErrors errors = new JsonErrors();
    ObjectReader collecting = reader.forType(type).withAttribute(JsonErrors.class, errors);
    try (JsonParser parser = collecting.createParser(body)) {
      if (parser.nextToken() == null) {
        throw invalid(List.of(InputError.at("#", "The body is empty; it takes JSON.")));
      }
      Object value = collecting.readValue(parser);
      if (parser.nextToken() != null) {
        throw new StreamReadException(parser, "Trailing token");
      }
      return complete(value, errors.toList());
    } catch (JacksonException e) {
      throw failure(e, errors);
    }
  }

  private Bound<Object> complete(@Nullable Object value, List<InputError> formErrors) {
    if (value == null) {
      refuse(formErrors);
      throw invalid(List.of(InputError.at("#", "The body is null; a value is needed.")));
    }
    InputErrors all = new InputErrors();
    all.addAll(formErrors);
    all.addAll(violations.of(value, formErrors));
    return new Bound<>(value, all.toList());
  }

  /// What ends the binding at once: text that is not JSON, a body that is too large, or a mismatch
  /// that has no harmless value to go on with.
  private static RuntimeException failure(JacksonException exception, JsonErrors errors)
      throws IOException {
    for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProblemException problem) {
        return problem;
      }
      if (cause instanceof IOException lost) {
        throw lost;
      }
      // text that is not JSON may come to light while a field is being bound
      if (cause instanceof StreamReadException malformed) {
        return withPrevious(errors, InputError.at("#", MalformedJson.detail(malformed)));
      }
    }
    if (exception instanceof JacksonIOException || !(exception instanceof DatabindException)) {
      return withPrevious(errors, InputError.at("#", MalformedJson.detail(exception)));
    }
    if (exception instanceof MismatchedInputException mismatch) {
      return withPrevious(errors, Mismatches.error(mismatch));
    }
    return exception;
  }

  private static ProblemException withPrevious(JsonErrors errors, InputError last) {
    InputErrors all = new InputErrors();
    all.addAll(errors.toList());
    all.add(last);
    return invalid(all.toList());
  }

  private static void refuse(List<InputError> errors) {
    if (!errors.isEmpty()) {
      throw invalid(errors);
    }
  }

  private static ProblemException invalid(List<InputError> errors) {
    InputErrors all = new InputErrors();
    all.addAll(errors);
    return all.toProblem(ProblemType.INVALID_REQUEST);
  }

  @Override
  public boolean canWrite(ResolvableType type, Class<?> valueClass, @Nullable MediaType mediaType) {
    return false;
  }

  @Override
  public void write(
      Object value,
      ResolvableType type,
      @Nullable MediaType contentType,
      HttpOutputMessage message,
      @Nullable Map<String, Object> hints) {
    throw new HttpMessageNotWritableException("reads only");
  }
}
