package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a job would be, without training it.
@EndToEnd
class PlanTests {

  private static final String PLAN = Api.JOBS + ":plan";

  private final Api api;

  PlanTests(Api api) {
    this.api = api;
  }

  @Test
  void saysWhatTheJobThenIs() {
    String dataset = api.upload("planned", "size,color,kind\n" + "1,red,a\n2,blue,b\n".repeat(20));
    String spec =
        """
        {"name": "planned", "dataset": {"id": "%s"}, "validation": {"fraction": 0.25},
         "network": {"hidden": [{"units": 5}]}, "training": {"epochs": 40}}"""
            .formatted(dataset);
    JsonNode plan = api.post(PLAN, spec).expect(200).json();
    JsonNode job = api.train(spec);
    JsonNode model = api.get(job.at("/links/model").asString()).expect(200).json();

    assertThat(plan.get("spec")).isEqualTo(job.get("spec"));
    assertThat(plan.get("parameterCount")).isEqualTo(model.get("parameterCount"));
    assertThat(plan.get("inputs").valueStream().map(JsonNode::asString))
        .containsExactly("size", "color=blue", "color=red");
    assertThat(plan.at("/columns/1/categories").toString()).isEqualTo("[\"blue\",\"red\"]");
    assertThat(plan.at("/columns/2/role").asString()).isEqualTo("target");
    assertThat(plan.get("trainingRows").asInt()).isEqualTo(30);
    assertThat(plan.get("validationRows").asInt()).isEqualTo(10);
    assertThat(plan.get("memoryBytes").asLong()).isPositive();
    double secondsPerEpoch = plan.get("secondsPerEpoch").asDouble();
    assertThat(secondsPerEpoch).isPositive();
    assertThat(plan.get("seconds").asDouble()).isEqualTo(40 * secondsPerEpoch);

    JsonNode baselines = plan.get("baselines");
    assertThat(baselines.get("measuredOn").asString()).isEqualTo("validation");
    List<String> metrics =
        model.get("metrics").propertyNames().stream()
            .filter(name -> name.startsWith("validation") && !name.endsWith("Loss"))
            .toList();
    JsonNode majority = baselines.at("/scores/0");
    assertThat(majority.get("name").asString()).isEqualTo("majorityClass");
    assertThat(majority.at("/metrics/accuracy").asDouble()).isEqualTo(0.5);
    assertThat(majority.get("metrics").propertyNames())
        .map(
            name ->
                "validation" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1))
        .containsAll(metrics);
    JsonNode linear = baselines.at("/scores/1");
    assertThat(linear.get("name").asString()).isEqualTo("linearModel");
    assertThat(linear.at("/metrics/accuracy").asDouble()).isEqualTo(1);
  }

  @Test
  void keepsNothing() {
    JsonNode datasets = api.get(Api.DATASETS).json();
    JsonNode jobs = api.get(Api.JOBS).json();
    JsonNode models = api.get(Api.MODELS).json();
    JsonNode plan =
        api.post(
                PLAN,
                """
                {"dataset": {"inputs": [[0, 0], [0, 1], [1, 0], [1, 1]],
                             "targets": [[0], [1], [1], [0]]}}""")
            .expect(200)
            .json();
    assertThat(plan.at("/spec/dataset").isNull()).isTrue();
    assertThat(plan.at("/spec/training/epochs").asInt()).isPositive();
    assertThat(plan.at("/baselines/scores/1/metrics/r2").asDouble()).isLessThan(0.01);
    assertThat(api.get(Api.DATASETS).json()).isEqualTo(datasets);
    assertThat(api.get(Api.JOBS).json()).isEqualTo(jobs);
    assertThat(api.get(Api.MODELS).json()).isEqualTo(models);
  }

  @Test
  void saysWhenTheJobWouldStart() {
    String spec = "{\"dataset\": {\"generator\": {\"type\": \"xor\"}}}";
    api.train(spec); // after which no job of another test is left
    JsonNode idle = api.post(PLAN, spec).expect(200).json();
    Instant idleFinish = instant(idle, "estimatedFinish");
    assertThat(idleFinish).isAfter(instant(idle, "estimatedStart"));
    try (Api.LongJob running = api.startLongJob("before").awaitFirstEpoch()) {
      JsonNode busy = api.post(PLAN, spec).expect(200).json();
      assertThat(instant(busy, "estimatedStart")).isAfter(idleFinish);
      try (Api.LongJob waiting = api.startLongJob("between")) {
        JsonNode later = api.post(PLAN, spec).expect(200).json();
        JsonNode next = api.job(waiting.id());
        assertThat(next.get("queuePosition").asInt()).isEqualTo(1);
        assertThat(instant(next, "estimatedStart"))
            .isAfter(idleFinish)
            .isBefore(instant(later, "estimatedStart"));
        assertThat(api.job(running.id()).get("estimatedStart").isNull()).isTrue();
      }
    }
  }

  private static Instant instant(JsonNode plan, String name) {
    return Instant.parse(plan.get(name).asString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"dataset\": {\"id\": \"ds_none\"}, \"training\": {\"epochs\": 0, \"batchSze\": 3}}",
        "{\"dataset\": {\"inputs\": [[0, 0], [1]], \"targets\": [[0], [1]]}}",
        "{\"dataset\": {\"generator\": {\"type\": \"xor\"}}, \"targets\": [\"z\"]}",
        "{\"dataset\": {\"generator\": {\"type\": \"xor\"}}, \"training\": {\"epochs\": 20000000}}",
        "{\"dataset\": ",
        ""
      })
  void isRefusedAsTheJobIs(String body) {
    Reply plan = api.post(PLAN, body);
    Reply job = api.post(Api.JOBS, body);
    assertThat(plan.status()).isEqualTo(job.status()).isBetween(400, 499);
    assertThat(withoutPlace(plan)).isEqualTo(withoutPlace(job));
  }

  private static ObjectNode withoutPlace(Reply reply) {
    ObjectNode problem = (ObjectNode) reply.json();
    problem.remove("instance");
    return problem;
  }

  @Test
  void isAskedForByPost() {
    assertThat(api.get(PLAN).expect(405).header("Allow")).isEqualTo("POST");
    api.post(PLAN, "a,b\n1,2\n", "Content-Type", "text/csv").expect(415);
  }
}
