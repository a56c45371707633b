package dev.backprop.system.json;

import dev.backprop.problem.JsonErrors;
import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/// Reads a primitive array, each number as strictly as one that stands alone.
///
/// @param <A> the array type
final class StrictNumbers<A> extends StdScalarDeserializer<A> {

  private static final int FIRST_CAPACITY = 16;

  private final StrictScalar<?> element;
  private final Class<?> elementType;

  StrictNumbers(Class<A> type, StrictScalar<?> element) {
    super(type);
    this.element = element;
    this.elementType = type.getComponentType();
  }

  @Override
  public @Nullable A deserialize(JsonParser parser, DeserializationContext context) {
    if (!parser.isExpectedStartArrayToken()) {
      String met = JsonErrors.describe(parser);
      JsonErrors.report(parser, context, "expected an array of numbers, got " + met);
      return null;
    }
    Object values = Array.newInstance(elementType, FIRST_CAPACITY);
    int length = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (length == Array.getLength(values)) {
        values = copy(values, length, 2 * length);
      }
      Array.set(values, length++, element.deserialize(parser, context));
    }
    return array(copy(values, length, length));
  }

  private Object copy(Object values, int length, int capacity) {
    Object copy = Array.newInstance(elementType, capacity);
    System.arraycopy(values, 0, copy, 0, length);
    return copy;
  }

  @SuppressWarnings("unchecked")
  private A array(Object values) {
    return (A) values;
  }
}
