package dev.backprop.model.spec;

import dev.backprop.core.train.BatchSize;
import dev.backprop.problem.JsonErrors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.ser.std.StdSerializer;

/// A batch size in JSON: a number of rows, or `"full"`.
final class BatchSizeJson {

  private static final String FULL = "full";

  private BatchSizeJson() {}

  /// Reads it.
  static final class Reader extends StdDeserializer<BatchSize> {

    Reader() {
      super(BatchSize.class);
    }

    @Override
    public @Nullable BatchSize deserialize(JsonParser parser, DeserializationContext context) {
      if (parser.currentToken() == JsonToken.VALUE_STRING && FULL.equals(parser.getString())) {
        return new BatchSize.Full();
      }
      if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
          && parser.getNumberType() == JsonParser.NumberType.INT) {
        int size = parser.getIntValue();
        if (size >= 1) {
          return new BatchSize.Rows(size);
        }
      }
      String met = JsonErrors.describe(parser);
      JsonErrors.report(
          parser, context, "expected a number of rows from 1 on, or \"full\", not " + met);
      return null;
    }
  }

  /// Writes it.
  static final class Writer extends StdSerializer<BatchSize> {

    Writer() {
      super(BatchSize.class);
    }

    @Override
    public void serialize(BatchSize size, JsonGenerator out, SerializationContext context) {
      switch (size) {
        case BatchSize.Full _ -> out.writeString(FULL);
        case BatchSize.Rows rows -> out.writeNumber(rows.size());
      }
    }
  }
}
