package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.backprop.core.linalg.SplitMix64;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.FloatBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// ONNX out and in, over HTTP.
@EndToEnd
class OnnxTests {

  private static final String ONNX = "application/onnx";
  private static final int ROWS = 1_000;

  private final JsonMapper json = new JsonMapper();
  private final Api api;

  OnnxTests(Api api) {
    this.api = api;
  }

  private static final List<String> COLORS = List.of("red", "green", "blue", "", "violet", "x");

  /// A raw row by column, null where a value is missing; at times with colors that no training row
  /// has.
  private static Map<String, @Nullable Object> row(SplitMix64 random, int colors) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("age", random.nextInt(8) == 0 ? null : (float) (20 + 60 * random.nextDouble()));
    String color = COLORS.get(random.nextInt(colors));
    row.put("color", color.isEmpty() ? null : color);
    row.put("member", random.nextInt(9) == 0 ? null : random.nextInt(2) == 0);
    row.put("born", LocalDate.ofEpochDay(18_000 + random.nextInt(900)).toString());
    return row;
  }

  private String dataset() {
    SplitMix64 random = new SplitMix64(3);
    StringBuilder csv = new StringBuilder("age,color,member,born,kind,paid\n");
    for (int i = 0; i < 240; i++) {
      Map<String, @Nullable Object> row = row(random, 4);
      row.values().forEach(value -> csv.append(value == null ? "" : value.toString()).append(','));
      csv.append("red".equals(row.get("color")) ? "hot" : i % 3 == 0 ? "cold" : "mild");
      csv.append(',').append(i % 17 / 2.0 - 3).append('\n');
    }
    return api.upload("onnx", csv.toString());
  }

  private String train(String name, String targets, String more) {
    String features = "[\"age\", \"color\", \"member\", \"born\"]";
    return api.train(
            """
            {"name": "%s", "dataset": {"id": "%s"}, "features": %s, "targets": ["%s"],
             "network": {"hidden": [{"units": 8, "activation": "gelu", "normalization": "batch"},
               {"units": 6, "activation": "selu", "normalization": "layer"}]},
             "training": {"epochs": 20}%s}"""
                .formatted(name, dataset(), features, targets, more))
        .at("/links/model")
        .asString();
  }

  private HttpResponse<byte[]> export(String model) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(api.uri(model + "/export?format=onnx")).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  @Test
  void exportsWhatPredictSays() throws Exception {
    String model = train("onnx-classes", "kind", ", \"preprocessing\": {\"minCategoryCount\": 5}");
    HttpResponse<byte[]> response = export(model);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains(ONNX);
    assertThat(response.headers().firstValue("Content-Disposition").orElseThrow())
        .contains("onnx-classes-1.onnx");
    assertThat(response.headers().firstValue("ETag")).isPresent();

    List<Map<String, @Nullable Object>> rows = rows();
    JsonNode predictions = predict(model, rows);
    Map<String, Object> outputs = run(response.body(), rows);
    String[] labels = (String[]) Objects.requireNonNull(outputs.get("label"));
    float[][] probabilities = (float[][]) Objects.requireNonNull(outputs.get("probabilities"));
    for (int i = 0; i < ROWS; i++) {
      JsonNode prediction = predictions.get(i);
      List<String> names = new ArrayList<>(prediction.get("probabilities").propertyNames());
      for (int k = 0; k < names.size(); k++) {
        assertClose(probabilities[i][k], prediction.get("probabilities").get(names.get(k)));
      }
      assertThat(labels[i]).isEqualTo(prediction.get("label").asString());
    }
  }

  @Test
  void exportsValuesInTheUnitsOfTheTarget() throws Exception {
    String model = train("onnx-values", "paid", "");
    List<Map<String, @Nullable Object>> rows = rows();
    JsonNode predictions = predict(model, rows);
    float[][] values =
        (float[][]) Objects.requireNonNull(run(export(model).body(), rows).get("values"));
    for (int i = 0; i < ROWS; i++) {
      assertClose(values[i][0], predictions.get(i).at("/values/paid"));
    }
  }

  private static void assertClose(float number, JsonNode expected) {
    double server = expected.doubleValue();
    assertThat(Math.abs(number - server))
        .isLessThanOrEqualTo(1e-5 * Math.max(0.1, Math.abs(server)));
  }

  private static List<Map<String, @Nullable Object>> rows() {
    SplitMix64 random = new SplitMix64(4);
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(row(random, COLORS.size()));
    }
    return rows;
  }

  private JsonNode predict(String model, List<Map<String, @Nullable Object>> rows) {
    return api.post(model + "/predict", json.writeValueAsString(Map.of("rows", rows)))
        .expect(200)
        .json()
        .get("predictions");
  }

  private static Map<String, Object> run(byte[] file, List<Map<String, @Nullable Object>> rows)
      throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(file)) {
      Map<String, OnnxTensor> inputs = new HashMap<>();
      for (String column : session.getInputNames()) {
        inputs.put(column, tensor(environment, column, rows));
      }
      Map<String, Object> outputs = new HashMap<>();
      try (OrtSession.Result result = session.run(inputs)) {
        for (var output : result) {
          outputs.put(output.getKey(), output.getValue().getValue());
        }
      }
      inputs.values().forEach(OnnxTensor::close);
      return outputs;
    }
  }

  private static OnnxTensor tensor(
      OrtEnvironment environment, String column, List<Map<String, @Nullable Object>> rows)
      throws OrtException {
    long[] shape = {ROWS, 1};
    if (column.equals("color")) {
      String[] texts =
          rows.stream()
              .map(row -> Objects.requireNonNullElse((String) row.get(column), ""))
              .toArray(String[]::new);
      return OnnxTensor.createTensor(environment, texts, shape);
    }
    FloatBuffer numbers = FloatBuffer.allocate(ROWS);
    rows.forEach(row -> numbers.put(number(row.get(column))));
    return OnnxTensor.createTensor(environment, numbers.flip(), shape);
  }

  private static float number(@Nullable Object value) {
    return switch (value) {
      case null -> Float.NaN;
      case Boolean yes -> yes ? 1 : 0;
      case String date -> LocalDate.parse(date).toEpochDay();
      case Float number -> number;
      default -> throw new AssertionError(value);
    };
  }

  private static byte[] golden(String name) throws IOException {
    try (InputStream file = OnnxTests.class.getResourceAsStream("/golden/onnx/" + name + ".onnx")) {
      return Objects.requireNonNull(file).readAllBytes();
    }
  }

  private static JsonNode goldenNumbers(String name) throws IOException {
    try (InputStream file = OnnxTests.class.getResourceAsStream("/golden/onnx.json")) {
      return new JsonMapper().readTree(file).get(name);
    }
  }

  @Test
  void importsNetworksOfPytorch() throws IOException {
    String query = "?name=onnx-torch&features=a,b,c,d&targets=kind&labels=u,v,w";
    Reply reply =
        api.postBytes(Api.MODELS + "/import" + query, golden("torch_softmax"), ONNX).expect(201);
    assertThat(reply.header("Location")).isEqualTo(Api.MODELS + "/onnx-torch/versions/1");
    JsonNode model = api.get(reply.header("Location")).expect(200).json();
    assertThat(model).isEqualTo(reply.json());
    assertThat(model.at("/lineage/imported/fileSha256").asString()).hasSize(64);
    assertThat(model.at("/lineage/job").isMissingNode()).isTrue();
    assertThat(model.at("/links/job").isMissingNode()).isTrue();
    assertThat(model.get("metrics").isEmpty()).isTrue();
    assertThat(model.at("/spec/network/hidden/0/normalization").asString()).isEqualTo("batch");
    assertThat(model.at("/schema/features/0").propertyNames()).doesNotContain("minimum");

    JsonNode golden = goldenNumbers("torch_softmax");
    JsonNode predictions =
        api.post(Api.MODELS + "/onnx-torch/predict", "{\"inputs\": " + golden.get("inputs") + "}")
            .expect(200)
            .json()
            .get("predictions");
    for (int i = 0; i < predictions.size(); i++) {
      assertClose(
          predictions.get(i).at("/probabilities/v").floatValue(),
          golden.get("outputs").get(i).get(1));
      assertThat(predictions.get(i).get("flags").isEmpty()).isTrue();
    }
    assertThat(
            api.post(Api.MODELS + "/onnx-torch/predict", "{\"inputs\": [[1, 2, 3, null]]}")
                .expect(200)
                .json()
                .at("/predictions/0/error")
                .asString())
        .isEqualTo("d: the value is missing");
  }

  @Test
  void trainsImportedNetworksFurther() throws IOException {
    api.postBytes(
            Api.MODELS + "/import?name=onnx-warm&task=classification&targets=kind&labels=u,v,w",
            golden("torch_logits"),
            ONNX)
        .expect(201);
    StringBuilder csv = new StringBuilder("x1,x2,x3,x4,kind\n");
    SplitMix64 random = new SplitMix64(5);
    for (int i = 0; i < 120; i++) {
      double x = random.nextDouble() * 4 - 2;
      csv.append(
          "%.3f,%.3f,0.5,1,%s%n"
              .formatted(x, random.nextDouble(), x < -0.6 ? "u" : x < 0.7 ? "v" : "w"));
    }
    String dataset = api.upload("onnx-warm", csv.toString());
    JsonNode job =
        api.train(
            """
            {"dataset": {"id": "%s"}, "warmStart": {"model": "onnx-warm"},
             "training": {"epochs": 200}}"""
                .formatted(dataset));
    JsonNode model = api.get(job.at("/links/model").asString()).expect(200).json();
    assertThat(model.at("/version").intValue()).isEqualTo(2);
    assertThat(model.at("/metrics/trainingAccuracy").doubleValue()).isGreaterThan(0.9);
    assertThat(model.at("/lineage/parent/version").intValue()).isEqualTo(1);
    assertThat(model.at("/lineage/imported").isMissingNode()).isTrue();
  }

  @Test
  void exportsWhatItImported() throws Exception {
    byte[] file = golden("torch_softmax");
    api.postBytes(Api.MODELS + "/import?name=onnx-again", file, ONNX).expect(201);
    byte[] exported = export(Api.MODELS + "/onnx-again").body();
    try (OrtSession session = OrtEnvironment.getEnvironment().createSession(exported)) {
      assertThat(session.getInputNames()).containsExactly("x1", "x2", "x3", "x4");
    }
    String detail =
        api.postBytes(Api.MODELS + "/import?name=onnx-twice", exported, ONNX)
            .expect(422)
            .json()
            .get("detail")
            .asString();
    assertThat(detail).contains("format=zip");
    api.get(Api.MODELS + "/onnx-twice").expect(404);
  }

  @Test
  void keepsWhatItImportedInAModelFile() throws IOException {
    byte[] file = golden("torch_softmax");
    api.postBytes(Api.MODELS + "/import?name=onnx-zipped", file, ONNX).expect(201);
    byte[] zip = api.download(Api.MODELS + "/onnx-zipped/export?format=zip");

    JsonNode back =
        api.postBytes(Api.MODELS + "/import?name=onnx-unzipped", zip, "application/zip")
            .expect(201)
            .json();

    JsonNode first = api.get(Api.MODELS + "/onnx-zipped").expect(200).json();
    assertThat(back.get("schema")).isEqualTo(first.get("schema"));
    assertThat(back.at("/lineage/parametersSha256"))
        .isEqualTo(first.at("/lineage/parametersSha256"));
  }

  @Test
  void refusesFilesAndNamesAndKeepsNothing() throws IOException {
    byte[] file = golden("torch_relu");
    String path = Api.MODELS + "/import?name=onnx-refused";
    byte[] cut = Arrays.copyOf(file, file.length - 100);
    JsonNode problem = api.postBytes(path, cut, ONNX).expect(422).json();
    assertThat(problem.get("type").asString()).endsWith("/problems/invalid-model");
    assertThat(
            api.postBytes(path + "&features=a,b", file, ONNX)
                .expect(400)
                .json()
                .at("/errors/0/pointer")
                .asString())
        .isEqualTo("#/features");
    api.postBytes(path + "&task=clustering", file, ONNX).expect(400);
    api.postBytes(Api.MODELS + "/import?name=-", file, ONNX).expect(400);
    api.postBytes(Api.MODELS + "/import", file, ONNX).expect(400);
    api.postBytes(path, file, "application/octet-stream").expect(415);
    assertThat(
            api.postBytes(path, new byte[(64 << 10) + 1], ONNX)
                .expect(413)
                .json()
                .get("detail")
                .asString())
        .contains("65536 bytes", "backprop.models.max-import");
    api.get(Api.MODELS + "/onnx-refused").expect(404);
  }
}
