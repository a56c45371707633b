package dev.backprop.inference.protocol;

import dev.backprop.problem.JsonErrors;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/// Reads the `data` of a tensor as it comes from the parser.
final class TensorDataReader extends ValueDeserializer<TensorData> {

  @Override
  public @Nullable TensorData deserialize(JsonParser parser, DeserializationContext context) {
    if (!parser.isExpectedStartArrayToken()) {
      String met = JsonErrors.describe(parser);
      JsonErrors.report(parser, context, "expected an array of elements, got " + met);
      return null;
    }
    TensorData data = new TensorData();
    data.open();
    while (true) {
      JsonToken token = parser.nextToken();
      switch (token) {
        case START_ARRAY -> data.open();
        case END_ARRAY -> {
          if (data.close()) {
            return data;
          }
        }
        case VALUE_NUMBER_INT -> addInteger(parser, data);
        case VALUE_NUMBER_FLOAT -> data.add(TensorData.Kind.FRACTION, parser.getFloatValue());
        case VALUE_TRUE -> data.add(TensorData.Kind.TRUTH_VALUE, 1);
        case VALUE_FALSE -> data.add(TensorData.Kind.TRUTH_VALUE, 0);
        case VALUE_STRING -> data.addText(parser.getString());
        case null, default -> {
          String met = JsonErrors.describe(parser);
          JsonErrors.report(
              parser, context, "expected a number, a string, true or false, got " + met);
        }
      }
    }
  }

  private static void addInteger(JsonParser parser, TensorData data) {
    switch (parser.getNumberType()) {
      case INT, LONG -> data.addInteger(parser.getLongValue());
      case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> {
        BigInteger number = parser.getBigIntegerValue();
        boolean large = number.signum() > 0 && number.bitLength() <= Long.SIZE;
        data.add(
            large ? TensorData.Kind.LARGE_INTEGER : TensorData.Kind.HUGE_INTEGER,
            number.floatValue());
      }
    }
  }
}
