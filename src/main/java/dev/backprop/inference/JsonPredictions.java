package dev.backprop.inference;

import dev.backprop.model.Model;
import java.io.IOException;
import java.io.OutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Predictions as one JSON document, the same as [PredictResponse], or as a line each.
final class JsonPredictions implements PredictionWriter {

  private final ObjectWriter writer;
  private final JsonGenerator json;
  private final boolean lines;

  private JsonPredictions(JsonMapper mapper, OutputStream out, boolean lines) {
    writer =
        mapper
            .writer()
            .withRootValueSeparator("")
            .without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE);
    json = writer.createGenerator(out);
    this.lines = lines;
  }

  static JsonPredictions lines(JsonMapper mapper, OutputStream out) {
    return new JsonPredictions(mapper, out, true);
  }

  static JsonPredictions document(JsonMapper mapper, OutputStream out, Model model) {
    JsonPredictions document = new JsonPredictions(mapper, out, false);
    document.json.writeStartObject();
    document.json.writeStringProperty("model", model.name());
    document.json.writeNumberProperty("version", model.version());
    document.json.writeArrayPropertyStart("predictions");
    return document;
  }

  @Override
  public void write(Prediction prediction) {
    writer.writeValue(json, prediction);
    if (lines) {
      json.writeRaw('\n');
    }
  }

  @Override
  public void flush() {
    json.flush();
  }

  @Override
  public void end() throws IOException {
    if (!lines) {
      json.writeEndArray();
      json.writeEndObject();
    }
    json.flush();
  }
}
