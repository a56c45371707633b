package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What the people who run the server look at, and the document that describes it.
@EndToEnd
class OperationsTests {

  private final Api api;

  OperationsTests(Api api) {
    this.api = api;
  }

  @Test
  void reportHealth() {
    for (String path :
        List.of(
            "/actuator/health",
            "/actuator/health/liveness",
            "/actuator/health/readiness",
            "/livez",
            "/readyz")) {
      assertThat(api.get(path).expect(200).json().get("status").asString()).isEqualTo("UP");
    }
  }

  @Test
  void reportWhatTheServerIs() {
    JsonNode server = api.get("/actuator/info").expect(200).json().get("server");
    assertThat(server.get("version").asString()).isNotBlank();
    assertThat(server.get("java").asString()).startsWith("25");
    assertThat(server.get("cores").asString())
        .isEqualTo(Integer.toString(Runtime.getRuntime().availableProcessors()));
    assertThat(server.get("workers").asString()).isEqualTo("1");
    assertThat(server.get("blas").asString()).isNotBlank();
  }

  @Test
  void countJobsAndPredictionsWithoutNamingThem() {
    api.train("{\"name\": \"counted\", \"dataset\": {\"generator\": {\"type\": \"xor\"}}}");
    api.post(Api.MODELS + "/counted/predict", "{\"inputs\": [[0, 1]]}").expect(200);
    String metrics = api.get("/actuator/prometheus").expect(200).body();
    assertThat(metrics)
        .contains("backprop_job_training_seconds_count{status=\"succeeded\"}")
        .contains("backprop_job_wait_seconds_count")
        .contains("backprop_predict_seconds_count")
        .contains("backprop_jobs_queued")
        .contains("backprop_jobs_running")
        .contains("backprop_jobs_workers 1.0")
        .doesNotContain("counted");
  }

  @Test
  void openNoOtherDoor() {
    for (String path : List.of("env", "heapdump", "beans", "shutdown", "loggers", "threaddump")) {
      api.get("/actuator/" + path).expect(404);
    }
  }

  @Test
  void showTheSwaggerPage() {
    Reply start = api.get("/").expect(302);
    assertThat(start.header("Location")).isEqualTo("/swagger-ui.html");
    String page = api.get("/swagger-ui.html").expect(302).header("Location");
    assertThat(api.get(page).expect(200).body()).contains("swagger-ui");
  }

  @Test
  void describeTheApiInOpenApi31WithAnExampleThatTrains() {
    JsonNode document = api.get("/v3/api-docs").expect(200).json();
    assertThat(document.get("openapi").asString()).startsWith("3.1");
    JsonNode example =
        document.at(
            "/paths/~1api~1v1~1jobs/post/requestBody/content/application~1json/examples/xor/value");
    // under another name, because the README counts the versions of this one
    JsonNode job = api.train(example.toString().replaceFirst("\"xor\"", "\"example\""));
    assertThat(job.at("/progress/epoch").asInt()).isEqualTo(10_000);
    assertThat(job.at("/latest/trainingLoss").asDouble()).isLessThan(0.01);
  }
}
