package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.e2e.Api.LongJob;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Jobs that are paused, changed and forked on the way.
@EndToEnd
class SteeringTests {

  private static final int PAUSES = 50;
  private static final String LEARNING_RATE = "/training/optimizer/learningRate";

  private final Api api;

  SteeringTests(Api api) {
    this.api = api;
  }

  private static String spec(int threads, int epochs) {
    return """
    {"name": "paused", "dataset": {"generator": {"type": "circles", "rows": 200, "seed": 3}},
     "network": {"hidden": [{"units": 16, "activation": "tanh", "dropout": 0.1,
                             "normalization": "batch"}]},
     "training": {"epochs": %d, "threads": %d, "optimizer": {"type": "adam"},
                  "schedule": {"type": "reduceOnPlateau", "patience": 50},
                  "earlyStopping": {"patience": 9000000}},
     "validation": {"fraction": 0.2}}"""
        .formatted(epochs, threads);
  }

  private String parametersOf(JsonNode job) {
    JsonNode model = api.get(job.at("/links/model").asString()).expect(200).json();
    return model.at("/lineage/parametersSha256").asString();
  }

  @Test
  void makeTheSameModelHoweverOftenTheyArePaused() {
    String id = api.submit(spec(2, 10_000_000)).get("id").asString();
    String job = Api.JOBS + "/" + id;
    int epoch = 0;
    for (int i = 0; i < PAUSES; i++) {
      int before = epoch;
      api.await(id, j -> j.at("/progress/epoch").asInt() > before);
      String status = api.post(job + "/pause", "").expect(202).json().get("status").asString();
      assertThat(status).isIn("pausing", "paused");
      epoch = awaitPause(id).at("/progress/epoch").asInt();
      api.post(job + "/pause", "").expect(202);
      api.post(job + "/resume", "").expect(202);
    }
    api.post(job + "/pause", "").expect(202);
    int epochs = awaitPause(id).at("/progress/epoch").asInt() + 50;
    api.patch(job, "{\"training\": {\"epochs\": %d}}".formatted(epochs)).expect(200);
    api.post(job + "/resume", "").expect(202);
    JsonNode ended = api.await(id, SteeringTests::isEnded);
    assertThat(ended.get("stopReason").asString()).isEqualTo("epochs");
    assertThat(ended.at("/progress/epoch").asInt()).isEqualTo(epochs);
    assertThat(parametersOf(ended)).isEqualTo(parametersOf(api.train(spec(1, epochs))));
    assertThat(api.post(job + "/pause", "").expect(202).json()).isEqualTo(ended);
    assertThat(api.post(job + "/resume", "").expect(202).json()).isEqualTo(ended);
  }

  private JsonNode awaitPause(String id) {
    return api.await(id, job -> job.get("status").asString().equals("paused"));
  }

  private static boolean isEnded(JsonNode job) {
    return !job.get("finishedAt").isNull();
  }

  @Test
  void giveTheirWorkerToOthersAndEndWithAModel() {
    try (LongJob running = api.startLongJob("aside").awaitFirstEpoch()) {
      String job = Api.JOBS + "/" + running.id();
      api.post(job + "/pause", "").expect(202);
      JsonNode paused = api.await(running.id(), j -> j.get("status").asString().equals("paused"));
      assertThat(paused.get("estimatedFinish").isNull()).isTrue();
      api.train(
          """
          {"name": "other", "dataset": {"generator": {"type": "xor", "rows": 20}},
           "training": {"epochs": 3}}""");
      Reply conflict = api.delete(job).expect(409);
      assertThat(conflict.json().get("detail").asString()).contains("is paused");
      running.cancel().expect(202);
      JsonNode ended = running.awaitEnd();
      assertThat(ended.get("status").asString()).isEqualTo("cancelled");
      assertThat(ended.get("stopReason").asString()).isEqualTo("cancelled");
      assertThat(ended.at("/model/name").asString()).isEqualTo("aside");
    }
  }

  @Test
  void takeANewLearningRateOnTheWay() {
    try (LongJob running = api.startLongJob("changed").awaitFirstEpoch()) {
      String job = Api.JOBS + "/" + running.id();
      String patch = "{\"training\": {\"optimizer\": {\"learningRate\": 0.004}}}";
      Reply changed =
          api.patch(job, patch, "Content-Type", "application/merge-patch+json").expect(200);
      assertThat(changed.header("ETag")).startsWith("\"" + running.id());
      assertThat(changed.json().at("/spec" + LEARNING_RATE).asDouble()).isEqualTo(0.004);
      int from = changed.json().at("/changes/0/epoch").asInt();
      assertThat(changed.json().at("/changes/0/patch").toString())
          .isEqualTo(patch.replace(" ", ""));
      api.await(running.id(), j -> j.at("/progress/epoch").asInt() > from);

      api.post(job + "/pause", "").expect(202);
      api.await(running.id(), j -> j.get("status").asString().equals("paused"));
      String tag = api.get(job).header("ETag");
      api.patch(job, "{\"training\": {\"epochs\": 9999999}}", "If-Match", "\"stale\"").expect(412);
      String next =
          api.patch(job, "{\"training\": {\"epochs\": 9999999}}", "If-Match", tag)
              .expect(200)
              .header("ETag");
      assertThat(api.get(job, "If-None-Match", next).status()).isEqualTo(304);
      assertThat(api.get(job).json().at("/progress/epochs").asInt()).isEqualTo(9_999_999);

      JsonNode curve = api.get(job + "/loss?maxPoints=100000").expect(200).json();
      List<Integer> odd = new ArrayList<>();
      for (int i = 0; i < curve.get("epoch").size(); i++) {
        double rate = curve.get("learningRate").get(i).asDouble();
        if (rate != (curve.get("epoch").get(i).asInt() < from ? 0.001 : 0.004)) {
          odd.add(i);
        }
      }
      assertThat(odd).isEmpty();
      assertThat(curve.get("learningRate").get(curve.get("learningRate").size() - 1).asDouble())
          .isEqualTo(0.004);

      running.cancel();
      JsonNode model = api.get(running.awaitEnd().at("/links/model").asString()).json();
      assertThat(model.at("/lineage/changes/0/epoch").asInt()).isEqualTo(from);
      assertThat(model.at("/spec" + LEARNING_RATE).asDouble()).isEqualTo(0.001);
    }
  }

  @Test
  void sayAllThatIsWrongWithAChange() {
    try (LongJob running = api.startLongJob("unchanged").awaitFirstEpoch()) {
      String job = Api.JOBS + "/" + running.id();
      Reply reply =
          api.patch(
                  job,
                  """
                  {"name": "x", "training": {"epochs": 0, "batchSize": 8,
                   "earlyStopping": {"patience": -1}}}""")
              .expect(400);
      List<String> pointers = new ArrayList<>();
      reply.json().get("errors").forEach(error -> pointers.add(error.get("pointer").asString()));
      assertThat(pointers)
          .containsExactlyInAnyOrder(
              "#/name",
              "#/training/batchSize",
              "#/training/epochs",
              "#/training/earlyStopping/patience");
      assertThat(api.job(running.id()).has("changes")).isFalse();
    }
  }

  @Test
  void areForkedWhileTheyTrain() {
    try (LongJob running = api.startLongJob("stem").awaitFirstEpoch()) {
      String job = Api.JOBS + "/" + running.id();
      Reply forked =
          api.post(
                  job + "/fork",
                  "{\"name\": \"branch\", \"training\": {\"epochs\": 20, \"batchSize\": 100}}")
              .expect(202);
      assertThat(forked.header("Retry-After")).isEqualTo("1");
      String id = forked.json().get("id").asString();
      assertThat(forked.header("Location")).isEqualTo(Api.JOBS + "/" + id);
      assertThat(forked.json().at("/parent/job").asString()).isEqualTo(running.id());
      assertThat(forked.json().get("dataset")).isEqualTo(api.get(job).json().get("dataset"));
      running.cancel();
      running.awaitEnd();
      JsonNode ended = api.await(id, SteeringTests::isEnded);
      assertThat(ended.get("status").asString()).isEqualTo("succeeded");
      JsonNode model = api.get(ended.at("/links/model").asString()).expect(200).json();
      assertThat(model.at("/lineage/parent/job").asString()).isEqualTo(running.id());
      assertThat(model.at("/lineage/parent/epoch").asInt()).isPositive();
      assertThat(model.at("/lineage/parent").has("model")).isFalse();
    }
  }
}
