package dev.backprop.inference.file;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Parameters;
import dev.backprop.inference.Predictor;
import dev.backprop.inference.export.ExportFormat;
import dev.backprop.inference.export.ModelExporter;
import dev.backprop.model.Model;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Writes what a model file has as one JSON document, for people and programs that read numbers
/// rather than bytes.
@Component
final class ModelJsonWriter implements ModelExporter {

  private final JsonMapper json;
  private final Predictor predictor;

  ModelJsonWriter(JsonMapper json, Predictor predictor) {
    this.json = json;
    this.predictor = predictor;
  }

  @Override
  public ExportFormat format() {
    return ExportFormat.JSON;
  }

  @Override
  public Content export(Model model) {
    ModelDocument document = ModelDocument.of(model);
    SelfTest test = SelfTest.of(model, predictor);
    return out -> {
      try (JsonGenerator to =
          json.writer()
              .without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
              .createGenerator(out)) {
        to.writeStartObject();
        to.writeStringProperty("format", Manifest.FORMAT);
        to.writeNumberProperty("formatVersion", Manifest.VERSION);
        to.writePOJOProperty("model", document);
        to.writeArrayPropertyStart("parameters");
        for (int layer = 0; layer < model.parameters().spec().layers().size(); layer++) {
          writeLayer(model.parameters(), layer, to);
        }
        to.writeEndArray();
        to.writePOJOProperty("selfTest", test);
        to.writeEndObject();
      }
    };
  }

  private static void writeLayer(Parameters parameters, int layer, JsonGenerator to) {
    LayerSpec spec = parameters.spec().layers().get(layer);
    Matrix weights = parameters.weights(layer);
    to.writeStartObject();
    to.writeArrayPropertyStart("weights");
    for (int row = 0; row < weights.rows(); row++) {
      writeRow(weights, row, to);
    }
    to.writeEndArray();
    writeNumbers("biases", parameters.biases(layer), to);
    if (spec.isNormalized()) {
      writeNumbers("gamma", parameters.gamma(layer), to);
      writeNumbers("beta", parameters.beta(layer), to);
    }
    if (spec.hasBatchNormalization()) {
      writeNumbers("runningMean", parameters.runningMean(layer), to);
      writeNumbers("runningVariance", parameters.runningVariance(layer), to);
    }
    to.writeEndObject();
  }

  private static void writeNumbers(String name, Matrix numbers, JsonGenerator to) {
    to.writeName(name);
    writeRow(numbers, 0, to);
  }

  private static void writeRow(Matrix matrix, int row, JsonGenerator to) {
    to.writeStartArray();
    for (int column = 0; column < matrix.columns(); column++) {
      to.writeNumber(matrix.get(row, column));
    }
    to.writeEndArray();
  }
}
