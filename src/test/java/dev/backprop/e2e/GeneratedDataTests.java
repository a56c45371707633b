package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What networks make of points that they have never seen: those of the same formula from another
/// seed.
@EndToEnd
class GeneratedDataTests {

  private static final int HELD_OUT = 1000;

  private final Api api;

  GeneratedDataTests(Api api) {
    this.api = api;
  }

  @ParameterizedTest
  @CsvSource({"circles, 40", "moons, 60", "spirals, 150"})
  void tellsClassesApart(String type, int epochs) {
    JsonNode job =
        api.train(
            """
            {"name": "generated-%s",
             "dataset": {"generator": {"type": "%s", "rows": 1000, "noise": 0.1, "seed": 1}},
             "network": {"hidden": [{"units": 32}, {"units": 32}]},
             "training": {"epochs": %d, "batchSize": 32, "seed": 1,
                          "optimizer": {"type": "adam", "learningRate": 0.005}}}"""
                .formatted(type, type, epochs));
    List<JsonNode> rows = heldOut(type, 0.1);
    JsonNode predictions = predict(job, rows);
    long right =
        IntStream.range(0, HELD_OUT)
            .filter(i -> predictions.get(i).get("label").equals(rows.get(i).get("y")))
            .count();
    assertThat((double) right / HELD_OUT).isGreaterThanOrEqualTo(0.99);
  }

  @Test
  void findsAPlaneUnderNoise() {
    double noise = 0.2;
    JsonNode job =
        api.train(
            """
            {"name": "generated-plane",
             "dataset": {"generator": {"type": "plane", "rows": 1000, "noise": 0.2, "seed": 1}},
             "network": {"hidden": [{"units": 8, "activation": "tanh"}]},
             "training": {"epochs": 40, "batchSize": 32, "seed": 1,
                          "optimizer": {"type": "adam", "learningRate": 0.005}}}""");
    List<JsonNode> rows = heldOut("plane", noise);
    JsonNode predictions = predict(job, rows);
    double square =
        IntStream.range(0, HELD_OUT)
            .mapToDouble(
                i ->
                    predictions.get(i).at("/values/y").asDouble() - rows.get(i).get("y").asDouble())
            .map(error -> error * error)
            .average()
            .orElseThrow();
    // no model comes below the noise but by the luck of 1,000 draws, whose error is 2 %
    assertThat(Math.sqrt(square)).isBetween(0.93 * noise, 1.05 * noise);
  }

  private List<JsonNode> heldOut(String type, double noise) {
    String dataset =
        api.post(
                Api.DATASETS,
                """
                {"generator": {"type": "%s", "rows": %d, "noise": %s, "seed": 2}}"""
                    .formatted(type, HELD_OUT, noise))
            .expect(201)
            .header("Location");
    List<JsonNode> rows = new ArrayList<>();
    String after = "";
    while (rows.size() < HELD_OUT) {
      JsonNode page = api.get(dataset + "/rows?limit=100" + after).expect(200).json();
      page.get("data").forEach(rows::add);
      after = "&after=" + page.get("next").asString("");
    }
    return rows;
  }

  private JsonNode predict(JsonNode job, List<JsonNode> rows) {
    ObjectNode request = JsonMapper.shared().createObjectNode();
    ArrayNode inputs = request.putArray("rows");
    for (JsonNode row : rows) {
      inputs.addObject().set("x1", row.get("x1")).set("x2", row.get("x2"));
    }
    JsonNode predictions =
        api.post(job.at("/links/predict").asString(), request.toString())
            .expect(200)
            .json()
            .get("predictions");
    assertThat(predictions.size()).isEqualTo(HELD_OUT);
    return predictions;
  }
}
