package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Names for versions, and what they demand.
@EndToEnd
class AliasesTests {

  private static final String PREDICT = "{\"inputs\": [[0]]}";

  private final Api api;

  AliasesTests(Api api) {
    this.api = api;
  }

  /// Trains the next version of a model, which predicts a constant for every row.
  static JsonNode trainConstant(Api api, String name, int constant) {
    return api.train(
        """
        {"name": "%s", "dataset": {"inputs": [[0], [1]], "targets": [[%d], [%d]]},
         "preprocessing": {"standardizeTargets": false},
         "network": {"hidden": [],
                     "initialParameters": [{"weights": [[0]], "biases": [%d]}]},
         "training": {"epochs": 1}}"""
            .formatted(name, constant, constant, constant));
  }

  private Reply put(String path, String body, String... headers) {
    return api.put(Api.MODELS + path, body, headers);
  }

  @Test
  void standForVersionsInEveryAddress() {
    trainConstant(api, "aliased", 1);
    trainConstant(api, "aliased", 2);
    assertAnswers("/aliased", 2);

    Reply made = put("/aliased/aliases/champion", "{\"version\": 1}").expect(201);
    assertThat(made.header("Location")).isEqualTo("/api/v1/models/aliased/aliases/champion");
    put("/aliased/aliases/next", "{\"version\": 2}").expect(201);

    assertAnswers("/aliased", 1);
    assertAnswers("/aliased/versions/champion", 1);
    assertAnswers("/aliased/versions/next", 2);
    assertAnswers("/aliased/versions/newest", 2);
    assertAnswers("/aliased/versions/2", 2);
    api.get(Api.MODELS + "/aliased/versions/other").expect(404);

    assertThat(infer("/v2/models/aliased")).isEqualTo("1");
    assertThat(infer("/v2/models/aliased/versions/next")).isEqualTo("2");
    api.get("/v2/models/aliased/versions/next/ready").expect(200);
    api.get("/v2/models/aliased/versions/other/ready").expect(404);

    JsonNode further =
        api.train(
            """
            {"dataset": {"inputs": [[0], [1]], "targets": [[1], [1]]},
             "warmStart": {"model": "aliased"}, "training": {"epochs": 1}}""");
    assertThat(further.at("/spec/warmStart/version").asInt()).isEqualTo(1);
    assertThat(further.at("/model/version").asInt()).isEqualTo(3);
    assertAnswers("/aliased", 1);
  }

  /// The describing and the predicting of a version, whose constant is its number.
  private void assertAnswers(String path, int version) {
    assertThat(api.get(Api.MODELS + path).expect(200).json().get("version").asInt())
        .isEqualTo(version);
    JsonNode answer = api.post(Api.MODELS + path + "/predict", PREDICT).expect(200).json();
    assertThat(answer.get("version").asInt()).isEqualTo(version);
    assertThat(answer.at("/predictions/0/values/y1").asDouble()).isEqualTo(version);
  }

  private String infer(String path) {
    return api.post(
            path + "/infer",
            """
            {"inputs": [{"name": "input", "datatype": "FP32", "shape": [1, 1], "data": [0]}]}""")
        .expect(200)
        .json()
        .get("model_version")
        .asString();
  }

  @Test
  void rememberTheirVersionsAndKeepThem() {
    trainConstant(api, "remembered", 1);
    trainConstant(api, "remembered", 2);
    put("/remembered/aliases/champion", "{\"version\": 1}").expect(201);
    put("/remembered/aliases/champion", "{\"version\": 2}").expect(200);
    JsonNode alias = api.get(Api.MODELS + "/remembered/aliases/champion").expect(200).json();
    assertThat(alias.at("/history").valueStream().map(past -> past.get("version").asInt()))
        .containsExactly(2, 1);
    assertThat(alias.get("since")).isEqualTo(alias.at("/history/0/since"));
    JsonNode all = api.get(Api.MODELS + "/remembered/aliases").expect(200).json();
    assertThat(all.get("data").size()).isOne();
    assertThat(all.at("/data/0")).isEqualTo(alias);

    Reply refused = api.delete(Api.MODELS + "/remembered/versions/2").expect(409);
    assertThat(refused.json().get("detail").asString())
        .contains("alias 'champion'", "/api/v1/models/remembered/aliases/champion");
    api.delete(Api.MODELS + "/remembered/versions/champion").expect(409);
    api.delete(Api.MODELS + "/remembered/versions/1").expect(204);
    api.delete(Api.MODELS + "/remembered/aliases/champion").expect(204);
    api.delete(Api.MODELS + "/remembered/aliases/champion").expect(404);
    api.delete(Api.MODELS + "/remembered/versions/2").expect(204);
    api.get(Api.MODELS + "/remembered/aliases").expect(404);
  }

  @Test
  void changeOnlyForThoseWhoKnowThem() {
    trainConstant(api, "tagged", 1);
    trainConstant(api, "tagged", 2);
    String path = "/tagged/aliases/stable";
    put(path, "{\"version\": 1}", "If-Match", "*").expect(412);
    String first = put(path, "{\"version\": 1}", "If-None-Match", "*").expect(201).header("ETag");
    Reply again = put(path, "{\"version\": 2}", "If-None-Match", "*").expect(412);
    assertThat(again.json().get("type").asString()).isEqualTo("/problems/precondition-failed");

    String second = put(path, "{\"version\": 2}", "If-Match", first).expect(200).header("ETag");
    assertThat(put(path, "{\"version\": 1}", "If-Match", first).expect(412).body())
        .contains(second.replace("\"", "\\\""));
    put(path, "{\"version\": 1}", "If-Match", "W/" + second).expect(412);
    assertThat(api.get(Api.MODELS + path).expect(200).header("ETag")).isEqualTo(second);
    api.get(Api.MODELS + path, "If-None-Match", second).expect(304);
    api.send("DELETE", Api.MODELS + path, "If-Match", first).expect(412);
    put(path, "{\"version\": 1}", "If-Match", first + ", " + second).expect(200);
    api.send("DELETE", Api.MODELS + path, "If-Match", "*").expect(204);
  }

  /// The constant 2 on the targets 1, 2, 3 and 6: the errors are 1, 0, 1 and 4; the mean of the
  /// targets is 3 and their squares about it are 4, 1, 0 and 9.
  @Test
  void letVersionsThroughThatPassTheirGates() {
    String dataset = api.upload("gate", "x1,y1\n0,1\n0,2\n0,3\n0,6\n");
    trainConstant(api, "gated", 1);
    trainConstant(api, "gated", 2);
    trainConstant(api, "gated", 3);
    JsonNode measured =
        api.post(
                Api.MODELS + "/gated/versions/2/evaluate",
                "{\"dataset\": {\"id\": \"%s\"}}".formatted(dataset))
            .expect(200)
            .json();
    assertThat(measured.at("/metrics/mae").asDouble()).isCloseTo(6 / 4.0, within(1e-6));
    assertThat(measured.at("/metrics/rmse").asDouble())
        .isCloseTo(Math.sqrt(18 / 4.0), within(1e-6));
    assertThat(measured.at("/metrics/r2").asDouble()).isCloseTo(1 - 18 / 14.0, within(1e-6));

    String path = "/gated/aliases/champion";
    String gate =
        "\"gate\": {\"dataset\": \"%s\", \"metric\": \"mae\", \"atMost\": 1.5}".formatted(dataset);
    Reply refused = put(path, "{\"version\": 1, " + gate + "}").expect(409);
    assertThat(refused.json().get("type").asString()).isEqualTo("/problems/gate-not-passed");
    assertThat(refused.json().get("detail").asString())
        .contains("The mae of version 1 is 2.0; the gate demands mae of at most 1.5");
    api.get(Api.MODELS + path).expect(404);

    JsonNode made = put(path, "{\"version\": 2, " + gate + "}").expect(201).json();
    assertThat(made.at("/gate/atMost").asDouble()).isEqualTo(1.5);
    put(path, "{\"version\": 1}").expect(409);
    assertThat(put(path, "{\"version\": 3}").expect(200).json().at("/gate/metric").asString())
        .as("the gate stays")
        .isEqualTo("mae");

    api.delete(Api.DATASETS + "/" + dataset).expect(204);
    assertThat(put(path, "{\"version\": 2}").expect(422).body())
        .contains("#/gate/dataset", "set another gate, or DELETE this one");
    api.delete(Api.MODELS + path + "/gate").expect(204);
    api.delete(Api.MODELS + path + "/gate").expect(404);
    assertThat(put(path, "{\"version\": 1}").expect(200).json().has("gate")).isFalse();
  }
}
