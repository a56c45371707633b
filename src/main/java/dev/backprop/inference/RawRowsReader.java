package dev.backprop.inference;

import dev.backprop.dataset.Floats;
import dev.backprop.problem.JsonErrors;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/// Reads rows as they come from the parser. What is wrong with one row is noted with that row; only
/// what is no row at all is an error of the request.
public abstract sealed class RawRowsReader extends ValueDeserializer<RawRows> {

  static final String NULL = "the row is null";
  static final String NESTED = "a value is a number or a text, not an array or object";

  @Override
  public @Nullable RawRows deserialize(JsonParser parser, DeserializationContext context) {
    if (!parser.isExpectedStartArrayToken()) {
      refuse("an array", parser, context);
      return null;
    }
    RawRows rows = new RawRows();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token == JsonToken.VALUE_NULL) {
        rows.endRow(null, NULL);
      } else if (parser.isExpectedStartArrayToken() == arrays()
          && parser.currentToken().isStructStart()) {
        readRow(parser, rows);
      } else {
        refuse(arrays() ? "an array" : "an object", parser, context);
      }
    }
    return rows;
  }

  /// Whether a row is an array, not an object.
  abstract boolean arrays();

  /// Reads the row that the parser is at the beginning of.
  abstract void readRow(JsonParser parser, RawRows rows);

  static void refuse(String expected, JsonParser parser, DeserializationContext context) {
    String met = JsonErrors.describe(parser);
    JsonErrors.report(parser, context, "expected " + expected + ", got " + met);
  }

  /// Reads the value that the parser is at.
  ///
  /// @return what is wrong with it, or null
  static @Nullable String readValue(JsonParser parser, RawRows rows) {
    switch (parser.currentToken()) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          rows.addNumber(
              Floats.parse(
                  parser.getStringCharacters(),
                  parser.getStringOffset(),
                  parser.getStringLength()));
      case VALUE_STRING, VALUE_TRUE, VALUE_FALSE -> rows.addText(parser.getString());
      case VALUE_NULL -> rows.addMissing();
      case null, default -> {
        parser.skipChildren();
        rows.addMissing();
        return NESTED;
      }
    }
    return null;
  }

  /// Rows of values in the order of the features.
  public static final class Inputs extends RawRowsReader {

    @Override
    boolean arrays() {
      return true;
    }

    @Override
    void readRow(JsonParser parser, RawRows rows) {
      String error = null;
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        String wrong = readValue(parser, rows);
        error = error == null ? wrong : error;
      }
      rows.endRow(null, error);
    }
  }

  /// Rows as objects from feature to value. Most often all have the same keys in the same order, so
  /// that one list of keys does for all.
  static final class Objects extends RawRowsReader {

    @Override
    boolean arrays() {
      return false;
    }

    @Override
    void readRow(JsonParser parser, RawRows rows) {
      List<String> before = rows.lastKeys();
      List<String> keys = null;
      int count = 0;
      String error = null;
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        parser.nextToken();
        String wrong = readValue(parser, rows);
        error = error == null ? wrong : error;
        if (keys == null && (count >= before.size() || !before.get(count).equals(name))) {
          keys = new ArrayList<>(before.subList(0, count));
        }
        if (keys != null) {
          keys.add(name);
        }
        count++;
      }
      if (keys == null && count < before.size()) {
        keys = new ArrayList<>(before.subList(0, count));
      }
      rows.endRow(keys == null ? before : keys, error);
    }
  }
}
