package dev.backprop.system.json;

import dev.backprop.problem.Bound;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.JsonBinder;
import dev.backprop.problem.JsonErrors;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import jakarta.validation.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;

/// Binds JSON to records and finds all that is wrong with its form, and with the bounds on the
/// records, in one go.
@Component
final class StrictBinder implements JsonBinder {

  private static final String NOT_UTF_8 =
      "The body is not text in UTF-8, in which JSON is written.";

  private final JsonMapper json;
  private final ObjectReader reader;
  private final Violations violations;
  private final HttpProperties limits;

  StrictBinder(JsonMapper json, Validator validator, HttpProperties limits) {
    this.limits = limits;
    this.json = json;
    this.reader =
        json.reader()
            .withHandler(new CollectingHandler())
            // looked for here, to say where it is
            .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    this.violations = new Violations(validator);
  }

  /// A value, what could not be read absent from it, and all that is wrong.
  record Binding(Object value, InputErrors errors) {}

  @Override
  public <T> Bound<T> bind(JsonNode tree, Class<T> type) {
    try {
      Binding binding = bind(reader -> reader.treeAsTokens(tree), type);
      return new Bound<>(type.cast(binding.value()), binding.errors().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public <T> Bound<T> bind(InputStream body, long length, Class<T> type) throws IOException {
    if (length > limits.maxJsonBody().toBytes()) {
      throw BoundedInput.tooLarge(length + " bytes", limits.maxJsonBody());
    }
    Binding binding = bind(new BoundedInput(body, limits.maxJsonBody()), (Type) type);
    return new Bound<>(type.cast(binding.value()), binding.errors().toList());
  }

  Binding bind(InputStream body, Type type) throws IOException {
    PushbackInputStream text = new PushbackInputStream(body, Integer.BYTES);
    byte[] start = text.readNBytes(Integer.BYTES);
    for (byte value : start) {
      if (value == 0) { // the parser would take it for UTF-16 or UTF-32
        throw with(NOT_UTF_8, "#", new JsonErrors());
      }
    }
    text.unread(start);
    return bind(reader -> reader.createParser(text), type);
  }

  private Binding bind(Function<ObjectReader, JsonParser> source, Type type) throws IOException {
    JsonErrors errors = new JsonErrors();
    ObjectReader collecting =
        reader.forType(json.constructType(type)).withAttribute(JsonErrors.class, errors);
    try (JsonParser parser = source.apply(collecting)) {
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
      checkBounds(value, errors.found());
      return new Binding(value, errors.found());
    } catch (JacksonException e) {
      throw failure(e, errors);
    }
  }

  private void checkBounds(Object value, InputErrors found) {
    // beyond the limit it is not known what else could not be read
    if (found.total() <= InputErrors.LIMIT) {
      found.addAll(violations.of(value, found.toList()));
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
}
