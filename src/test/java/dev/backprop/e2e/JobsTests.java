package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.e2e.Api.LongJob;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The life of a job: waiting, training, ending, being forgotten.
@EndToEnd
class JobsTests {

  private static final String DATA =
      "\"dataset\": {\"generator\": {\"type\": \"xor\", \"rows\": 40, \"noise\": 0.1}}";

  private final Api api;

  JobsTests(Api api) {
    this.api = api;
  }

  @Test
  void areAcceptedAtOnceWithTheirAddress() {
    Reply reply = api.post(Api.JOBS, "{%s}".formatted(DATA)).expect(202);
    JsonNode job = reply.json();
    assertThat(reply.header("Location")).isEqualTo(Api.JOBS + "/" + job.get("id").asString());
    assertThat(reply.header("Retry-After")).isEqualTo("1");
    assertThat(reply.optionalHeader("Preference-Applied")).isEmpty();
    JsonNode ended = api.await(job.get("id").asString(), j -> !j.get("finishedAt").isNull());
    assertThat(ended.get("status").asString()).isEqualTo("succeeded");
    assertThat(ended.get("stopReason").asString()).isEqualTo("epochs");
  }

  @Test
  void areFinishedInTheReplyToACallerWhoWaits() {
    Reply reply = api.post(Api.JOBS, "{%s}".formatted(DATA), "Prefer", "wait=30").expect(200);
    assertThat(reply.header("Preference-Applied")).isEqualTo("wait=30");
    assertThat(reply.header("Location")).isEqualTo(reply.json().at("/links/self").asString());
    assertThat(reply.optionalHeader("Retry-After")).isEmpty();
    assertThat(reply.json().get("status").asString()).isEqualTo("succeeded");
    assertThat(reply.json().at("/progress/fraction").asDouble()).isEqualTo(1);
  }

  @Test
  void showEveryDefaultThatWasFilledIn() {
    JsonNode spec = api.train("{\"name\": \"defaults\", %s}".formatted(DATA)).get("spec");
    assertThat(spec.at("/features").toString()).isEqualTo("[\"x1\",\"x2\"]");
    assertThat(spec.at("/targets").toString()).isEqualTo("[\"y\"]");
    assertThat(spec.at("/task").asString()).isEqualTo("regression");
    assertThat(spec.at("/preprocessing/standardize").asBoolean()).isTrue();
    assertThat(spec.at("/network/hidden").toString())
        .isEqualTo(
            "[{\"units\":32,\"activation\":\"relu\",\"dropout\":0.0,\"normalization\":\"none\"}]");
    assertThat(spec.at("/network/output/activation").asString()).isEqualTo("linear");
    assertThat(spec.at("/network/initializer/type").asString()).isEqualTo("heUniform");
    assertThat(spec.at("/training/loss").asString()).isEqualTo("meanSquaredError");
    assertThat(spec.at("/training/optimizer/type").asString()).isEqualTo("adam");
    assertThat(spec.at("/training/optimizer/learningRate").asDouble()).isEqualTo(0.001);
    assertThat(spec.at("/training/epochs").asInt()).isEqualTo(200);
    assertThat(spec.at("/training/batchSize").asInt()).isEqualTo(32);
    assertThat(spec.at("/training/seed").asInt()).isEqualTo(42);
    assertThat(spec.at("/training/threads").asInt()).isEqualTo(1);
  }

  @Test
  void thatTheServerEchoesTrainAgainToTheSameParameters() {
    JsonNode first = api.train("{\"name\": \"echo\", %s}".formatted(DATA));
    JsonNode second = api.train(first.get("spec").toString());
    assertThat(second.get("spec")).isEqualTo(first.get("spec"));
    assertThat(parametersHash(second)).isEqualTo(parametersHash(first));
    assertThat(second.at("/model/version").asInt())
        .isEqualTo(first.at("/model/version").asInt() + 1);
  }

  /// 150,000 parameters and batches of 64 rows: shared products, and shared steps of the optimizer.
  @Test
  void comeToTheSameParametersOnAnyNumberOfThreads() {
    String spec =
        """
        {"name": "threads", "dataset": {"generator": {"type": "xor", "rows": 150, "noise": 0.2}},
          "network": {"hidden": [{"units": 384, "dropout": 0.1}, {"units": 384}]},
          "training": {"epochs": 3, "batchSize": 64, "threads": %d}}
        """;
    JsonNode one = api.train(spec.formatted(1));
    JsonNode two = api.train(spec.formatted(2));
    assertThat(two.at("/spec/training/threads").asInt()).isEqualTo(2);
    assertThat(parametersHash(two)).isEqualTo(parametersHash(one));
    assertThat(two.get("best")).isEqualTo(one.get("best"));
  }

  private String parametersHash(JsonNode job) {
    JsonNode model = api.get(job.at("/links/model").asString()).expect(200).json();
    return model.at("/lineage/parametersSha256").asString();
  }

  @Test
  void thatAreCancelledAnswerAtOnceAndKeepWhatTheyHaveLearned() {
    try (LongJob job = api.startLongJob("cancelled").awaitFirstEpoch()) {
      JsonNode cancelled = job.cancel().expect(202).json();
      assertThat(cancelled.get("status").asString()).isIn("cancelling", "cancelled");

      JsonNode ended = job.awaitEnd();
      assertThat(ended.get("status").asString()).isEqualTo("cancelled");
      assertThat(ended.get("stopReason").asString()).isEqualTo("cancelled");
      assertThat(ended.at("/model/name").asString()).isEqualTo("cancelled");
      JsonNode predictions =
          api.post(ended.at("/links/predict").asString(), "{\"inputs\": [[0, 1]]}")
              .expect(200)
              .json();
      assertThat(predictions.at("/predictions/0/values/y").isNumber()).isTrue();

      assertThat(job.cancel().expect(202).json()).isEqualTo(ended);
    }
  }

  @Test
  void inTheQueueKnowTheirPlaceAndAreCancelledWithoutAModel() {
    try (LongJob _ = api.startLongJob("blocker").awaitFirstEpoch();
        LongJob first = api.startLongJob("first");
        LongJob second = api.startLongJob("second")) {
      assertThat(api.job(first.id()).get("queuePosition").asInt()).isEqualTo(1);
      assertThat(api.job(second.id()).get("queuePosition").asInt()).isEqualTo(2);
      JsonNode cancelled = first.cancel().expect(202).json();
      assertThat(cancelled.get("status").asString()).isEqualTo("cancelled");
      assertThat(cancelled.get("model").isNull()).isTrue();
      assertThat(cancelled.get("startedAt").isNull()).isTrue();
      JsonNode waiting = api.job(second.id());
      assertThat(waiting.get("status").asString()).isEqualTo("queued");
      assertThat(waiting.get("queuePosition").asInt()).isEqualTo(1);
    }
  }

  @Test
  void thatTrainSayWhenTheyExpectToEnd() {
    try (LongJob job = api.startLongJob("estimated").awaitFirstEpoch()) {
      Reply reply = api.get(Api.JOBS + "/" + job.id()).expect(200);
      JsonNode running = reply.json();
      assertThat(reply.header("Retry-After")).isEqualTo("1");
      assertThat(running.get("status").asString()).isEqualTo("running");
      assertThat(running.get("queuePosition").isNull()).isTrue();
      assertThat(Instant.parse(running.get("estimatedFinish").asString()))
          .isAfter(Instant.parse(running.get("startedAt").asString()));
      assertThat(running.at("/progress/samplesPerSecond").asDouble()).isPositive();
      assertThat(running.at("/latest/trainingLoss").asDouble()).isPositive();
      assertThat(running.get("finishedAt").isNull()).isTrue();
    }
  }

  @Test
  void thatOutliveTheirCallersPatienceAreAccepted() {
    try (LongJob _ = api.startLongJob("blocker")) {
      Reply reply = api.post(Api.JOBS, "{%s}".formatted(DATA), "Prefer", "wait=1").expect(202);
      assertThat(reply.header("Preference-Applied")).isEqualTo("wait=1");
      assertThat(reply.header("Retry-After")).isEqualTo("1");
      assertThat(reply.header("Location")).startsWith(Api.JOBS + "/job_");
      assertThat(reply.json().get("status").asString()).isEqualTo("queued");
    }
  }

  @Test
  void thatTrainCannotBeForgottenYet() {
    try (LongJob job = api.startLongJob("kept").awaitFirstEpoch()) {
      Reply refused = api.delete(Api.JOBS + "/" + job.id()).expect(409);
      assertThat(refused.json().get("detail").asString())
          .contains("POST /api/v1/jobs/" + job.id() + "/cancel");
      job.cancel();
      job.awaitEnd();
      api.delete(Api.JOBS + "/" + job.id()).expect(204);
      api.delete(Api.JOBS + "/" + job.id()).expect(404);
      api.get(Api.JOBS + "/" + job.id() + "/loss").expect(404);
      api.get(Api.MODELS + "/kept").expect(200); // the model stays
    }
  }

  @Test
  void endWhenTheirTimeIsUp() {
    JsonNode job =
        api.train(
            """
            {"name": "timed", "dataset": {"generator": {"type": "xor", "rows": 100}},
             "training": {"epochs": 10000000, "stopWhen": {"seconds": 0.3}}}""");
    assertThat(job.get("stopReason").asString()).isEqualTo("timeLimit");
    assertThat(job.get("model").isNull()).isFalse();
    assertThat(
            Duration.between(
                Instant.parse(job.get("startedAt").asString()),
                Instant.parse(job.get("finishedAt").asString())))
        .isGreaterThan(Duration.ofMillis(299));
  }

  @Test
  void endWhenTheLossIsLowEnough() {
    JsonNode job =
        api.train(
            """
            {"name": "target", "dataset": {"generator": {"type": "xor"}},
             "network": {"hidden": [{"units": 16, "activation": "tanh"}]},
             "training": {"epochs": 100000, "batchSize": "full",
                          "optimizer": {"type": "adam", "learningRate": 0.01},
                          "stopWhen": {"trainingLoss": 0.05}}}""");
    assertThat(job.get("stopReason").asString()).isEqualTo("targetReached");
    assertThat(job.at("/latest/trainingLoss").asDouble()).isLessThanOrEqualTo(0.05);
    assertThat(job.at("/progress/epoch").asInt()).isLessThan(100_000);
  }

  @Test
  void thatDivergeFailWithARemedyAndWithoutNaN() {
    Reply reply =
        api.post(
                Api.JOBS,
                """
                {"name": "diverged", "dataset": {"generator": {"type": "xor", "rows": 100}},
                 "training": {"optimizer": {"type": "sgd", "learningRate": 1e10}}}""",
                "Prefer",
                "wait=60")
            .expect(200);
    JsonNode job = reply.json(); // a bare NaN would not pass
    assertThat(reply.body()).doesNotContain("NaN", "Infinity");
    assertThat(job.get("status").asString()).isEqualTo("failed");
    assertThat(job.get("stopReason").asString()).isEqualTo("diverged");
    assertThat(job.at("/error/code").asString()).isEqualTo("diverged");
    assertThat(job.at("/error/detail").asString())
        .contains(
            "epoch 1, batch",
            "It began in ",
            " layer",
            "Try a smaller learning rate than 1.0E10, such as 1.0E9");
    String loss = job.at("/links/loss").asString();
    assertThat(api.get(loss).expect(200).json().get("epoch")).isNotNull();
    assertThat(api.get(loss).body()).doesNotContain("NaN", "Infinity");
    assertThat(api.get(loss, "Accept", "text/csv").expect(200).body())
        .doesNotContain("NaN", "Infinity");
    api.get(Api.MODELS + "/diverged").expect(404);
  }

  @Test
  void areListedNewestFirstPageByPage() {
    String first = api.train("{%s}".formatted(DATA)).get("id").asString();
    String second = api.train("{%s}".formatted(DATA)).get("id").asString();
    Reply page = api.get(Api.JOBS + "?limit=1").expect(200);
    assertThat(page.json().at("/data/0/id").asString()).isEqualTo(second);
    assertThat(page.json().get("data").size()).isEqualTo(1);
    assertThat(page.json().get("next").asString()).isEqualTo(second);
    Reply next = api.get(Links.next(page)).expect(200);
    assertThat(next.json().at("/data/0/id").asString()).isEqualTo(first);
  }

  @Test
  void thatHaveNotChangedAreNotSentAgain() {
    String path = Api.JOBS + "/" + api.train("{%s}".formatted(DATA)).get("id").asString();
    String etag = api.get(path).expect(200).header("ETag");
    assertThat(etag).startsWith("\"");
    Reply again = api.get(path, "If-None-Match", etag).expect(304);
    assertThat(again.body()).isEmpty();
    assertThat(again.header("ETag")).isEqualTo(etag);
    try (LongJob job = api.startLongJob("changing").awaitFirstEpoch()) {
      String running = Api.JOBS + "/" + job.id();
      String before = api.get(running).expect(200).header("ETag");
      int epoch = api.job(job.id()).at("/progress/epoch").asInt();
      api.await(job.id(), j -> j.at("/progress/epoch").asInt() > epoch);
      api.get(running, "If-None-Match", before).expect(200);
    }
  }
}
