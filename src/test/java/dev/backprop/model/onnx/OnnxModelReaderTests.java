package dev.backprop.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Normalization;
import dev.backprop.dataset.preprocessing.FeatureEncoder;
import dev.backprop.inference.FuzzedModels;
import dev.backprop.inference.Prediction;
import dev.backprop.inference.RawRows;
import dev.backprop.model.Model;
import dev.backprop.model.spec.Task;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Files of PyTorch and scikit-learn, with what these say of some rows (see golden/onnx.py).
class OnnxModelReaderTests {

  private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");

  private static final JsonNode GOLDEN = golden();

  private static JsonNode golden() {
    try (InputStream json = OnnxModelReaderTests.class.getResourceAsStream("/golden/onnx.json")) {
      return new JsonMapper().readTree(json);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static byte[] file(String name) {
    try (InputStream file =
        OnnxModelReaderTests.class.getResourceAsStream("/golden/onnx/" + name + ".onnx")) {
      return Objects.requireNonNull(file, name).readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static Stream<String> names() {
    return GOLDEN.propertyNames().stream();
  }

  static Model read(String name, ImportOptions options) {
    return OnnxModelReader.read(file(name), name, options, NOW);
  }

  private static ImportOptions task(Task task) {
    return new ImportOptions(task, null, null, null, null);
  }

  @ParameterizedTest
  @MethodSource("names")
  void saysWhatPytorchAndScikitLearnSay(String name) {
    Model model =
        read(name, name.endsWith("logits") ? task(Task.CLASSIFICATION) : ImportOptions.NONE);
    List<Prediction> predictions = predict(model, GOLDEN.at("/" + name + "/inputs"));
    JsonNode expected = GOLDEN.at("/" + name + "/outputs");
    for (int row = 0; row < expected.size(); row++) {
      Prediction prediction = predictions.get(row);
      assertThat(prediction.error()).isNull();
      int count = expected.get(row).size();
      boolean second = name.equals("torch_binary");
      for (int i = 0; i < count; i++) {
        double number = expected.get(row).get(i).doubleValue();
        assertThat((double) Objects.requireNonNull(prediction.scores()).number(second ? 1 : i))
            .isCloseTo(number, within(1e-5 * Math.max(0.1, Math.abs(number))));
      }
    }
  }

  private static List<Prediction> predict(Model model, JsonNode inputs) {
    RawRows rows = new RawRows();
    for (JsonNode row : inputs) {
      row.forEach(number -> rows.addNumber(number.floatValue()));
      rows.endRow(null, null);
    }
    return FuzzedModels.score(model, rows);
  }

  @Test
  void takesTheTaskFromTheOutput() {
    assertThat(read("torch_softmax", ImportOptions.NONE).task()).isEqualTo(Task.CLASSIFICATION);
    assertThat(read("torch_binary", ImportOptions.NONE).task()).isEqualTo(Task.CLASSIFICATION);
    assertThat(read("sklearn_binary", ImportOptions.NONE).task()).isEqualTo(Task.CLASSIFICATION);
    assertThat(read("torch_labels", ImportOptions.NONE).task()).isEqualTo(Task.MULTILABEL);
    assertThat(read("torch_labels", task(Task.CLASSIFICATION)).task())
        .isEqualTo(Task.CLASSIFICATION);
    assertThat(read("torch_logits", ImportOptions.NONE).task()).isEqualTo(Task.REGRESSION);
    assertThat(read("torch_logits", task(Task.MULTILABEL)).task()).isEqualTo(Task.MULTILABEL);
  }

  @Test
  void takesNamesFromTheRequestThenFromTheFile() {
    Model own = read("sklearn_classes", ImportOptions.NONE);
    assertThat(features(own)).containsExactly("a", "b", "c", "d");
    assertThat(labels(own)).containsExactly("none", "one", "two");
    Model named =
        read(
            "sklearn_classes",
            new ImportOptions(
                null,
                List.of("w", "x", "y", "z"),
                List.of("kind"),
                List.of("0", "1", "2"),
                "probabilities"));
    assertThat(features(named)).containsExactly("w", "x", "y", "z");
    assertThat(labels(named)).containsExactly("0", "1", "2");
    assertThat(named.spec().targets()).containsExactly("kind");
    Model counted = read("torch_softmax", ImportOptions.NONE);
    assertThat(features(counted)).containsExactly("x1", "x2", "x3", "x4");
    assertThat(labels(counted)).containsExactly("0", "1", "2");
  }

  private static List<String> features(Model model) {
    return model.preprocessor().features().stream().map(FeatureEncoder::name).toList();
  }

  private static List<String> labels(Model model) {
    return new ArrayList<>(
        Objects.requireNonNull(
                predict(model, GOLDEN.at("/sklearn_classes/inputs")).getFirst().probabilities())
            .keySet());
  }

  @Test
  void keepsNormalizationAsALayerOfItsOwnKind() {
    List<LayerSpec> batch = read("torch_softmax", ImportOptions.NONE).parameters().spec().layers();
    assertThat(batch.getFirst().normalization()).isEqualTo(new Normalization.Batch(0.1, 1e-5));
    List<LayerSpec> layer =
        read("layer_normalization", ImportOptions.NONE).parameters().spec().layers();
    assertThat(layer.getFirst().normalization()).isEqualTo(new Normalization.Layer(1e-3));
  }
}
