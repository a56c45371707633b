package dev.backprop.model.spec;

import dev.backprop.problem.JsonErrors;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.ser.std.StdSerializer;

/// Class weights in JSON: `"balanced"`, `"none"`, or an object with a number for each class.
final class ClassWeightsJson {

  private static final String NONE = "none";
  private static final String BALANCED = "balanced";
  private static final double LARGEST = 1e30;

  private ClassWeightsJson() {}

  /// Reads them.
  static final class Reader extends StdDeserializer<ClassWeights> {

    Reader() {
      super(ClassWeights.class);
    }

    @Override
    public @Nullable ClassWeights deserialize(JsonParser parser, DeserializationContext context) {
      if (parser.hasToken(JsonToken.START_OBJECT)) {
        return new ClassWeights.Given(weights(parser, context));
      }
      String word = parser.hasToken(JsonToken.VALUE_STRING) ? parser.getString() : "";
      if (word.equals(NONE)) {
        return new ClassWeights.None();
      }
      if (word.equals(BALANCED)) {
        return new ClassWeights.Balanced();
      }
      String met = JsonErrors.describe(parser);
      JsonErrors.report(
          parser,
          context,
          "expected \"balanced\", \"none\", or an object with a number for each class, such as"
              + " {\"yes\": 5}, not "
              + met);
      return null;
    }

    private static Map<String, Double> weights(JsonParser parser, DeserializationContext context) {
      Map<String, Double> weights = new LinkedHashMap<>();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String label = parser.currentName();
        parser.nextToken();
        if (parser.currentToken().isNumeric()) {
          Double weight = context.readValue(parser, Double.class);
          if (weight != null && weight >= 0 && weight <= LARGEST) {
            weights.put(label, weight);
          } else if (weight != null) {
            JsonErrors.report(parser, context, "must be from 0 to 1e30, got " + weight);
          }
        } else {
          String met = JsonErrors.describe(parser);
          JsonErrors.report(parser, context, "expected a number from 0 to 1e30, got " + met);
        }
      }
      return weights;
    }
  }

  /// Writes them.
  static final class Writer extends StdSerializer<ClassWeights> {

    Writer() {
      super(ClassWeights.class);
    }

    @Override
    public void serialize(ClassWeights weights, JsonGenerator out, SerializationContext context) {
      switch (weights) {
        case ClassWeights.None _ -> out.writeString(NONE);
        case ClassWeights.Balanced _ -> out.writeString(BALANCED);
        case ClassWeights.Given given -> {
          out.writeStartObject();
          given.byLabel().forEach(out::writeNumberProperty);
          out.writeEndObject();
        }
      }
    }
  }
}
