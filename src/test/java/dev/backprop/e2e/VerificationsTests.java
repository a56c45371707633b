package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.e2e.Api.LongJob;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Models that are trained again from their lineage.
@EndToEnd
class VerificationsTests {

  private final Api api;

  VerificationsTests(Api api) {
    this.api = api;
  }

  private Reply verify(String path) {
    return api.post(Api.MODELS + path + "/verify", "", "Prefer", "wait=60");
  }

  private void assertVerified(String path) {
    JsonNode result = verify(path).expect(200).json();
    assertThat(result.get("verified").toString()).as(result.toString()).isEqualTo("true");
    assertThat(result.get("actualSha256")).isEqualTo(result.get("expectedSha256"));
    assertThat(result.get("reason").asString()).contains("bit for bit");
  }

  @Test
  void giveTheSameBits() {
    api.train(
        """
        {"name": "proven", "dataset": {"generator": {"type": "spirals", "rows": 300, "seed": 7}},
         "network": {"hidden": [{"units": 8, "dropout": 0.2}]},
         "training": {"epochs": 30, "schedule": {"type": "cosine"},
                      "earlyStopping": {"patience": 3}},
         "validation": {"fraction": 0.2}}""");
    Reply reply = verify("/proven").expect(200);
    JsonNode result = reply.json();
    assertThat(result.get("verified").toString()).as(result.toString()).isEqualTo("true");
    assertThat(result.get("expectedSha256"))
        .isEqualTo(api.get(Api.MODELS + "/proven").json().at("/lineage/parametersSha256"));
    assertThat(api.get(reply.header("Location")).expect(200).json()).isEqualTo(result);
    assertThat(api.get(Api.MODELS + "/proven/versions").json().get("data").size())
        .as("no version is made")
        .isOne();
    api.get(Api.MODELS + "/proven/versions/1/verifications/nobody").expect(404);
    api.get(Api.MODELS + "/proven/versions/2/verifications/" + result.get("id").asString())
        .expect(404);
  }

  @Test
  void stopWhereTheTrainingWasStopped() {
    try (LongJob job = api.startLongJob("interrupted").awaitFirstEpoch()) {
      job.cancel();
      JsonNode ended = job.awaitEnd();
      assertThat(ended.at("/model/version").asInt()).isOne();
      JsonNode model = api.get(Api.MODELS + "/interrupted").expect(200).json();
      assertThat(model.at("/lineage/epochs").asInt())
          .isEqualTo(ended.at("/progress/epoch").asInt());
    }
    assertVerified("/interrupted");
  }

  @Test
  void goOnFromTheSameParent() {
    api.train(
        """
        {"name": "parent", "dataset": {"generator": {"type": "plane", "rows": 64, "seed": 1}},
         "training": {"epochs": 3}}""");
    api.train(
        """
        {"name": "child", "dataset": {"generator": {"type": "plane", "rows": 64, "seed": 2}},
         "warmStart": {"model": "parent"}, "training": {"epochs": 3}}""");
    assertVerified("/child");
    String parent =
        api.get(Api.MODELS + "/parent").json().at("/lineage/parametersSha256").asString();
    api.delete(Api.MODELS + "/parent/versions/1").expect(204);
    assertThat(verify("/child").expect(409).json().get("detail").asString())
        .contains("version 1 of model 'parent'", parent, "not there any more");
  }

  @Test
  void findTheSameDataUnderAnotherId() {
    String csv = "x,y\n0,1\n1,3\n2,5\n3,6\n";
    String dataset = api.upload("first", csv);
    JsonNode job =
        api.train(
            """
            {"name": "moved", "dataset": {"id": "%s"}, "validation": {"dataset": "%s"},
             "training": {"epochs": 4}}"""
                .formatted(dataset, api.upload("second", csv + "4,9\n")));
    String validation = job.at("/spec/validation/dataset").asString();
    api.delete(Api.DATASETS + "/" + dataset).expect(204);
    assertThat(verify("/moved").expect(409).json().get("detail").asString())
        .contains(job.at("/dataset/sha256").asString(), "upload the same content again");
    api.upload("third", csv);
    assertVerified("/moved");
    api.delete(Api.DATASETS + "/" + validation).expect(204);
    verify("/moved").expect(409);
  }

  /// The one worker is busy, so that the answer comes at once.
  @Test
  void areJobsThatWaitAndCanBeCancelled() {
    AliasesTests.trainConstant(api, "waiting", 1);
    try (LongJob job = api.startLongJob("busy").awaitFirstEpoch()) {
      Reply reply = api.post(Api.MODELS + "/waiting/versions/1/verify", "").expect(202);
      assertThat(reply.json().get("status").asString()).isEqualTo("queued");
      assertThat(reply.json().get("verified").isNull()).isTrue();
      assertThat(reply.header("Retry-After")).isEqualTo("1");
      api.post(Api.JOBS + "/" + reply.json().get("id").asString() + "/cancel", "").expect(202);
      JsonNode result = api.get(reply.header("Location")).expect(200).json();
      assertThat(result.get("verified").isNull()).isTrue();
      assertThat(result.get("reason").asString()).contains("cancelled before it was over");
      assertThat(job.id()).isNotEqualTo(result.get("id").asString());
    }
  }
}
