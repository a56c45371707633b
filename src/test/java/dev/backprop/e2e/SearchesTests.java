package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.e2e.Api.LongJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Searches for good settings.
@EndToEnd
class SearchesTests {

  private static final String SEARCHES = "/api/v1/searches";

  private static final String SPIRALS =
      """
      "dataset": {"generator": {"type": "spirals", "rows": 120, "noise": 0.05, "seed": 3}},
      "validation": {"fraction": 0.25}""";

  private static final String RATES =
      """
      "/training/optimizer": {"type": "choice", "values": [{"type": "adam"}, {"type": "sgd", "momentum": 0.9}]},
      "/training/optimizer/learningRate": {"type": "logUniform", "min": 0.001, "max": 0.1},
      "/training/batchSize": {"type": "integer", "min": 8, "max": 64}""";

  private final Api api;

  SearchesTests(Api api) {
    this.api = api;
  }

  private JsonNode search(String body) {
    JsonNode search = api.post(SEARCHES, body, "Prefer", "wait=60").expect(200).json();
    assertThat(search.get("status").asString()).as(search.toString()).isEqualTo("succeeded");
    return search;
  }

  private static double validationLoss(Api api, JsonNode job) {
    return api.get(job.at("/links/model").asString())
        .expect(200)
        .json()
        .at("/metrics/validationLoss")
        .asDouble();
  }

  @Test
  void rankAGridAsTheSameJobsOneByOne() {
    JsonNode search =
        search(
            """
            {"name": "grid", "job": {%s, "training": {"epochs": 20}},
             "space": {"/network/hidden/0/activation": {"type": "choice", "values": ["relu", "tanh"]},
                       "/network/hidden/0/units": {"type": "choice", "values": [4, 8, 16]}},
             "strategy": {"type": "grid"}}"""
                .formatted(SPIRALS));
    assertThat(search.get("trials").size()).isEqualTo(6);
    List<Double> alone = new ArrayList<>();
    for (String activation : List.of("relu", "tanh")) {
      for (int units : new int[] {4, 8, 16}) {
        JsonNode job =
            api.train(
                """
                {"name": "alone", %s, "training": {"epochs": 20},
                 "network": {"hidden": [{"units": %d, "activation": "%s"}]}}"""
                    .formatted(SPIRALS, units, activation));
        alone.add(validationLoss(api, job));
      }
    }
    for (JsonNode trial : search.get("trials")) {
      assertThat(trial.get("value").asDouble())
          .isEqualTo(alone.get(trial.get("trial").asInt() - 1));
    }
    assertThat(values(search)).isEqualTo(alone.stream().sorted().toList());

    JsonNode model = api.get(search.at("/links/model").asString()).expect(200).json();
    assertThat(model.at("/metrics/validationLoss").asDouble())
        .isEqualTo(alone.stream().min(Comparator.naturalOrder()).orElseThrow());
    assertThat("/api/v1/jobs/" + model.at("/lineage/job").asString())
        .isEqualTo(search.at("/best/job").asString());
    assertThat(api.get(Api.MODELS + "/grid/versions").expect(200).json().get("data").size())
        .isEqualTo(1);
    api.post(search.at("/links/predict").asString(), "{\"inputs\": [[0, 0]]}").expect(200);
  }

  private static List<Double> values(JsonNode search) {
    return search.get("trials").valueStream().map(trial -> trial.get("value").asDouble()).toList();
  }

  @Test
  void drawTheSamePointsForTheSameSeed() {
    String body =
        """
        {"name": "random", "job": {%s, "training": {"epochs": 3}}, "space": {%s},
         "budget": {"trials": %d}, "seed": %d, "metric": "validationAccuracy"}""";
    JsonNode three = search(body.formatted(SPIRALS, RATES, 3, 7));
    JsonNode five = search(body.formatted(SPIRALS, RATES, 5, 7));
    JsonNode other = search(body.formatted(SPIRALS, RATES, 3, 8));
    assertThat(three.get("trials").size()).isEqualTo(3);
    assertThat(five.get("trials").size()).isEqualTo(5);
    for (int number = 1; number <= 3; number++) {
      assertThat(trial(five, number).get("values")).isEqualTo(trial(three, number).get("values"));
      assertThat(trial(five, number).get("value")).isEqualTo(trial(three, number).get("value"));
      assertThat(trial(other, number).get("values"))
          .isNotEqualTo(trial(three, number).get("values"));
    }
    assertThat(three.at("/spec/mode").asString()).isEqualTo("max");
    assertThat(values(three)).isSortedAccordingTo(Comparator.reverseOrder());
  }

  @Test
  void showTheJobWithoutWhatWasLeftOut() {
    JsonNode search =
        search(
            """
            {"name": "shown", "job": {%s, "training": {"epochs": 2}},
             "space": {"/training/l2": {"type": "choice", "values": [0, 0.001]}},
             "budget": {"trials": 1}}"""
                .formatted(SPIRALS));
    JsonNode job = search.at("/spec/job");
    String dataset = job.at("/dataset/id").asString();
    assertThat(dataset).startsWith("ds_");
    assertThat(job.toString())
        .isEqualTo(
            """
            {"dataset":{"id":"%s"},"training":{"epochs":2},"validation":{"fraction":0.25}}"""
                .formatted(dataset));
    String self = search.at("/links/self").asString();
    assertThat(api.get(self).expect(200).json().at("/spec/job")).isEqualTo(job);
    for (JsonNode listed : api.get(SEARCHES).expect(200).json().get("data")) {
      assertThat(listed.at("/spec/job").toString()).doesNotContain("null");
    }
  }

  private static JsonNode trial(JsonNode search, int number) {
    return search
        .get("trials")
        .valueStream()
        .filter(trial -> trial.get("trial").asInt() == number)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void halveFromRungToRung() {
    JsonNode search =
        search(
            """
            {"name": "halving", "job": {%s, "training": {"epochs": 9}}, "space": {%s},
             "strategy": {"type": "successiveHalving", "factor": 3}, "budget": {"trials": 9}}"""
                .formatted(SPIRALS, RATES));
    assertThat(search.get("trials").size()).isEqualTo(9 + 3 + 1);
    for (int rung = 0; rung <= 2; rung++) {
      int k = rung;
      List<JsonNode> trials =
          search
              .get("trials")
              .valueStream()
              .filter(trial -> trial.get("rung").asInt() == k)
              .toList();
      assertThat(trials).hasSize(List.of(9, 3, 1).get(rung));
      for (JsonNode trial : trials) {
        assertThat(trial.get("epochs").asInt()).isEqualTo(List.of(1, 3, 9).get(rung));
        assertThat(api.get(trial.get("job").asString()).json().at("/progress/epochs"))
            .isEqualTo(trial.get("epochs"));
      }
    }
    assertThat(search.at("/best/rung").asInt()).isEqualTo(2);
    assertThat(search.at("/trials/0/rung").asInt()).isEqualTo(2);
  }

  @Test
  void compareByCrossValidation() throws IOException {
    String iris = api.upload("iris", Files.readString(Path.of("examples/iris.csv")));
    JsonNode search =
        search(
            """
            {"job": {"name": "folds", "dataset": {"id": "%s"}, "validation": {"folds": 3}, "training": {"epochs": 5}},
             "space": {"/network/hidden/0/units": {"type": "integer", "min": 2, "max": 12, "steps": 2}},
             "strategy": {"type": "grid"}, "metric": "validationAccuracy"}"""
                .formatted(iris));
    assertThat(search.get("name").asString()).isEqualTo("folds");
    JsonNode model = api.get(search.at("/links/model").asString()).expect(200).json();
    assertThat(search.at("/best/value"))
        .isEqualTo(model.at("/crossValidation/metrics/accuracy/mean"));
  }

  @Test
  void goOnWhenATrialDiverges() {
    JsonNode search =
        search(
            """
            {"name": "diverges", "job": {"dataset": {"generator": {"type": "plane", "rows": 50}},
               "validation": {"fraction": 0.2}, "training": {"epochs": 5, "optimizer": {"type": "sgd"}}},
             "space": {"/training/optimizer/learningRate": {"type": "choice", "values": [1e30, 0.01]}},
             "strategy": {"type": "grid"}}""");
    assertThat(search.at("/progress/failed").asInt()).isEqualTo(1);
    assertThat(search.at("/trials/0/rank").asInt()).isEqualTo(1);
    assertThat(search.at("/trials/0/trial").asInt()).isEqualTo(2);
    assertThat(search.at("/trials/1/status").asString()).isEqualTo("failed");
    assertThat(search.at("/trials/1/value").isNull()).isTrue();
    assertThat(search.at("/trials/1/error").asString()).contains("no longer a finite number");
  }

  private static String endless(String name, int trials) {
    return """
    {"name": "%s", "job": {%s, "training": {"epochs": 10000000}}, "space": {%s},
     "budget": {"trials": %d}}"""
        .formatted(name, SPIRALS, RATES, trials);
  }

  @Test
  void keepTheBestSoFarWhenTheyAreCancelled() {
    Reply accepted = api.post(SEARCHES, endless("cancelled", 50)).expect(202);
    String self = accepted.header("Location");
    assertThat(accepted.header("Retry-After")).isEqualTo("1");
    assertThat(accepted.json().at("/links/self").asString()).isEqualTo(self);
    JsonNode running = await(self, search -> search.get("trials").size() > 0);
    assertThat(running.at("/progress/planned").asInt()).isEqualTo(50);
    assertThat(running.at("/progress/running").asInt()).isEqualTo(1); // as many as workers
    String job = running.at("/trials/0/job").asString();
    Awaitility.await().until(() -> api.get(job).json().at("/progress/epoch").asInt() > 0);
    assertThat(api.delete(self).expect(409).json().get("detail").asString()).contains("/cancel");
    String dataset = Api.DATASETS + "/" + running.at("/spec/job/dataset/id").asString();
    api.delete(dataset).expect(409);

    assertThat(api.post(self + "/cancel", "").expect(202).json().get("status").asString())
        .isIn("cancelling", "cancelled");
    api.post(self + "/cancel", "").expect(202);
    JsonNode ended = await(self, search -> !search.get("finishedAt").isNull());
    assertThat(ended.get("status").asString()).isEqualTo("cancelled");
    assertThat(ended.get("stopReason").asString()).isEqualTo("cancelled");
    assertThat(ended.at("/model/name").asString()).isEqualTo("cancelled");
    assertThat(ended.get("trials").size()).isEqualTo(1);
    assertThat(ended.at("/trials/0/status").asString()).isEqualTo("cancelled");

    Reply again = api.get(self).expect(200);
    api.get(self, "If-None-Match", again.header("ETag")).expect(304);
    JsonNode listed = api.get(SEARCHES).expect(200).json().at("/data/0");
    assertThat(listed.get("id")).isEqualTo(ended.get("id"));
    assertThat(listed.has("trials")).isFalse();
    api.delete(self).expect(204);
    api.delete(self).expect(404);
    api.get(self).expect(404);
    api.post(self + "/cancel", "").expect(404);
    Awaitility.await().until(() -> api.delete(dataset).status() == 204);
  }

  private JsonNode await(String self, Predicate<JsonNode> wanted) {
    return Awaitility.await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofSeconds(60))
        .until(() -> api.get(self).expect(200).json(), wanted);
  }

  @Test
  void endWhenTheirTimeIsOver() {
    JsonNode search =
        api.post(
                SEARCHES,
                endless("hurried", 50).replace("\"budget\": {", "\"budget\": {\"seconds\": 0.5, "),
                "Prefer",
                "wait=60")
            .expect(200)
            .json();
    assertThat(search.get("status").asString()).isEqualTo("succeeded");
    assertThat(search.get("stopReason").asString()).isEqualTo("timeLimit");
    assertThat(search.at("/model/name").asString()).isEqualTo("hurried");
  }

  /// One that waits in the queue is taken out of it.
  @Test
  void waitTheirTurnAmongAllJobs() {
    try (LongJob _ = api.startLongJob("blocker").awaitFirstEpoch()) {
      String self = api.post(SEARCHES, endless("behind", 50)).expect(202).header("Location");
      JsonNode waiting = await(self, search -> search.get("trials").size() > 0);
      assertThat(waiting.at("/trials/0/status").asString()).isEqualTo("queued");
      api.post(self + "/cancel", "").expect(202);
      JsonNode ended = await(self, search -> !search.get("finishedAt").isNull());
      assertThat(ended.get("status").asString()).isEqualTo("cancelled");
      assertThat(ended.get("model").isNull()).isTrue();
    }
  }

  @Test
  void beginOnceForOneIdempotencyKey() {
    String key = "\"" + UUID.randomUUID() + '"';
    String body =
        """
        {"name": "keyed", "job": {%s, "training": {"epochs": 1}}, "space": {%s}, "budget": {"trials": 1}}"""
            .formatted(SPIRALS, RATES);
    Reply first = api.post(SEARCHES, body, "Idempotency-Key", key).expect(202);
    Reply second = api.post(SEARCHES, body, "Idempotency-Key", key).expect(202);
    assertThat(second.body()).isEqualTo(first.body());
    await(first.header("Location"), search -> !search.get("finishedAt").isNull());
  }
}
