package dev.backprop.model.onnx;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import dev.backprop.dataset.ColumnType;
import dev.backprop.dataset.preprocessing.FeatureEncoder;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.model.Lineage;
import dev.backprop.model.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What a file says of itself to a reader.
final class OnnxMetadata {

  private static final JsonMapper JSON = new JsonMapper();

  private OnnxMetadata() {}

  /// A few sentences on how to call it.
  static String description(Model model, Map<String, String> outputs) {
    return "Model '%s' version %d: %s of raw rows by a multilayer perceptron, preprocessing included. "
            .formatted(model.name(), model.version(), word(model.task()))
        + "Each column is an input of shape rows x 1: numbers as float (NaN where missing),"
        + " booleans as float 0 or 1 (NaN where missing), dates as float days since 1970-01-01"
        + " (NaN where missing), categories as string (empty where missing). Outputs: %s."
            .formatted(String.join(", ", outputs.values()))
        + " A row that the server would refuse has NaN for every number and no label.";
  }

  /// Texts by key; what has parts is JSON.
  ///
  /// @param inputs what the columns are called in the graph
  /// @param outputs what the outputs are called in the graph, by their usual names
  static List<StringStringEntryProto> properties(
      Model model, List<String> inputs, Map<String, String> outputs) {
    Lineage lineage = model.lineage();
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("model", model.name());
    properties.put("version", Integer.toString(model.version()));
    properties.put("created_at", model.createdAt().toString());
    properties.put("task", word(model.task()));
    properties.put("features", JSON.writeValueAsString(features(model, inputs)));
    TargetEncoder target = model.preprocessor().target();
    properties.put("targets", JSON.writeValueAsString(target.columns()));
    if (target instanceof TargetEncoder.Classes classes) {
      properties.put("labels", JSON.writeValueAsString(classes.labels()));
    }
    properties.put("outputs", JSON.writeValueAsString(outputs));
    properties.put("parameters_sha256", lineage.parametersSha256());
    putKnown(properties, "dataset_sha256", lineage.datasetSha256());
    putKnown(properties, "seed", lineage.seed());
    putKnown(properties, "job", lineage.job());
    putKnown(properties, "code_version", lineage.codeVersion());
    return properties.entrySet().stream()
        .map(
            entry ->
                StringStringEntryProto.newBuilder()
                    .setKey(entry.getKey())
                    .setValue(entry.getValue())
                    .build())
        .toList();
  }

  private static void putKnown(Map<String, String> properties, String key, @Nullable Object value) {
    if (value != null) {
      properties.put(key, value.toString());
    }
  }

  private static List<Map<String, Object>> features(Model model, List<String> inputs) {
    List<Map<String, Object>> described = new ArrayList<>();
    List<FeatureEncoder> features = model.preprocessor().features();
    for (int i = 0; i < features.size(); i++) {
      FeatureEncoder feature = features.get(i);
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", feature.name());
      entry.put("input", inputs.get(i));
      entry.put("type", feature.type().word());
      if (feature.type() == ColumnType.DATE) {
        entry.put("unit", "days since 1970-01-01");
      }
      entry.put("may_be_missing", feature.imputes());
      described.add(entry);
    }
    return described;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
