package dev.backprop.system.json;

import static tools.jackson.core.JsonToken.VALUE_FALSE;
import static tools.jackson.core.JsonToken.VALUE_NUMBER_FLOAT;
import static tools.jackson.core.JsonToken.VALUE_NUMBER_INT;
import static tools.jackson.core.JsonToken.VALUE_STRING;
import static tools.jackson.core.JsonToken.VALUE_TRUE;

import dev.backprop.problem.JsonErrors;
import dev.backprop.problem.JsonObjectFrame;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.jsontype.TypeDeserializer;

/// Reads a number, a truth value or a string from a JSON value of exactly that kind, and from
/// nothing that would have to be converted first.
///
/// @param <T> the Java type, boxed
final class StrictScalar<T> extends StdScalarDeserializer<T> {

  private final Kind<T> kind;
  // null where the Java type has room for the absence of a value
  private final @Nullable T zero;
  private final @Nullable String field;

  private StrictScalar(Class<T> type, Kind<T> kind, @Nullable T zero, @Nullable String field) {
    super(type);
    this.kind = kind;
    this.zero = zero;
    this.field = field;
  }

  static <T> StrictScalar<T> boxed(Class<T> type, Kind<T> kind) {
    return new StrictScalar<>(type, kind, null, null);
  }

  static <T> StrictScalar<T> primitive(Class<T> type, Kind<T> kind, T zero) {
    return new StrictScalar<>(type, kind, zero, null);
  }

  @Override
  @SuppressWarnings("unchecked")
  public ValueDeserializer<?> createContextual(
      DeserializationContext context, @Nullable BeanProperty property) {
    return property == null || zero == null
        ? this
        : new StrictScalar<>((Class<T>) handledType(), kind, zero, property.getName());
  }

  @Override
  public @Nullable T deserialize(JsonParser parser, DeserializationContext context) {
    if (!kind.tokens().contains(parser.currentToken())) {
      String met = JsonErrors.describe(parser);
      JsonErrors.report(parser, context, "expected " + kind.words() + ", got " + met);
      return zero;
    }
    T value = kind.read().apply(parser);
    if (value == null) {
      String met = JsonErrors.describe(parser);
      JsonErrors.report(parser, context, met + " is beyond the range of " + kind.range());
      return zero;
    }
    return value;
  }

  /// A scalar in an untyped place or under a type id is read the same way.
  @Override
  public @Nullable Object deserializeWithType(
      JsonParser parser, DeserializationContext context, TypeDeserializer types) {
    return deserialize(parser, context);
  }

  @Override
  public @Nullable Object getNullValue(DeserializationContext context) {
    return missing(context, "expected " + kind.words() + ", got null");
  }

  @Override
  public @Nullable Object getAbsentValue(DeserializationContext context) {
    return missing(context, "is required: " + kind.words());
  }

  private @Nullable T missing(DeserializationContext context, String detail) {
    if (zero != null) {
      JsonErrors errors = JsonErrors.of(context);
      JsonObjectFrame object = errors == null ? null : errors.innermost();
      JsonParser parser = context.getParser();
      String pointer =
          object != null && field != null
              ? JsonErrors.child(object.pointer(), field)
              : parser == null ? "#" : JsonErrors.pointer(parser, context);
      JsonErrors.report(parser, context, pointer, detail);
    }
    return zero;
  }

  /// A kind of scalar.
  ///
  /// @param words what to call it
  /// @param range what to call the range of its Java type
  /// @param tokens the JSON values that are taken
  /// @param read reads the value, null if it is beyond the range
  /// @param <T> the Java type, boxed
  record Kind<T>(
      String words, String range, Set<JsonToken> tokens, Function<JsonParser, @Nullable T> read) {

    private static final Set<JsonToken> WHOLE = Set.of(VALUE_NUMBER_INT);
    private static final Set<JsonToken> NUMBER = Set.of(VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT);

    static final Kind<Integer> INT =
        new Kind<>("a whole number", "a 32-bit whole number", WHOLE, Kind::readInt);
    static final Kind<Long> LONG =
        new Kind<>("a whole number", "a 64-bit whole number", WHOLE, Kind::readLong);
    static final Kind<Float> FLOAT =
        new Kind<>("a number", "a 32-bit float", NUMBER, Kind::readFloat);
    static final Kind<Double> DOUBLE =
        new Kind<>("a number", "a 64-bit float", NUMBER, Kind::readDouble);
    static final Kind<Boolean> BOOLEAN =
        new Kind<>(
            "true or false", "", Set.of(VALUE_TRUE, VALUE_FALSE), JsonParser::getBooleanValue);
    static final Kind<String> STRING =
        new Kind<>("a string", "", Set.of(VALUE_STRING), JsonParser::getString);

    private static @Nullable Integer readInt(JsonParser parser) {
      return parser.getNumberType() == JsonParser.NumberType.INT ? parser.getIntValue() : null;
    }

    private static @Nullable Long readLong(JsonParser parser) {
      return switch (parser.getNumberType()) {
        case INT, LONG -> parser.getLongValue();
        case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> null;
      };
    }

    private static @Nullable Float readFloat(JsonParser parser) {
      float value = parser.getFloatValue();
      return Float.isFinite(value) ? value : null;
    }

    private static @Nullable Double readDouble(JsonParser parser) {
      double value = parser.getDoubleValue();
      return Double.isFinite(value) ? value : null;
    }
  }
}
