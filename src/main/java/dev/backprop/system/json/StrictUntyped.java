package dev.backprop.system.json;

import dev.backprop.problem.JsonErrors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/// Reads a value of any kind, with every number finite. The parser bounds the depth.
final class StrictUntyped extends StdScalarDeserializer<Object> {

  StrictUntyped() {
    super(Object.class);
  }

  @Override
  public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser, context);
      case START_ARRAY -> array(parser, context);
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT -> parser.getNumberValue();
      case VALUE_NUMBER_FLOAT -> number(parser, context);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case null, default -> context.handleUnexpectedToken(Object.class, parser);
    };
  }

  private static @Nullable Double number(JsonParser parser, DeserializationContext context) {
    double value = parser.getDoubleValue();
    if (Double.isFinite(value)) {
      return value;
    }
    String met = JsonErrors.describe(parser);
    JsonErrors.report(parser, context, met + " is beyond the range of a 64-bit float");
    return null;
  }

  private Map<String, @Nullable Object> object(JsonParser parser, DeserializationContext context) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      fields.put(name, deserialize(parser, context));
    }
    return fields;
  }

  private List<@Nullable Object> array(JsonParser parser, DeserializationContext context) {
    List<@Nullable Object> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(deserialize(parser, context));
    }
    return elements;
  }
}
