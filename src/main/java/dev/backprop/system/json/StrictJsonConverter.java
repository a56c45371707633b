package dev.backprop.system.json;

import dev.backprop.problem.Bound;
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
import org.springframework.core.io.Resource;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.http.converter.SmartHttpMessageConverter;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DeserializationFeature;
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
    this.reader =
        json.reader()
            .withHandler(new CollectingHandler())
            // looked for here, to say where it is
            .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
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
            && !Resource.class.isAssignableFrom(raw);
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
      JsonErrors errors = new JsonErrors();
      Object value = bind(body, json.constructType(target.getType()), errors);
      checkBounds(value, errors.found());
      if (wantsErrors) {
        return new Bound<>(value, errors.found().toList());
      }
      errors.found().throwIfAny(ProblemType.INVALID_REQUEST);
      return value;
    }
  }

  private void checkBounds(Object value, InputErrors found) {
    // beyond the limit it is not known what else could not be read
    if (found.total() <= InputErrors.LIMIT) {
      found.addAll(violations.of(value, found.toList()));
    }
  }

  private Object bind(InputStream body, JavaType type, JsonErrors errors) throws IOException {
    ObjectReader collecting = reader.forType(type).withAttribute(JsonErrors.class, errors);
    try (JsonParser parser = collecting.createParser(body)) {
      if (parser.nextToken() == null) {
        throw with("The body is empty; it takes JSON.", "#", errors);
      }
      boolean isNull = parser.hasToken(JsonToken.VALUE_NULL);
      Object value = collecting.readValue(parser);
      if (parser.nextToken() != null) {
        throw new StreamReadException(
            parser, MalformedJson.TRAILING, parser.currentTokenLocation());
      }
      if (value == null) {
        throw isNull
            ? with("The body is null; a value is needed.", "#", errors)
            : errors.found().toProblem(ProblemType.INVALID_REQUEST);
      }
      return value;
    } catch (JacksonException e) {
      throw failure(e, errors);
    }
  }

  /// What ends the binding at once: text that is not JSON, a body that is too large, or a mismatch
  /// that has no harmless value to go on with.
  private static RuntimeException failure(JacksonException exception, JsonErrors errors)
      throws IOException {
    for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case ProblemException problem -> {
          return problem;
        }
        case IOException lost -> throw lost;
        // text that is not JSON may come to light while a field is being bound
        case StreamReadException malformed -> {
          return with(MalformedJson.detail(malformed), "#", errors);
        }
        case StreamConstraintsException tooMuch -> {
          return with(MalformedJson.detail(tooMuch), "#", errors);
        }
        default -> {}
      }
    }
    if (exception instanceof MismatchedInputException mismatch) {
      return with(Mismatches.DETAIL, Mismatches.pointer(mismatch), errors);
    }
    return exception;
  }

  private static ProblemException with(String detail, String pointer, JsonErrors errors) {
    errors.found().add(pointer, detail);
    return errors.found().toProblem(ProblemType.INVALID_REQUEST);
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
