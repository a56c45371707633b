package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// How predictions are told: what a query asks for, and the headers of every answer.
@EndToEnd
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PredictAnswersTests {

  private static final String ROWS = "{\"inputs\": [[1, \"red\"], [3, \"blue\"], [5, \"blue\"]]}";
  private static final String CSV_ROWS = "size,color\n1,red\n3,blue\n5,blue\n";
  private static final String NDJSON_ROWS = "[1, \"red\"]\n[3, \"blue\"]\n[5, \"blue\"]\n";

  private final Api api;
  private String dataset = "";
  private String fruit = "";
  private String number = "";
  private String either = "";

  PredictAnswersTests(Api api) {
    this.api = api;
  }

  @BeforeAll
  void train() {
    StringBuilder rows = new StringBuilder("size,color,kind\n");
    for (int i = 0; i < 60; i++) {
      rows.append(i / 10.0).append(i % 3 == 0 ? ",red," : ",blue,");
      rows.append(i < 20 ? "plum" : i < 40 ? "apple" : "melon").append('\n');
    }
    dataset = api.upload("answers", rows.toString());
    fruit = trainOn("answers", "\"targets\": [\"kind\"]");
    number = trainOn("answers-number", "\"features\": [\"color\"], \"targets\": [\"size\"]");
    either = trainOn("answers-either", "\"features\": [\"size\"], \"targets\": [\"color\"]");
  }

  private String trainOn(String name, String columns) {
    return api.train(
            """
            {"name": "%s", "dataset": {"id": "%s"}, %s,
             "network": {"hidden": [], "output": {"activation": %s}},
             "training": {"epochs": 30}}"""
                .formatted(
                    name,
                    dataset,
                    columns,
                    name.endsWith("number")
                        ? "\"linear\""
                        : name.endsWith("either") ? "\"sigmoid\"" : "\"softmax\""))
        .at("/links/predict")
        .asString();
  }

  @Test
  void nameTheMostProbableClassesInEachForm() {
    JsonNode all = api.post(fruit, ROWS).expect(200).json().get("predictions");
    JsonNode top = api.post(fruit + "?topK=2", ROWS).expect(200).json().get("predictions");
    String csv = api.postCsv(fruit + "?topK=2", CSV_ROWS).expect(200).body();
    List<String> ndjson =
        api.post(fruit + "?topK=2", NDJSON_ROWS, "Content-Type", "application/x-ndjson")
            .expect(200)
            .body()
            .lines()
            .toList();
    assertThat(csv.lines().findFirst())
        .hasValue("label,top_1,probability_1,top_2,probability_2,flags,error");
    for (int row = 0; row < 3; row++) {
      JsonNode prediction = top.get(row);
      assertThat(prediction.has("probabilities")).isFalse();
      assertThat(prediction.get("top").size()).isEqualTo(2);
      JsonNode first = prediction.at("/top/0");
      JsonNode second = prediction.at("/top/1");
      JsonNode probabilities = all.get(row).get("probabilities");
      assertThat(probabilities.get(first.get("label").asString()))
          .isEqualTo(first.get("probability"));
      assertThat(probabilities.get(second.get("label").asString()))
          .isEqualTo(second.get("probability"));
      double rest = 1 - first.get("probability").asDouble() - second.get("probability").asDouble();
      assertThat(second.get("probability").asDouble()).isGreaterThan(rest);
      assertThat(first.get("probability").asDouble())
          .isGreaterThan(second.get("probability").asDouble());
      assertThat(JsonMapper.shared().readTree(ndjson.get(row))).isEqualTo(prediction);
      assertThat(csv.lines().skip(row + 1).findFirst().orElse(""))
          .startsWith(
              "%s,%s,%s,%s,%s,"
                  .formatted(
                      prediction.get("label").asString(),
                      first.get("label").asString(),
                      first.get("probability").asString(),
                      second.get("label").asString(),
                      second.get("probability").asString()));
    }
  }

  @Test
  void decideByTheThreshold() {
    String rows = "{\"inputs\": [[0.5], [2.5], [5.5]]}";
    JsonNode predictions = api.post(either, rows).expect(200).json().get("predictions");
    // the labels are blue and red
    double highest = 0;
    for (JsonNode prediction : predictions) {
      highest = Math.max(highest, prediction.at("/probabilities/red").asDouble());
    }
    assertThat(labels(either + "?threshold=0", rows)).containsExactly("red", "red", "red");
    assertThat(labels(either + "?threshold=" + Math.min(1, highest + 1e-3), rows))
        .containsExactly("blue", "blue", "blue");
  }

  private List<String> labels(String path, String rows) {
    return api.post(path, rows)
        .expect(200)
        .json()
        .get("predictions")
        .valueStream()
        .map(prediction -> prediction.get("label").asString())
        .toList();
  }

  @Test
  void refuseWhatTheModelCannotDoInEachForm() {
    assertRefused(number + "?topK=2", "#/topK");
    assertRefused(number + "?threshold=0.4", "#/threshold");
    assertRefused(fruit + "?threshold=0.4", "#/threshold");
  }

  private void assertRefused(String path, String pointer) {
    for (String type : List.of("application/json", "text/csv", "application/x-ndjson")) {
      JsonNode problem = api.post(path, ROWS, "Content-Type", type).expect(422).json();
      assertThat(problem.get("type").asString()).isEqualTo("/problems/invalid-specification");
      assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo(pointer);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, application/json",
    "application/json, text/csv",
    "text/csv, text/csv",
    "application/x-ndjson, application/x-ndjson"
  })
  void nameTheVersionThatAnswered(String type, String accepted) {
    String body =
        switch (type) {
          case "text/csv" -> CSV_ROWS;
          case "application/x-ndjson" -> NDJSON_ROWS;
          default -> ROWS;
        };
    String any = fruit.replaceAll("/versions/\\d+/predict$", "");
    String[] headers = {"Content-Type", type, "Accept", accepted};
    Reply before = api.post(any + "/predict", body, headers).expect(200);
    String etag = before.header("ETag");
    assertThat(etag).matches("W/\"[0-9a-f]{64}-[0-9]+\"");
    assertThat("W/" + api.get(any).expect(200).header("ETag")).isEqualTo(etag);
    api.get(any, "If-None-Match", etag).expect(304);
    assertThat(api.post(any + "/predict", body, headers).header("ETag")).isEqualTo(etag);

    trainOn("answers", "\"targets\": [\"kind\"]"); // to the same parameters
    Reply after = api.post(any + "/predict", body, headers).expect(200);
    assertThat(after.header("ETag")).isNotEqualTo(etag);
    assertThat(Integer.parseInt(after.header("Model-Version")))
        .isEqualTo(1 + Integer.parseInt(before.header("Model-Version")));
    api.get(any, "If-None-Match", etag).expect(200);
    assertThat(api.post(fruit, body, headers).header("ETag"))
        .as("of the version that is named")
        .endsWith("-" + fruit.replaceAll(".*/versions/(\\d+)/.*", "$1") + "\"");
  }

  @Test
  void areCompressedForThoseWhoTakeIt() {
    Reply reply =
        api.postCsv(fruit, "size,color\n" + "1,red\n".repeat(1000), "Accept-Encoding", "gzip");
    assertThat(reply.expect(200).header("Content-Encoding")).isEqualTo("gzip");
  }

  @Test
  void haveTheIdOfTheRequest() {
    for (Reply reply :
        List.of(
            api.post(fruit, ROWS, "Request-Id", "order-17").expect(200),
            api.postCsv(fruit, CSV_ROWS, "Request-Id", "order-17").expect(200),
            api.post(fruit + "?topK=0", ROWS, "X-Request-Id", "order-17").expect(400),
            api.get("/api/v1/nothing", "Request-Id", "order-17").expect(404),
            api.get("/v2", "Request-Id", "order-17").expect(200),
            api.get("/v2/models/nobody", "Request-Id", "order-17").expect(404))) {
      assertThat(reply.header("Request-Id")).isEqualTo("order-17");
    }
    assertThat(api.get("/api/v1/jobs").header("Request-Id")).startsWith("req_");
    assertThat(
            api.raw(
                String.join(
                    "\r\n",
                    "GET /api/v1/jobs HTTP/1.1",
                    "Host: elsewhere",
                    "Request-Id: order-18",
                    "Connection: close",
                    "",
                    "")))
        .contains(" 400 ", "/problems/host-not-allowed", "Request-Id: order-18");
  }
}
