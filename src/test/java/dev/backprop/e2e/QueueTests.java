package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.BackpropServer;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/// The queue of a server with two callers and one worker. A server of its own, beside the shared
/// one, which a second context of tests would stop meanwhile.
class QueueTests {

  private static final String[] FIRST = {"Authorization", "Bearer key-of-the-first-caller"};
  private static final String[] SECOND = {"Authorization", "Bearer key-of-the-second-caller"};

  private final ConfigurableApplicationContext server =
      SpringApplication.run(
          BackpropServer.class,
          "--server.port=0",
          "--server.address=127.0.0.1",
          "--backprop.jobs.workers=1",
          "--backprop.jobs.queue-capacity=8",
          "--backprop.security.api-keys=key-of-the-first-caller,key-of-the-second-caller");
  private final Api api =
      new Api(
          () -> server.getEnvironment().getRequiredProperty("local.server.port", Integer.class));

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void letsCallersTakeTurnsAndLeavesOneHalfOfTheQueue() {
    String blocker = submit("long", "normal", 10_000_000, FIRST);
    await(blocker, job -> job.at("/progress/epoch").asInt() > 0);
    String[] flood = new String[4];
    for (int i = 0; i < flood.length; i++) {
      flood[i] = submit("flood", "normal", 100, FIRST);
    }
    JsonNode refused = api.post(Api.JOBS, spec("flood", "normal", 100), FIRST).expect(429).json();
    assertThat(refused.get("type").asString()).isEqualTo("/problems/queue-full");
    assertThat(refused.get("detail").asString())
        .startsWith("4 of your jobs are waiting, the half of backprop.jobs.queue-capacity");
    assertThat(refused.toString()).doesNotContain("key-of-");

    String single = submit("single", "normal", 100, SECOND);
    String low = submit("low", "low", 100, SECOND);
    String high = submit("high", "high", 100, SECOND);
    assertThat(position(high)).isEqualTo(1);
    assertThat(position(single)).isEqualTo(2);
    assertThat(position(flood[0])).isEqualTo(3);
    assertThat(position(flood[3])).isEqualTo(6);
    assertThat(position(low)).isEqualTo(7);
    Awaitility.await("a later start, once the blocker keeps its pace between two looks")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> !start(low).isBefore(start(high)));

    api.post(job(blocker) + "/cancel", "", FIRST).expect(202);
    JsonNode ended = await(low, job -> !job.get("finishedAt").isNull());
    assertThat(ended.get("status").asString()).isEqualTo("succeeded");
    assertThat(ended.at("/spec/priority").asString()).isEqualTo("low");
    assertThat(ended.get("queuePosition").isNull()).isTrue();
    assertThat(ended.get("estimatedStart").isNull()).isTrue();
    assertThat(startedAt(high)).isBeforeOrEqualTo(startedAt(single));
    assertThat(startedAt(single)).isBeforeOrEqualTo(startedAt(flood[0]));
    assertThat(startedAt(flood[3])).isBeforeOrEqualTo(startedAt(low));
  }

  @Test
  void countsForksVerificationsAndTrialsAsThoseOfWhoeverAskedForThem() {
    await(submit("made", "normal", 10, FIRST), job -> !job.get("finishedAt").isNull());
    String blocker = submit("long", "normal", 10_000_000, FIRST);
    await(blocker, job -> job.at("/progress/epoch").asInt() > 0);
    String[] half = new String[4];
    for (int i = 0; i < half.length; i++) {
      half[i] = submit("half", "normal", 100, FIRST);
    }
    String fork = job(blocker) + "/fork";
    String verify = "/api/v1/models/made/verify";
    assertThat(api.post(fork, "{}", FIRST).expect(429).json().get("detail").asString())
        .startsWith("4 of your jobs are waiting");
    api.post(verify, "", FIRST).expect(429);
    api.post(job(half[0]) + "/pause", "", FIRST).expect(202);
    String last = submit("half", "normal", 100, FIRST);
    api.post(job(half[0]) + "/resume", "", SECOND).expect(429); // it stays the first caller's
    assertThat(get(half[0]).get("status").asString()).isEqualTo("paused");
    assertThat(position(last)).isEqualTo(4);

    String forked = api.post(fork, "{}", SECOND).expect(202).json().get("id").asString();
    assertThat(position(forked)).as("the first caller has had a turn").isEqualTo(1);
    String verified = api.post(verify, "", SECOND).expect(202).json().get("id").asString();
    assertThat(position(verified)).isEqualTo(3);
    String search =
        """
        {"name": "sought",
         "job": {"dataset": {"generator": {"type": "xor", "rows": 1000}}, "priority": "high",
           "validation": {"fraction": 0.2}},
         "space": {"/training/epochs": {"type": "choice", "values": [10]}},
         "strategy": {"type": "grid"}}""";
    api.post("/api/v1/searches", search, FIRST).expect(202);
    JsonNode second = api.post("/api/v1/searches", search, SECOND).expect(202).json();
    JsonNode trials =
        Awaitility.await("the trial waits")
            .atMost(Duration.ofSeconds(60))
            .pollInterval(Duration.ofMillis(20))
            .until(
                () ->
                    api.get("/api/v1/searches/" + second.get("id").asString(), SECOND)
                        .expect(200)
                        .json()
                        .get("trials"),
                all -> !all.isEmpty() && !all.get(0).get("job").isNull());
    String trial = trials.get(0).get("job").asString();
    assertThat(position(trial.substring(trial.lastIndexOf('/') + 1)))
        .as("of high priority, and no trial of the first caller before it")
        .isEqualTo(1);
    assertThat(position(last)).isEqualTo(7);
  }

  private String submit(String name, String priority, int epochs, String... headers) {
    return api.post(Api.JOBS, spec(name, priority, epochs), headers)
        .expect(202)
        .json()
        .get("id")
        .asString();
  }

  private static String spec(String name, String priority, int epochs) {
    return """
    {"name": "%s", "dataset": {"generator": {"type": "xor", "rows": 1000}}, "priority": "%s",
     "training": {"epochs": %d, "batchSize": "full"}}"""
        .formatted(name, priority, epochs);
  }

  private JsonNode await(String id, Predicate<JsonNode> wanted) {
    return Awaitility.await("job " + id)
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> get(id), wanted);
  }

  private static String job(String id) {
    return Api.JOBS + "/" + id;
  }

  private JsonNode get(String id) {
    return api.get(job(id), FIRST).expect(200).json();
  }

  private int position(String id) {
    return get(id).get("queuePosition").asInt();
  }

  private Instant start(String id) {
    return Instant.parse(get(id).get("estimatedStart").asString());
  }

  private Instant startedAt(String id) {
    return Instant.parse(get(id).get("startedAt").asString());
  }
}
