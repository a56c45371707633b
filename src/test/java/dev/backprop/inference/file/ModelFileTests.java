package dev.backprop.inference.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.backprop.inference.RawRows;
import dev.backprop.inference.SampleModels;
import dev.backprop.model.Model;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class ModelFileTests {

  private static final String MODEL = "model.json";
  private static final byte[] FILE = ModelFiles.write(SampleModels.all().getFirst());

  static List<Model> models() {
    return SampleModels.all();
  }

  @ParameterizedTest
  @MethodSource("models")
  void givesTheModelBackBitForBit(Model model) {
    byte[] file = ModelFiles.write(model);
    Model read = ModelFiles.READER.read(file);

    assertThat(read.preprocessor()).isEqualTo(model.preprocessor());
    assertThat(read.parameters().spec()).isEqualTo(model.parameters().spec());
    assertThat(read.parameters().values()).containsExactly(model.parameters().values());
    assertThat(read.parameters().statistics()).containsExactly(model.parameters().statistics());
    assertThat(read).usingRecursiveComparison().ignoringFields("parameters").isEqualTo(model);
    RawRows rows = SampleModels.raw(SampleModels.rows(7));
    assertThat(SampleModels.PREDICTOR.score(read, rows).toString())
        .isEqualTo(SampleModels.PREDICTOR.score(model, rows).toString());
    assertThat(ModelFiles.write(read)).as("the same bytes again").isEqualTo(file);
  }

  @Test
  void hasTheHashOfTheLineageAndRowsOfAllKinds() {
    Map<String, byte[]> entries = ModelFiles.unpack(FILE);

    assertThat(entries.keySet())
        .containsExactly("manifest.json", MODEL, "parameters.f32", "self-test.json");
    JsonNode manifest = ModelFiles.JSON.readTree(entries.get("manifest.json"));
    JsonNode lineage = ModelFiles.JSON.readTree(entries.get(MODEL)).get("lineage");
    assertThat(manifest.at("/entries/1/sha256")).isEqualTo(lineage.get("parametersSha256"));
    JsonNode test = ModelFiles.JSON.readTree(entries.get("self-test.json"));
    assertThat(test.get("rows").size()).isEqualTo(test.get("outputs").size()).isEqualTo(16);
    assertThat(test.get("outputs").valueStream().filter(JsonNode::isNull).count())
        .isBetween(1L, 4L);
    assertThat(test.get("rows").valueStream().skip(1).map(row -> row.get(0)))
        .anyMatch(JsonNode::isNull);
    assertThat(test.get("rows").valueStream().map(row -> row.get(7).toString()))
        .contains("\"unseen in training\"", "\"teal\"", "\"blue\"");
  }

  @ParameterizedTest
  @MethodSource("models")
  void isTheSameAsOneDocument(Model model) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ModelJsonWriter(ModelFiles.JSON, SampleModels.PREDICTOR).export(model).writeTo(out);
    JsonNode document = ModelFiles.JSON.readTree(out.toByteArray());
    Map<String, byte[]> entries = ModelFiles.unpack(ModelFiles.write(model));

    assertThat(document.get("formatVersion").asInt()).isEqualTo(1);
    assertThat(document.get("model")).isEqualTo(ModelFiles.JSON.readTree(entries.get(MODEL)));
    assertThat(document.get("selfTest"))
        .isEqualTo(ModelFiles.JSON.readTree(entries.get("self-test.json")));
    ByteBuffer floats =
        ByteBuffer.wrap(entries.get("parameters.f32")).order(ByteOrder.LITTLE_ENDIAN);
    for (JsonNode layer : document.get("parameters")) {
      layer.get("weights").forEach(row -> assertNumbers(row, floats));
      List.of("biases", "gamma", "beta").forEach(name -> assertNumbers(layer.path(name), floats));
    }
    for (JsonNode layer : document.get("parameters")) {
      List.of("runningMean", "runningVariance")
          .forEach(name -> assertNumbers(layer.path(name), floats));
    }
    assertThat(floats.hasRemaining()).isFalse();
  }

  private static void assertNumbers(JsonNode numbers, ByteBuffer floats) {
    for (JsonNode number : numbers) {
      assertThat((float) number.asDouble()).isEqualTo(floats.getFloat());
    }
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        wrong("/nam", "1", "#/nam", "There is no field 'nam'"),
        wrong("/version", "1.5", "#/version", "expected a whole number"),
        wrong("/name", "\"../x\"", "#/name", "is no name of a model"),
        wrong("/metrics/trainingLoss", "true", "#/metrics/trainingLoss", "expected a number"),
        wrong("/metrics", null, "#/metrics", "is required"),
        wrong("/task", "\"regression\"", "#/task", "does not belong to the target"),
        wrong("/scores", "\"margins\"", "#/scores", "not those of the target and the loss"),
        wrong("/lineage/job", "\"a/b\"", "#/lineage/job", "of the form"),
        wrong(
            "/lineage/parametersSha256", "\"00\"", "#/lineage/parametersSha256", "is not the hash"),
        wrong(
            "/lineage/validationDatasetSha256",
            "\"" + "cd".repeat(32) + "\"",
            "#/spec/validation/dataset",
            "where the lineage has its hash"),
        wrong(
            "/spec/validation",
            "{\"dataset\": \"ds_2\"}",
            "#/lineage/validationDatasetSha256",
            "where spec.validation names a data set"),
        wrong("/lineage/epochs", "0", "#/lineage/epochs", "must be at least 1, got 0"),
        wrong("/lineage/epochs", "201", "#/lineage/epochs", "spec.training.epochs, 200, got 201"),
        wrong("/network/inputs", "3", "#/network/inputs", "3, but the features have 21"),
        wrong("/network/layers/1/units", "6", "#/network/layers/1", "not the layer of spec"),
        wrong(
            "/network/layers/0/activation",
            "{\"type\": \"tanh\"}",
            "#/network/layers/0",
            "not the layer of spec"),
        wrong("/spec/network/hidden/0/units", "null", "#/spec/network/hidden/0/units", "needed"),
        wrong("/spec/network/hidden/0/dropout", "null", "#/spec/network", "are required"),
        wrong(
            "/spec/network/hidden/0/activation",
            "\"softmax\"",
            "#/spec/network",
            "output layer only"),
        wrong("/spec/training/loss", "null", "#/spec/training/loss", "is required"),
        wrong("/spec/training/loss", "\"poisson\"", "#/spec/training/loss", "does not work"),
        wrong(
            "/preprocessing/features/0/type",
            "\"image\"",
            "#/preprocessing/features/0/type",
            "number"),
        wrong(
            "/preprocessing/features/0/name",
            "\"height\"",
            "#/preprocessing/features/2/name",
            "of this name already"),
        wrong(
            "/preprocessing/features/0/scale/standardDeviation",
            "-1",
            "#/preprocessing/features/0/scale",
            "divided by -1.0"),
        wrong(
            "/preprocessing/features/0/minimum",
            "8",
            "#/preprocessing/features/0/minimum",
            "above the maximum"),
        wrong(
            "/preprocessing/features/3/indicator",
            "true",
            "#/preprocessing/features/3/indicator",
            "nothing is imputed"),
        wrong(
            "/preprocessing/features/7/categories/2",
            "\"azure\"",
            "#/preprocessing/features/7/categories/2",
            "order of texts"),
        wrong(
            "/preprocessing/features/7/folded/0",
            "\"red\"",
            "#/preprocessing/features/7/folded",
            "an input of its own too"),
        wrong(
            "/preprocessing/features/7/imputed",
            "\"pink\"",
            "#/preprocessing/features/7/imputed",
            "none of the categories"),
        wrong(
            "/preprocessing/target/labels/3",
            "\"setosa\"",
            "#/preprocessing/target/labels",
            "there twice"),
        wrong(
            "/preprocessing/target/singleOutput",
            "true",
            "#/preprocessing/target/labels",
            "for 2 classes"));
  }

  private static Arguments wrong(
      String pointer, @Nullable String value, String place, String words) {
    return Arguments.of(pointer, value, place, words);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void refusesWhatDoesNotFitAndSaysWhere(
      String pointer, @Nullable String value, String place, String words) {
    ProblemException problem = refusal(ModelFiles.with(FILE, MODEL, pointer, value));

    assertThat(problem.detail()).contains(MODEL);
    assertThat(problem.errors())
        .anySatisfy(
            error -> {
              assertThat(error.pointer()).isEqualTo(place);
              assertThat(error.detail()).contains(words);
            });
  }

  @Test
  void saysAllThatIsWrongWithTheSettingsAtOnce() {
    byte[] twice = ModelFiles.with(FILE, MODEL, "/task", "\"regression\"");
    twice = ModelFiles.with(twice, MODEL, "/lineage/datasetSha256", "\"\"");
    assertThat(refusal(twice).errors()).hasSize(2);
  }

  @Test
  void refusesParametersOfAnotherSizeOrThatAreNoNumbers() {
    assertThat(
            refusal(ModelFiles.with(FILE, "parameters.f32", b -> Arrays.copyOf(b, b.length - 4)))
                .errors()
                .getFirst()
                .pointer())
        .isEqualTo("#/lineage/parametersSha256");
    byte[] nan =
        ModelFiles.with(
            FILE,
            "parameters.f32",
            bytes -> {
              bytes[2] = (byte) 0xc0;
              bytes[3] = 0x7f;
              return bytes;
            });
    String hash =
        ModelFiles.JSON
            .readTree(ModelFiles.unpack(nan).get("manifest.json"))
            .at("/entries/1/sha256")
            .toString();
    assertThat(refusal(ModelFiles.with(nan, MODEL, "/lineage/parametersSha256", hash)).detail())
        .contains("parameters.f32: a number is NaN or infinite");
  }

  @Test
  void refusesAModelThatDoesNotSayWhatItsFileSays() {
    assertThat(refusal(ModelFiles.with(FILE, "self-test.json", "/outputs/3/0", "0.5")).detail())
        .contains("self-test.json", "row 3");
    assertThat(refusal(ModelFiles.with(FILE, "self-test.json", "/outputs/3", "null")).detail())
        .contains("row 3");
    assertThat(refusal(ModelFiles.with(FILE, "self-test.json", "/rows", "[]")).detail())
        .contains("it has 0 rows");
  }

  @Test
  void refusesOtherEntriesFormatsAndVersions() {
    Map<String, byte[]> more = new LinkedHashMap<>(ModelFiles.unpack(FILE));
    more.put("readme.txt", new byte[3]);
    assertThat(refusal(ModelFiles.pack(more)).detail()).contains("readme.txt");
    assertThat(refusal(ModelFiles.pack(Map.of("manifest.json", new byte[0]))).detail())
        .contains("manifest.json", "empty");
    assertThat(refusal(ModelFiles.pack(Map.of("model.json", new byte[1]))).detail())
        .contains("does not begin with manifest.json");
    assertThat(refusal(ModelFiles.pack(Map.of("../evil.json", new byte[1]))).detail())
        .contains("a name that no entry of a model file has");
    assertThat(refusal(manifest("formatVersion\":1", "formatVersion\":2")).detail())
        .contains("formatVersion is 2, this release reads 1");
    assertThat(refusal(manifest("backprop-model", "other-model")).detail())
        .contains("another kind of file");
    assertThat(refusal(manifest("\"bytes\":", "\"bytes\":1")).detail()).contains("says 1");
    assertThat(refusal(new byte[0]).detail()).contains("does not begin as a zip does");
  }

  private static byte[] manifest(String from, String to) {
    Map<String, byte[]> entries = ModelFiles.unpack(FILE);
    String text = new String(entries.get("manifest.json"), StandardCharsets.UTF_8);
    assertThat(text).contains(from);
    entries.put("manifest.json", text.replace(from, to).getBytes(StandardCharsets.UTF_8));
    return ModelFiles.pack(entries);
  }

  private static ProblemException refusal(byte[] file) {
    ProblemException problem =
        catchThrowableOfType(ProblemException.class, () -> ModelFiles.READER.read(file));
    assertThat(problem).isNotNull();
    assertThat(problem.type()).isEqualTo(ProblemType.INVALID_MODEL);
    return problem;
  }
}
