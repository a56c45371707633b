package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.backprop.core.linalg.SplitMix64;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The Open Inference Protocol, version 2, spoken over bare sockets as its specification has it,
/// with the binary tensor extension.
@EndToEnd
class OpenInferenceTests {

  private static final float[][] ROWS = {{0, 0}, {0, 1}, {1, 0}, {1, 1}, {0.5f, 0.25f}};

  private final Api api;
  private final Wire wire;

  OpenInferenceTests(Api api) {
    this.api = api;
    this.wire = new Wire(api);
  }

  @BeforeEach
  void train() {
    if (api.get(Api.MODELS + "/oip-mixed").status() == 200) {
      return;
    }
    api.train(
        """
        {"name": "oip-numbers", "dataset": {"generator": {"type": "xor", "rows": 40}},
         "training": {"epochs": 20}}""");
    api.train(
        """
        {"name": "oip-numbers", "dataset": {"generator": {"type": "xor", "rows": 40}},
         "training": {"epochs": 30}}""");
    api.train(
        """
        {"name": "oip-two", "dataset": {"inputs": [[0, 1], [1, 0], [1, 1]],
          "targets": [[1, 2], [3, 4], [5, 6]]},
         "targets": ["y1", "y2"], "training": {"epochs": 20}}""");
    api.train(
        """
        {"name": "oip-labels", "dataset": {"inputs": [[0, 1], [1, 0], [1, 1], [0, 0]],
          "targets": [[1, 0], [0, 1], [1, 1], [0, 0]]},
         "targets": ["y1", "y2"], "task": "multilabel",
         "training": {"epochs": 20}}""");
    StringBuilder rows = new StringBuilder("size,color,kind\n");
    for (int i = 0; i < 60; i++) {
      rows.append(i / 10.0).append(i % 3 == 0 ? ",red," : ",blue,");
      rows.append(i < 20 ? "plum" : i < 40 ? "äpfel" : "melon").append('\n');
    }
    api.train(
        """
        {"name": "oip-mixed", "dataset": {"id": "%s"}, "preprocessing": {"missing": "reject"},
         "training": {"epochs": 30}}"""
            .formatted(api.upload("oip-mixed", rows.toString())));
  }

  // ---- the server ----

  @ParameterizedTest
  @ValueSource(strings = {"/v2", "/v2/"})
  void describesTheServer(String path) {
    JsonNode server = wire.get(path).expect(200).json();
    assertThat(server.propertyNames()).containsExactlyInAnyOrder("name", "version", "extensions");
    assertThat(server.get("name").asString()).isNotBlank();
    assertThat(server.get("version").isString()).isTrue();
    assertThat(server.get("extensions").valueStream().map(JsonNode::asString))
        .contains("binary_tensor_data");
  }

  @Test
  void isLiveAndReady() {
    assertThat(wire.get("/v2/health/live").expect(200).json().toString())
        .isEqualTo("{\"live\":true}");
    assertThat(wire.get("/v2/health/ready").expect(200).json().toString())
        .isEqualTo("{\"live\":true,\"ready\":true}");
  }

  // ---- models ----

  @Test
  void describesModelsByTheirTensors() {
    JsonNode numbers = wire.get("/v2/models/oip-numbers").expect(200).json();
    assertThat(numbers.get("name").asString()).isEqualTo("oip-numbers");
    assertThat(numbers.get("platform").asString()).isEqualTo("backprop_mlp");
    assertThat(numbers.get("versions").size()).isGreaterThanOrEqualTo(2);
    assertThat(numbers.get("versions").get(0).isString()).isTrue();
    assertThat(numbers.get("inputs").toString())
        .isEqualTo("[{\"name\":\"input\",\"datatype\":\"FP32\",\"shape\":[-1,2]}]");
    assertThat(numbers.get("outputs").toString())
        .isEqualTo("[{\"name\":\"y\",\"datatype\":\"FP32\",\"shape\":[-1,1]}]");
    JsonNode mixed = wire.get("/v2/models/oip-mixed").expect(200).json();
    assertThat(mixed.get("inputs").toString())
        .isEqualTo(
            "[{\"name\":\"size\",\"datatype\":\"FP32\",\"shape\":[-1,1]},"
                + "{\"name\":\"color\",\"datatype\":\"BYTES\",\"shape\":[-1,1]}]");
    assertThat(mixed.get("outputs").toString())
        .isEqualTo(
            "[{\"name\":\"label\",\"datatype\":\"BYTES\",\"shape\":[-1,1]},"
                + "{\"name\":\"probabilities\",\"datatype\":\"FP32\",\"shape\":[-1,3]}]");
    assertThat(wire.get("/v2/models/oip-two").expect(200).json().get("outputs").toString())
        .contains("\"y1\"", "\"y2\"");
    assertThat(wire.get("/v2/models/oip-labels").expect(200).json().get("outputs").toString())
        .contains("{\"name\":\"labels\",\"datatype\":\"BOOL\",\"shape\":[-1,2]}");
  }

  @Test
  void takesAVersionInEachPath() {
    String newest = newest("oip-numbers");
    String path = "/v2/models/oip-numbers/versions/" + newest;
    assertThat(wire.get(path).expect(200).json())
        .isEqualTo(wire.get("/v2/models/oip-numbers").expect(200).json());
    assertThat(wire.get(path + "/ready").expect(200).json().toString())
        .isEqualTo("{\"name\":\"oip-numbers\",\"ready\":true}");
    assertThat(wire.get("/v2/models/oip-numbers/ready").expect(200).json().toString())
        .isEqualTo("{\"name\":\"oip-numbers\",\"ready\":true}");
    int older = Integer.parseInt(newest) - 1;
    JsonNode answer =
        wire.post("/v2/models/oip-numbers/versions/" + older + "/infer", xor("FP32", flat()))
            .expect(200)
            .json();
    assertThat(answer.get("model_version").asString()).isEqualTo(Integer.toString(older));
    assertThat(infer("oip-numbers", xor("FP32", flat())).get("model_version").asString())
        .isEqualTo(newest);
  }

  private String newest(String model) {
    return wire.get("/v2/models/" + model).expect(200).json().at("/versions/0").asString();
  }

  // ---- inference in JSON ----

  @Test
  void answersWithTheNumbersOfPredict() {
    JsonNode answer = infer("oip-numbers", xor("FP32", flat()));
    assertThat(answer.get("model_name").asString()).isEqualTo("oip-numbers");
    assertThat(answer.has("id")).isFalse();
    JsonNode y = answer.at("/outputs/0");
    assertThat(y.propertyNames()).containsExactly("name", "datatype", "shape", "data");
    assertThat(y.get("shape").toString()).isEqualTo("[5,1]");
    assertSame(floats(y), xorByPredict());
    assertThat(
            infer("oip-numbers", "{\"id\": \"a1\"," + xor("FP32", flat()).substring(1))
                .get("id")
                .asString())
        .isEqualTo("a1");
  }

  @ParameterizedTest
  @CsvSource({"FP16", "FP32", "FP64"})
  void takesNestedAndFlatData(String datatype) {
    float[] expected = xorByPredict();
    assertSame(floats(infer("oip-numbers", xor(datatype, flat())).at("/outputs/0")), expected);
    assertSame(floats(infer("oip-numbers", xor(datatype, nested())).at("/outputs/0")), expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BOOL", "UINT8", "UINT16", "UINT32", "UINT64", "INT8", "INT16", "INT32", "INT64", "FP16",
        "FP32", "FP64"
      })
  void takesEveryDatatypeOfNumbersInJsonAndInBytes(String datatype) {
    float[] expected = Arrays.copyOf(xorByPredict(), 4);
    boolean truth = datatype.equals("BOOL");
    String data =
        truth
            ? "[[false, false], [false, true], [true, false], [true, true]]"
            : "[[0, 0], [0, 1], [1, 0], [1, 1]]";
    JsonNode json = infer("oip-numbers", input("input", datatype, "[4, 2]", "\"data\": " + data));
    assertSame(floats(json.at("/outputs/0")), expected);

    Bytes bytes = new Bytes();
    for (int i = 0; i < 4; i++) {
      bytes.number(datatype, i < 2 ? 0 : 1).number(datatype, i % 2);
    }
    Wire.Answer answer =
        wire.post(
                "/v2/models/oip-numbers/infer",
                binaryInput("input", datatype, "[4, 2]", bytes.size()),
                bytes.toArray())
            .expect(200);
    assertSame(floats(answer.json().at("/outputs/0")), expected);
  }

  @Test
  void takesATensorForEachFeature() {
    JsonNode expected =
        api.post(
                Api.MODELS + "/oip-mixed/predict",
                "{\"inputs\": [[0.5, \"red\"], [3, \"blue\"], [5, \"green\"]]}")
            .expect(200)
            .json()
            .get("predictions");
    for (String shape : List.of("[3]", "[3, 1]")) {
      JsonNode answer =
          infer(
              "oip-mixed",
              "{\"inputs\": [%s, %s]}"
                  .formatted(
                      tensor("color", "BYTES", shape, "\"data\": [\"red\", \"blue\", \"green\"]"),
                      tensor("size", "FP64", shape, "\"data\": [0.5, 3, 5]")));
      assertThat(answer.at("/outputs/0/name").asString()).isEqualTo("label");
      assertThat(answer.at("/outputs/0/shape").toString()).isEqualTo("[3,1]");
      assertThat(answer.at("/outputs/1/shape").toString()).isEqualTo("[3,3]");
      for (int row = 0; row < 3; row++) {
        assertThat(answer.at("/outputs/0/data/" + row)).isEqualTo(expected.get(row).get("label"));
        assertThat(answer.at("/outputs/1/data/" + 3 * row).asDouble())
            .isCloseTo(
                expected
                    .get(row)
                    .get("probabilities")
                    .valueStream()
                    .findFirst()
                    .orElseThrow()
                    .asDouble(),
                within(1e-6));
      }
    }
    JsonNode columns =
        infer(
            "oip-numbers",
            "{\"inputs\": [%s, %s]}"
                .formatted(
                    tensor("x2", "INT64", "[4]", "\"data\": [0, 1, 0, 1]"),
                    tensor(
                        "x1", "BOOL", "[4, 1]", "\"data\": [[false], [false], [true], [true]]")));
    assertSame(floats(columns.at("/outputs/0")), Arrays.copyOf(xorByPredict(), 4));
  }

  @Test
  void givesTheOutputsThatAreWantedInTheirOrder() {
    String input = tensor("input", "FP32", "[1, 2]", "\"data\": [0, 1]");
    JsonNode both =
        infer(
            "oip-two",
            "{\"inputs\": [" + input + "], \"outputs\": [{\"name\": \"y2\"}, {\"name\": \"y1\"}]}");
    JsonNode all = infer("oip-two", "{\"inputs\": [" + input + "]}");
    assertThat(both.at("/outputs/0")).isEqualTo(all.at("/outputs/1"));
    assertThat(both.at("/outputs/1")).isEqualTo(all.at("/outputs/0"));
    JsonNode one =
        infer("oip-two", "{\"inputs\": [" + input + "], \"outputs\": [{\"name\": \"y2\"}]}");
    assertThat(one.get("outputs").size()).isEqualTo(1);
    JsonNode labels = infer("oip-labels", "{\"inputs\": [" + input + "]}").get("outputs");
    for (int i = 0; i < 2; i++) {
      assertThat(labels.at("/0/data/" + i).asBoolean())
          .isEqualTo(labels.at("/1/data/" + i).asDouble() >= 0.5);
    }
  }

  // ---- binary tensors ----

  @Test
  void givesBinaryOutputsBehindTheJson() {
    Bytes bytes = new Bytes();
    bytes.text("red").text("blue").number("FP32", 0.5).number("FP32", 5.5);
    String json =
        """
        {"id": "ö", "parameters": {"binary_data_output": true, "other": 1}, "inputs": [
          {"name": "color", "shape": [2], "datatype": "BYTES", "parameters": {"binary_data_size": 15}},
          {"name": "size", "shape": [2, 1], "datatype": "FP32", "parameters": {"binary_data_size": 8}}],
         "outputs": [{"name": "probabilities"}, {"name": "label"}]}""";
    Wire.Answer answer = wire.post("/v2/models/oip-mixed/infer", json, bytes.toArray()).expect(200);
    assertThat(answer.header("content-type")).isEqualTo("application/octet-stream");
    JsonNode header = answer.jsonHeader();
    assertThat(header.get("id").asString()).isEqualTo("ö");
    assertThat(header.at("/outputs/0/name").asString()).isEqualTo("probabilities");
    assertThat(header.at("/outputs/0/parameters/binary_data_size").asInt()).isEqualTo(24);
    assertThat(header.at("/outputs/0").has("data")).isFalse();
    ByteBuffer tensors = answer.tensors();
    float sum = 0;
    for (int i = 0; i < 3; i++) {
      sum += tensors.getFloat();
    }
    assertThat(sum).isCloseTo(1, within(1e-5f));
    tensors.position(24);
    List<String> labels = List.of(text(tensors), text(tensors));
    assertThat(tensors.hasRemaining()).isFalse();
    JsonNode expected =
        api.post(
                Api.MODELS + "/oip-mixed/predict",
                "{\"inputs\": [[0.5, \"red\"], [5.5, \"blue\"]]}")
            .json();
    assertThat(labels)
        .containsExactly(
            expected.at("/predictions/0/label").asString(),
            expected.at("/predictions/1/label").asString());
  }

  @Test
  void letsTheFlagOfAnOutputWin() {
    String input =
        tensor("size", "FP32", "[1]", "\"data\": [1]")
            + ","
            + tensor("color", "BYTES", "[1]", "\"data\": [\"red\"]");
    Wire.Answer answer =
        wire.post(
                "/v2/models/oip-mixed/infer",
                """
                {"parameters": {"binary_data_output": true}, "inputs": [%s],
                 "outputs": [{"name": "label", "parameters": {"binary_data": false}},
                             {"name": "probabilities"}]}"""
                    .formatted(input))
            .expect(200);
    assertThat(answer.jsonHeader().at("/outputs/0/data").size()).isEqualTo(1);
    assertThat(answer.tensors().remaining()).isEqualTo(12);
    answer =
        wire.post(
                "/v2/models/oip-mixed/infer",
                """
                {"inputs": [%s], "outputs": [{"name": "label", "parameters": {"binary_data": true}}]}"""
                    .formatted(input))
            .expect(200);
    assertThat(answer.jsonHeader().at("/outputs").size()).isEqualTo(1);
    assertThat(text(answer.tensors())).isIn("plum", "äpfel", "melon");
  }

  @Test
  void takesTheBytesOfOneTensorAlone() {
    Bytes bytes = new Bytes();
    for (float[] row : ROWS) {
      bytes.number("FP32", row[0]).number("FP32", row[1]);
    }
    Wire.Answer answer = wire.post("/v2/models/oip-numbers/infer", "", bytes.toArray()).expect(200);
    assertThat(answer.jsonHeader().at("/outputs/0/shape").toString()).isEqualTo("[5,1]");
    float[] given = new float[ROWS.length];
    answer.tensors().asFloatBuffer().get(given);
    assertSame(given, xorByPredict());
    wire.post("/v2/models/oip-numbers/infer", "", Arrays.copyOf(bytes.toArray(), 9))
        .expectError(400, "9 bytes", "a row of 2 FP32 elements has 8");
    wire.post("/v2/models/oip-numbers/infer", "", new byte[0]).expectError(400, "0 bytes");
    wire.post("/v2/models/oip-mixed/infer", "", bytes.toArray())
        .expectError(400, "a model of one tensor", "'size'");
    wire.post("/v2/models/oip-numbers/infer", "", new byte[80_008])
        .expectError(413, "backprop.inference.max-rows");
  }

  @Test
  void takesAChunkedBodyAndOneWithoutContentType() {
    byte[] row = new Bytes().number("FP32", 0).number("FP32", 1).toArray();
    String json = binaryInput("input", "FP32", "[1, 2]", 8);
    assertThat(
            wire.send(
                    "POST /v2/models/oip-numbers/infer",
                    List.of(
                        "Transfer-Encoding: chunked",
                        "Inference-Header-Content-Length: " + json.length()),
                    Wire.chunk(Wire.join(json, row)))
                .expect(200)
                .json()
                .at("/outputs/0/data/0")
                .asDouble())
        .isCloseTo(xorByPredict()[1], within(1e-6));
    String plain = xor("FP32", flat());
    wire.send(
            "POST /v2/models/oip-numbers/infer",
            List.of("Content-Length: " + plain.length()),
            plain.getBytes(StandardCharsets.UTF_8))
        .expect(200);
    wire.send(
            "POST /v2/models/oip-numbers/infer",
            List.of(
                "Transfer-Encoding: chunked", "Inference-Header-Content-Length: " + json.length()),
            Wire.chunk(Wire.join(json, Arrays.copyOf(row, 7))))
        .expectError(400, "ends within the tensor 'input'", "7 of its 8 bytes");
    wire.send(
            "POST /v2/models/oip-numbers/infer",
            List.of(
                "Transfer-Encoding: chunked", "Inference-Header-Content-Length: " + json.length()),
            Wire.chunk(Wire.join(json, Arrays.copyOf(row, 9))))
        .expectError(400, "follow the last tensor");
  }

  // ---- statistics and the repository ----

  @Test
  void countsWhatWasInferred() {
    String version = "/v2/models/oip-two/versions/" + newest("oip-two");
    JsonNode before = statistics(version);
    String inputs = tensor("input", "FP32", "[3, 2]", "\"data\": [0, 1, 1, 0, 1, 1]");
    infer("oip-two", "{\"inputs\": [" + inputs + "]}");
    wire.post("/v2/models/oip-two/infer", "{}").expectError(400, "#/inputs");
    JsonNode after = statistics(version);
    assertThat(after.get("inference_count").asInt() - before.get("inference_count").asInt())
        .isEqualTo(3);
    assertThat(after.get("execution_count").asInt() - before.get("execution_count").asInt())
        .isEqualTo(1);
    assertThat(after.get("last_inference").asLong()).isPositive();
    for (String part : List.of("success", "compute_input", "compute_infer", "compute_output")) {
      JsonNode duration = after.at("/inference_stats/" + part);
      assertThat(duration.get("count")).isEqualTo(after.get("execution_count"));
      assertThat(duration.get("ns").asLong())
          .isGreaterThan(before.at("/inference_stats/" + part + "/ns").asLong());
    }
    assertThat(after.at("/inference_stats/fail/count").asInt())
        .isEqualTo(before.at("/inference_stats/fail/count").asInt() + 1);
    assertThat(after.get("batch_stats").valueStream().map(batch -> batch.get("batch_size").asInt()))
        .contains(3);
    assertThat(wire.get("/v2/models/stats").expect(200).json().at("/model_stats").toString())
        .contains("\"oip-two\"", "\"oip-mixed\"");
    assertThat(
            wire.get("/v2/models/oip-numbers/stats").expect(200).json().get("model_stats").size())
        .isGreaterThanOrEqualTo(2);
    wire.get("/v2/models/nobody/stats").expectError(404, "nobody");
    wire.get(version + "9/stats").expectError(404, "oip-two version");
  }

  private JsonNode statistics(String version) {
    return wire.get(version + "/stats").expect(200).json().at("/model_stats/0");
  }

  @Test
  void listsTheRepository() {
    for (String body : List.of("{}", "{\"ready\": true}")) {
      assertThat(wire.post("/v2/repository/index", body).expect(200).json().toString())
          .contains(
              "{\"name\":\"oip-mixed\",\"version\":\"1\",\"state\":\"READY\",\"reason\":\"\"}");
    }
    wire.send("POST /v2/repository/index", List.of("Content-Length: 0"), new byte[0]).expect(200);
    wire.post("/v2/repository/index", "{\"redy\": true}").expectError(400, "did you mean 'ready'?");
  }

  // ---- what is refused ----

  /// A request and what the error says.
  @SuppressWarnings("ArrayRecordComponent")
  record Refusal(
      String name, String model, String json, byte[] bytes, int status, String... words) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Refusal refusal(String name, String inputs, String... words) {
    return new Refusal(
        name, "oip-numbers", "{\"inputs\": [" + inputs + "]}", new byte[0], 400, words);
  }

  private static Refusal bytes(String name, String inputs, byte[] bytes, String... words) {
    return new Refusal(name, "oip-mixed", "{\"inputs\": [" + inputs + "]}", bytes, 400, words);
  }

  private static String size(String size) {
    return "\"parameters\": {\"binary_data_size\": " + size + "}";
  }

  static Stream<Refusal> refusals() {
    String color = tensor("color", "BYTES", "[1]", "\"data\": [\"red\"]");
    return Stream.of(
        new Refusal("no JSON", "oip-numbers", "{", new byte[0], 400, "not well-formed JSON"),
        new Refusal(
            "an unknown field",
            "oip-numbers",
            "{\"input\": []}",
            new byte[0],
            400,
            "'input'",
            "inputs"),
        new Refusal(
            "a field twice",
            "oip-numbers",
            "{\"id\": \"1\", \"id\": \"2\"}",
            new byte[0],
            400,
            "given twice"),
        new Refusal("a number as id", "oip-numbers", "{\"id\": 1}", new byte[0], 400, "#/id"),
        new Refusal(
            "no inputs",
            "oip-numbers",
            "{}",
            new byte[0],
            400,
            "#/inputs: is required",
            "'input' (FP32, [-1, 2])"),
        new Refusal(
            "another model",
            "oip-numbers",
            "{\"model_name\": \"iris\", \"inputs\": []}",
            new byte[0],
            400,
            "#/model_name"),
        refusal(
            "no name",
            "{\"datatype\": \"FP32\", \"shape\": [1, 2], \"data\": [0, 1]}",
            "#/inputs/0/name"),
        refusal("null in place of an input", "null", "#/inputs/0"),
        refusal(
            "an unknown input",
            tensor("inputs", "FP32", "[1, 2]", "\"data\": [0, 1]"),
            "no input 'inputs'"),
        refusal(
            "an input twice",
            tensor("x1", "FP32", "[1]", "\"data\": [0]")
                + ","
                + tensor("x1", "FP32", "[1]", "\"data\": [0]"),
            "'x1' is given twice",
            "'x2' is missing"),
        refusal(
            "different rows",
            tensor("x1", "FP32", "[1]", "\"data\": [0]")
                + ","
                + tensor("x2", "FP32", "[2]", "\"data\": [0, 1]"),
            "#/inputs/1/shape: 2 rows, where the first input has 1"),
        refusal(
            "no datatype",
            "{\"name\": \"input\", \"shape\": [1, 2], \"data\": [0, 1]}",
            "#/inputs/0/datatype: is required",
            "FP16"),
        refusal(
            "an unknown datatype",
            tensor("input", "FLOAT", "[1, 2]", "\"data\": [0, 1]"),
            "no datatype 'FLOAT'",
            "FP32"),
        refusal(
            "no shape",
            "{\"name\": \"input\", \"datatype\": \"FP32\", \"data\": [0, 1]}",
            "#/inputs/0/shape: is required"),
        refusal(
            "another shape",
            tensor("input", "FP32", "[1, 3]", "\"data\": [0, 1, 2]"),
            "the shape is [1, 3]; the model takes [-1, 2]"),
        refusal(
            "one dimension",
            tensor("input", "FP32", "[2]", "\"data\": [0, 1]"),
            "the model takes [-1, 2]"),
        refusal(
            "a negative dimension",
            tensor("input", "FP32", "[-1, 2]", "\"data\": [0, 1]"),
            "the shape is [-1, 2]"),
        refusal("no rows", tensor("input", "FP32", "[0, 2]", "\"data\": []"), "there are no rows"),
        refusal(
            "a broken dimension",
            tensor("input", "FP32", "[1.5, 2]", "\"data\": [0, 1]"),
            "#/inputs/0/shape/0"),
        refusal(
            "a dimension beyond 64 bits",
            tensor("input", "FP32", "[18446744073709551615, 2]", "\"data\": [0, 1]"),
            "#/inputs/0/shape/0",
            "64-bit"),
        refusal(
            "a shape that overflows",
            tensor("input", "FP32", "[9223372036854775807, 2]", "\"data\": [0, 1]"),
            "backprop.inference.max-rows"),
        refusal(
            "too many rows",
            tensor("input", "FP32", "[10001, 2]", size("80008")),
            "10001 rows; the limit of backprop.inference.max-rows is 10000"),
        refusal(
            "too few elements",
            tensor("input", "FP32", "[2, 2]", "\"data\": [0, 1, 0]"),
            "#/inputs/0/data: the elements do not fill the shape [2, 2]"),
        refusal(
            "elements nested otherwise",
            tensor("input", "FP32", "[2, 2]", "\"data\": [[0, 1, 0, 1]]"),
            "do not fill the shape"),
        refusal(
            "ragged elements",
            tensor("input", "FP32", "[2, 2]", "\"data\": [[0, 1, 0], [1]]"),
            "do not fill the shape"),
        refusal(
            "elements beside arrays",
            tensor("input", "FP32", "[2, 2]", "\"data\": [[0, 1], 0, 1]"),
            "do not fill the shape"),
        refusal(
            "no data", tensor("input", "FP32", "[1, 2]", "\"parameters\": {}"), "data is required"),
        refusal(
            "null in data",
            tensor("input", "FP32", "[1, 2]", "\"data\": [0, null]"),
            "#/inputs/0/data/1",
            "got null"),
        refusal(
            "an object in data",
            tensor("input", "FP32", "[1, 2]", "\"data\": [0, {}]"),
            "#/inputs/0/data/1",
            "got an object"),
        refusal(
            "no array",
            tensor("input", "FP32", "[1, 2]", "\"data\": 3"),
            "#/inputs/0/data",
            "got 3"),
        refusal(
            "a fraction as INT32",
            tensor("input", "INT32", "[1, 2]", "\"data\": [0, 1.5]"),
            "element 1 is the number 1.5, which is no INT32"),
        refusal(
            "a number as BOOL",
            tensor("input", "BOOL", "[1, 2]", "\"data\": [0, true]"),
            "element 0 is a whole number, which is no BOOL"),
        refusal(
            "a text as FP32",
            tensor("input", "FP32", "[1, 2]", "\"data\": [0, \"1\"]"),
            "element 1 is a text"),
        refusal(
            "256 as UINT8",
            tensor("input", "UINT8", "[1, 2]", "\"data\": [0, 256]"),
            "256 is beyond the range of UINT8"),
        refusal(
            "-129 as INT8",
            tensor("input", "INT8", "[1, 2]", "\"data\": [0, -129]"),
            "-129 is beyond the range of INT8"),
        refusal(
            "-1 as UINT64",
            tensor("input", "UINT64", "[1, 2]", "\"data\": [0, -1]"),
            "-1 is beyond the range of UINT64"),
        refusal(
            "2^63 as INT64",
            tensor("input", "INT64", "[1, 2]", "\"data\": [0, 9223372036854775808]"),
            "no INT64"),
        refusal(
            "2^64 as UINT64",
            tensor("input", "UINT64", "[1, 2]", "\"data\": [0, 18446744073709551616]"),
            "no UINT64"),
        refusal(
            "a number beyond floats",
            tensor("input", "FP64", "[2, 2]", "\"data\": [0, 1, 1e39, 1]"),
            "Row 1 (the first is 0) of the tensor 'input'",
            "x1",
            "32-bit float"),
        refusal(
            "words for a number",
            tensor("input", "BYTES", "[1, 2]", "\"data\": [\"a\", \"b\"]"),
            "Row 0",
            "x1: a number is expected"),
        refusal(
            "bytes without the header",
            tensor("input", "FP32", "[1, 2]", size("8")),
            "lacks the header Inference-Header-Content-Length"),
        refusal(
            "bytes and data",
            tensor("input", "FP32", "[1, 2]", size("8") + ", \"data\": [0, 1]"),
            "leave one of the two out"),
        refusal(
            "a negative size",
            tensor("input", "FP32", "[1, 2]", size("-8")),
            "#/inputs/0/parameters/binary_data_size"),
        refusal(
            "a size in words",
            tensor("input", "FP32", "[1, 2]", size("\"8\"")),
            "a whole number of bytes is expected, not 8"),
        new Refusal(
            "an unknown output",
            "oip-numbers",
            "{\"inputs\": ["
                + tensor("input", "FP32", "[1, 2]", "\"data\": [0, 1]")
                + "], \"outputs\": [{\"name\": \"z\"}, {}, {\"name\": \"y\", \"parameters\": {\"binary_data\": 1}}, {\"name\": \"y\"}]}",
            new byte[0],
            400,
            "no output 'z'",
            "the outputs are y",
            "#/outputs/1/name: is required",
            "#/outputs/2/parameters/binary_data",
            "wanted twice"),
        bytes(
            "a category as numbers",
            color + "," + tensor("size", "FP32", "[1]", size("4")),
            new byte[3],
            "4 bytes by their binary_data_size, but 3 follow"),
        bytes(
            "a size that does not fit",
            color + "," + tensor("size", "FP32", "[1]", size("5")),
            new byte[5],
            "1 elements of FP32 have 4 bytes, not 5"),
        bytes(
            "texts in too few bytes",
            tensor("color", "BYTES", "[2]", size("7"))
                + ","
                + tensor("size", "FP32", "[2]", "\"data\": [1, 2]"),
            new byte[7],
            "have 8 bytes at least"),
        bytes(
            "a text beyond its tensor",
            tensor("color", "BYTES", "[1]", size("6"))
                + ","
                + tensor("size", "FP32", "[1]", "\"data\": [1]"),
            new byte[] {3, 0, 0, 0, 'a', 'b'},
            "tensor 'color' end within its element 0"),
        bytes(
            "a text of 4 GB",
            tensor("color", "BYTES", "[1]", size("6"))
                + ","
                + tensor("size", "FP32", "[1]", "\"data\": [1]"),
            new byte[] {-1, -1, -1, -1, 'a', 'b'},
            "end within its element 0"),
        bytes(
            "bytes after the texts",
            tensor("color", "BYTES", "[1]", size("6"))
                + ","
                + tensor("size", "FP32", "[1]", "\"data\": [1]"),
            new byte[] {1, 0, 0, 0, 'a', 'b'},
            "has 1 bytes more than its 1 elements"),
        bytes(
            "a text that is not UTF-8",
            tensor("color", "BYTES", "[1]", size("5"))
                + ","
                + tensor("size", "FP32", "[1]", "\"data\": [1]"),
            new byte[] {1, 0, 0, 0, -1},
            "not UTF-8"),
        bytes(
            "a truth value of 2",
            color + "," + tensor("size", "BOOL", "[1]", size("1")),
            new byte[] {2},
            "Element 0 of the tensor 'size' is the byte 2"),
        bytes(
            "not a number",
            tensor("color", "BYTES", "[2]", "\"data\": [\"red\", \"red\"]")
                + ","
                + tensor("size", "FP32", "[2]", size("8")),
            new Bytes().number("FP32", 1).number("FP32", Double.NaN).toArray(),
            "Row 1 (the first is 0) of the tensors cannot be scored: size: the value is missing"),
        bytes(
            "a category of numbers",
            tensor("color", "INT32", "[1]", "\"data\": [3]")
                + ","
                + tensor("size", "FP32", "[1]", size("4")),
            new byte[4],
            "color: a text is expected, not the number 3"),
        new Refusal(
            "tensors beyond the limit",
            "oip-mixed",
            "{\"inputs\": ["
                + tensor("color", "BYTES", "[1]", size("99999999999"))
                + ","
                + tensor("size", "FP32", "[1]", size("4"))
                + "]}",
            new byte[4],
            413,
            "backprop.inference.max-tensors"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusesByNameAndPlace(Refusal refusal) {
    String path = "/v2/models/" + refusal.model() + "/infer";
    (refusal.bytes().length == 0
            ? wire.post(path, refusal.json())
            : wire.post(path, refusal.json(), refusal.bytes()))
        .expectError(refusal.status(), refusal.words());
  }

  @Test
  void takesOrRefusesWhateverBytesCome() {
    Bytes tensors = new Bytes();
    tensors.text("red").text("blue").number("FP32", 0.5).number("FP32", 5.5);
    String json =
        """
        {"id": "1", "parameters": {"binary_data_output": true}, "inputs": [
          {"name": "color", "shape": [2], "datatype": "BYTES", "parameters": {"binary_data_size": 15}},
          {"name": "size", "shape": [2, 1], "datatype": "FP32", "parameters": {"binary_data_size": 8}}],
         "outputs": [{"name": "probabilities"}, {"name": "label"}]}""";
    byte[] whole = Wire.join(json, tensors.toArray());
    SplitMix64 random = new SplitMix64(7);
    Map<Integer, Integer> statuses = new TreeMap<>();
    for (int i = 0; i < 500; i++) {
      byte[] body = Arrays.copyOf(whole, whole.length - (i % 3 == 0 ? random.nextInt(40) : 0));
      for (int change = random.nextInt(3); change >= 0; change--) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      int length = json.length() + (i % 5 == 0 ? random.nextInt(9) - 4 : 0);
      Wire.Answer answer =
          wire.send(
              "POST /v2/models/oip-mixed/infer",
              List.of(
                  "Inference-Header-Content-Length: " + length, "Content-Length: " + body.length),
              body);
      assertThat(answer.status()).as(answer.toString()).isIn(200, 400, 413);
      statuses.merge(answer.status(), 1, Integer::sum);
    }
    assertThat(statuses.get(400)).isGreaterThan(100);
    assertThat(statuses.get(200)).isPositive();
  }

  @Test
  void refusesByTheHeadersAlone() {
    String infer = "POST /v2/models/oip-numbers/infer";
    Map<String, List<String>> refusals = new TreeMap<>();
    refusals.put("415 Content-Type text/csv", List.of("Content-Type: text/csv"));
    refusals.put(
        "415 x-www-form-urlencoded", List.of("Content-Type: application/x-www-form-urlencoded"));
    refusals.put("415 Content-Encoding 'gzip'", List.of("Content-Encoding: gzip"));
    refusals.put("400 needs the header", List.of("Content-Type: application/octet-stream"));
    refusals.put("400 not '-1'", List.of("Inference-Header-Content-Length: -1"));
    refusals.put("400 not 'x'", List.of("Inference-Header-Content-Length: x"));
    refusals.put("400 the body has only 2", List.of("Inference-Header-Content-Length: 3"));
    refusals.forEach(
        (expected, headers) -> {
          List<String> all = new ArrayList<>(headers);
          all.add("Content-Length: 2");
          wire.send(infer, all, new byte[] {'{', '}'})
              .expectError(Integer.parseInt(expected.substring(0, 3)), expected.substring(4));
        });
    wire.send(
            infer, List.of("Content-Type: application/json", "Content-Length: 600000"), new byte[0])
        .expectError(413, "backprop.http.max-json-body");
  }

  @ParameterizedTest
  @CsvSource({
    "GET /v2/models/nobody, 404, nobody",
    "GET /v2/models/nobody/ready, 404, nobody",
    "POST /v2/models/nobody/infer, 404, nobody",
    "GET /v2/models/oip-numbers/versions/99999, 404, version 99999",
    "GET /v2/models/oip-numbers/versions/1.5/ready, 404, version 1.5",
    "POST /v2/models/oip-numbers/versions/x/infer, 404, version x",
    "GET /v2/model/oip-numbers, 404, nothing at",
    "GET /v2/models/oip-numbers/version/1, 404, nothing at",
    "GET /v2/models/oip-numbers/infer, 405, use POST",
    "POST /v2/health/live, 405, use GET",
    "GET /v2/%2e%2e/api, 400, characters"
  })
  void answersWithErrorsOfTheProtocol(String request, int status, String words) {
    wire.send(request, List.of("Content-Length: 0"), new byte[0]).expectError(status, words);
  }

  @Test
  void answersToAllowedHostsOnly() {
    wire.sendTo("evil.example", "GET /v2/health/live", List.of(), new byte[0])
        .expectError(400, "evil.example");
  }

  // ---- words of the protocol ----

  private JsonNode infer(String model, String json) {
    return wire.post("/v2/models/" + model + "/infer", json).expect(200).json();
  }

  private float[] xorByPredict() {
    JsonNode predictions =
        api.post(Api.MODELS + "/oip-numbers/predict", "{\"inputs\": " + nested() + "}")
            .expect(200)
            .json()
            .get("predictions");
    float[] numbers = new float[predictions.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) predictions.get(i).at("/values/y").asDouble();
    }
    return numbers;
  }

  private static String nested() {
    return Arrays.deepToString(ROWS);
  }

  private static String flat() {
    return "[" + nested().replace("[", "").replace("]", "") + "]";
  }

  private static String xor(String datatype, String data) {
    return input("input", datatype, "[5, 2]", "\"data\": " + data);
  }

  private static String input(String name, String datatype, String shape, String rest) {
    return "{\"inputs\": [" + tensor(name, datatype, shape, rest) + "]}";
  }

  private static String binaryInput(String name, String datatype, String shape, int size) {
    return input(name, datatype, shape, "\"parameters\": {\"binary_data_size\": " + size + "}");
  }

  private static String tensor(String name, String datatype, String shape, String rest) {
    return "{\"name\": \"%s\", \"datatype\": \"%s\", \"shape\": %s, %s}"
        .formatted(name, datatype, shape, rest);
  }

  private static float[] floats(JsonNode output) {
    JsonNode data = output.get("data");
    float[] numbers = new float[data.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) data.get(i).asDouble();
    }
    return numbers;
  }

  private static void assertSame(float[] given, float[] expected) {
    assertThat(given).containsExactly(expected, within(1e-6f));
  }

  private static String text(ByteBuffer tensors) {
    byte[] text = new byte[tensors.getInt()];
    tensors.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }
}
