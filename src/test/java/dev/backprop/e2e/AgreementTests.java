package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.backprop.core.linalg.SplitMix64;
import dev.backprop.inference.scorer.Programs;
import dev.backprop.inference.scorer.RequiresTool;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every way to a prediction, the scorers of each language among them, gives the same probabilities
/// for the same thousand rows, with missing numbers and colors that the training has not seen.
@EndToEnd
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgreementTests {

  private static final int ROWS = 1_000;
  private static final List<String> CLASSES = List.of("cold", "hot", "mild");
  private static final List<String> COLORS = List.of("red", "green", "blue", "violet", "white");

  private static final String MAIN =
      """
      #include "scorer.c"
      #include <stdio.h>
      int main(void) {
        float age, height;
        char color[20];
        while (scanf("%f %f %19s", &age, &height, color) == 3) {
          scorer_value row[] = {scorer_missing(), scorer_number(height), scorer_text(color)};
          float scores[SCORER_SCORES];
          if (age == age) row[0] = scorer_number(age);
          if (scorer_score(row, scores) != 0) return 1;
          printf("{\\"probabilities\\": {");
          for (int i = 0; i < SCORER_SCORES; i++) {
            printf("%s\\"%s\\": %.9g", i == 0 ? "" : ", ", scorer_names[i], scores[i]);
          }
          printf("}}\\n");
        }
        return 0;
      }
      """;

  private final JsonMapper json = new JsonMapper();
  private final List<Row> rows = new ArrayList<>();
  private final Api api;
  private final Wire wire;
  private String model = "";
  private float[][] expected = {};

  AgreementTests(Api api) {
    this.api = api;
    wire = new Wire(api);
  }

  /// @param age null where it is missing
  private record Row(@Nullable Float age, float height, String color) {

    static Row draw(SplitMix64 random, int colors) {
      return new Row(
          random.nextInt(6) == 0 ? null : (float) (20 + 60 * random.nextDouble()),
          (float) (1.5 + 0.4 * random.nextGaussian()),
          COLORS.get(random.nextInt(colors)));
    }

    Map<String, @Nullable Object> named() {
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      values.put("age", age);
      values.put("height", height);
      values.put("color", color);
      return values;
    }

    float ageOrNaN() {
      return age == null ? Float.NaN : age;
    }
  }

  @BeforeAll
  void train() {
    SplitMix64 random = new SplitMix64(8);
    StringBuilder csv = new StringBuilder("age,height,color,kind\n");
    for (int i = 0; i < 300; i++) {
      Row row = Row.draw(random, 3);
      String kind = row.color.equals("red") ? "hot" : row.height > 1.5 ? "mild" : "cold";
      csv.append(row.age == null ? "" : row.age).append(',').append(row.height).append(',');
      csv.append(row.color).append(',').append(kind).append('\n');
    }
    model =
        api.train(
                """
                {"name": "agreement", "dataset": {"id": "%s"}, "training": {"epochs": 30},
                 "network": {"hidden": [{"units": 12, "activation": "tanh"},
                   {"units": 7, "activation": "elu", "normalization": "layer"}]}}"""
                    .formatted(api.upload("agreement", csv.toString())))
            .at("/links/model")
            .asString();
    for (int i = 0; i < ROWS; i++) {
      rows.add(Row.draw(random, COLORS.size()));
    }
    JsonNode predictions =
        api.post(
                model + "/predict",
                json.writeValueAsString(Map.of("rows", rows.stream().map(Row::named).toList())))
            .expect(200)
            .json()
            .get("predictions");
    expected = predictions.valueStream().map(AgreementTests::probabilities).toArray(float[][]::new);
    assertThat(predictions.toString()).contains("missing", "did not occur in training");
    assertThat(expected).hasNumberOfRows(ROWS);
    for (float[] row : expected) {
      assertThat(row).doesNotContain(-1); // a class without a probability
    }
  }

  private static float[] probabilities(JsonNode prediction) {
    float[] numbers = new float[CLASSES.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) prediction.at("/probabilities/" + CLASSES.get(i)).asDouble(-1);
    }
    return numbers;
  }

  private void assertAgrees(float[][] actual) {
    assertThat(actual).hasNumberOfRows(ROWS);
    for (int row = 0; row < ROWS; row++) {
      assertRow(row, actual[row]);
    }
  }

  private void assertRow(int row, float[] actual) {
    for (int i = 0; i < CLASSES.size(); i++) {
      double distance = Math.abs((double) actual[i] - expected[row][i]);
      assertThat(distance)
          .as("row %d, %s: %s", row, CLASSES.get(i), rows.get(row))
          .isLessThanOrEqualTo(1e-5 * Math.max(expected[row][i], 0.01));
    }
  }

  @Test
  void asLinesOfJson() {
    String lines =
        rows.stream()
            .map(row -> json.writeValueAsString(row.named()))
            .collect(Collectors.joining("\n"));
    String answer =
        api.post(model + "/predict", lines, "Content-Type", "application/x-ndjson")
            .expect(200)
            .body();
    assertAgrees(
        answer
            .lines()
            .map(json::readTree)
            .map(AgreementTests::probabilities)
            .toArray(float[][]::new));
  }

  /// JSON has no NaN, so that rows without an age have no place in it.
  @Test
  void asTensorsInJson() {
    int[] whole = IntStream.range(0, ROWS).filter(row -> rows.get(row).age != null).toArray();
    Map<String, Object> request =
        Map.of(
            "inputs",
            List.of(
                tensor("age", "FP32", whole, row -> Objects.requireNonNull(row.age)),
                tensor("height", "FP32", whole, Row::height),
                tensor("color", "BYTES", whole, Row::color)),
            "outputs",
            List.of(Map.of("name", "probabilities")));
    JsonNode data =
        api.post("/v2/models/agreement/infer", json.writeValueAsString(request))
            .expect(200)
            .json()
            .at("/outputs/0/data");
    assertThat(data.size()).isEqualTo(CLASSES.size() * whole.length);
    for (int i = 0; i < whole.length; i++) {
      float[] actual = new float[CLASSES.size()];
      for (int k = 0; k < actual.length; k++) {
        actual[k] = (float) data.get(i * actual.length + k).asDouble();
      }
      assertRow(whole[i], actual);
    }
  }

  private Map<String, Object> tensor(
      String name, String datatype, int[] whole, Function<Row, Object> value) {
    return Map.of(
        "name",
        name,
        "datatype",
        datatype,
        "shape",
        List.of(whole.length, 1),
        "data",
        IntStream.of(whole).mapToObj(rows::get).map(value).toList());
  }

  @Test
  void asBinaryTensors() {
    Bytes bytes = new Bytes();
    rows.forEach(row -> bytes.number("FP32", row.ageOrNaN()));
    rows.forEach(row -> bytes.number("FP32", row.height));
    int numbers = bytes.size();
    rows.forEach(row -> bytes.text(row.color));
    String header =
        """
        {"parameters": {"binary_data_output": true}, "outputs": [{"name": "probabilities"}],
         "inputs": [
          {"name": "age", "shape": [%1$d], "datatype": "FP32", "parameters": {"binary_data_size": %2$d}},
          {"name": "height", "shape": [%1$d], "datatype": "FP32", "parameters": {"binary_data_size": %2$d}},
          {"name": "color", "shape": [%1$d], "datatype": "BYTES", "parameters": {"binary_data_size": %3$d}}]}"""
            .formatted(ROWS, 4 * ROWS, bytes.size() - numbers);
    ByteBuffer tensors =
        wire.post("/v2/models/agreement/infer", header, bytes.toArray()).expect(200).tensors();
    float[][] actual = new float[ROWS][CLASSES.size()];
    for (float[] row : actual) {
      tensors.asFloatBuffer().get(row);
      tensors.position(tensors.position() + Float.BYTES * row.length);
    }
    assertAgrees(actual);
  }

  @Test
  void inOnnxRuntime() throws OrtException {
    byte[] file = api.download(model + "/export?format=onnx");
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    FloatBuffer ages = FloatBuffer.allocate(ROWS);
    FloatBuffer heights = FloatBuffer.allocate(ROWS);
    rows.forEach(row -> ages.put(row.ageOrNaN()));
    rows.forEach(row -> heights.put(row.height));
    String[] colors = rows.stream().map(Row::color).toArray(String[]::new);
    long[] shape = {ROWS, 1};
    try (OrtSession session = environment.createSession(file);
        OnnxTensor age = OnnxTensor.createTensor(environment, ages.flip(), shape);
        OnnxTensor height = OnnxTensor.createTensor(environment, heights.flip(), shape);
        OnnxTensor color = OnnxTensor.createTensor(environment, colors, shape);
        OrtSession.Result result =
            session.run(Map.of("age", age, "height", height, "color", color))) {
      assertAgrees((float[][]) result.get("probabilities").orElseThrow().getValue());
    }
  }

  @Test
  @RequiresTool("python3")
  void inPython(@TempDir Path directory) throws Exception {
    assertAgrees(ran(directory, "python", "python3"));
  }

  @Test
  @RequiresTool("node")
  void inJavaScript(@TempDir Path directory) throws Exception {
    assertAgrees(ran(directory, "javascript", "node"));
  }

  private float[][] ran(Path directory, String format, String program) throws Exception {
    Path scorer = directory.resolve("scorer");
    Files.write(scorer, api.download(model + "/export?format=" + format));
    List<String> lines = rows.stream().map(row -> json.writeValueAsString(row.named())).toList();
    return Programs.run(directory, lines, program, scorer.toString()).stream()
        .map(json::readTree)
        .map(AgreementTests::probabilities)
        .toArray(float[][]::new);
  }

  @Test
  @RequiresTool("gcc")
  void inC(@TempDir Path directory) throws Exception {
    Files.write(directory.resolve("scorer.c"), api.download(model + "/export?format=c"));
    Path main = Files.writeString(directory.resolve("main.c"), MAIN);
    String program = directory.resolve("scorer").toString();
    Programs.run(directory, List.of(), "gcc", "-std=c99", main.toString(), "-lm", "-o", program);
    List<String> lines =
        rows.stream()
            .map(row -> (row.age == null ? "nan" : row.age) + " " + row.height + " " + row.color)
            .toList();
    assertAgrees(
        Programs.run(directory, lines, program).stream()
            .map(json::readTree)
            .map(AgreementTests::probabilities)
            .toArray(float[][]::new));
  }

  @Test
  void inJava(@TempDir Path directory) throws Exception {
    Path source = directory.resolve("Scorer.java");
    Files.write(source, api.download(model + "/export?format=java"));
    assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString()))
        .isZero();
    float[][] actual = new float[ROWS][];
    try (URLClassLoader loader = new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
      var score = loader.loadClass("Scorer").getMethod("score", Map.class);
      for (int row = 0; row < ROWS; row++) {
        Object prediction = score.invoke(null, rows.get(row).named());
        Map<?, ?> scores = (Map<?, ?>) prediction.getClass().getMethod("scores").invoke(prediction);
        actual[row] = new float[CLASSES.size()];
        for (int i = 0; i < CLASSES.size(); i++) {
          actual[row][i] = (Float) Objects.requireNonNull(scores.get(CLASSES.get(i)));
        }
      }
    }
    assertAgrees(actual);
  }
}
