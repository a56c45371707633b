package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.BackpropServer;
import dev.backprop.core.linalg.SplitMix64;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/// Five hundred jobs, some of them paused, each cancelled ten times by fifty clients in any order.
/// On a server of its own, beside the shared one, which a second context of tests would stop
/// meanwhile.
class CancelStormTests {

  private static final Logger log = LoggerFactory.getLogger(CancelStormTests.class);
  private static final long SEED = 5;
  private static final int JOBS = 500;
  private static final int CANCELS = 10;
  private static final int CLIENTS = 50;

  private final ConfigurableApplicationContext server =
      SpringApplication.run(
          BackpropServer.class,
          "--server.port=0",
          "--server.address=127.0.0.1",
          "--backprop.jobs.workers=1",
          "--backprop.jobs.queue-capacity=500");
  private final Api api =
      new Api(
          () -> server.getEnvironment().getRequiredProperty("local.server.port", Integer.class));

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void endsEveryJobOnceAndLeavesNoThread() throws Exception {
    String dataset = api.upload("storm", "x1,x2,y\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n");
    api.train(spec(dataset, 3));
    Set<String> threads = trainingThreads();
    List<String> ids = new ArrayList<>();
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      ids.add(api.submit(spec(dataset, 10_000_000)).get("id").asString()); // the first to run
      List<Future<JsonNode>> submitted = new ArrayList<>();
      for (int i = 1; i < JOBS; i++) {
        submitted.add(clients.submit(() -> api.submit(spec(dataset, 10_000_000))));
      }
      for (Future<JsonNode> job : submitted) {
        ids.add(job.get().get("id").asString());
      }
      pauseSome(ids);

      List<String> cancels = new ArrayList<>();
      for (int i = 0; i < CANCELS; i++) {
        cancels.addAll(ids);
      }
      shuffle(cancels);
      Map<String, Instant> asked = new ConcurrentHashMap<>();
      List<Future<Reply>> replies = new ArrayList<>();
      for (String id : cancels) {
        replies.add(
            clients.submit(
                () -> {
                  asked.putIfAbsent(id, Instant.now());
                  return api.post(Api.JOBS + "/" + id + "/cancel", "");
                }));
      }
      for (Future<Reply> reply : replies) {
        String status = reply.get().expect(202).json().get("status").asString();
        assertThat(status).isIn("cancelling", "cancelled");
      }
      Awaitility.await("all have ended")
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(20))
          .until(() -> statuses().keySet().equals(Set.of("cancelled")));
      log.info("Each of {} jobs ended within {} of its first cancel", JOBS, longest(asked));
    }
    assertThat(statuses()).isEqualTo(Map.of("cancelled", JOBS));
    Awaitility.await("no thread is left")
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(trainingThreads()).isEqualTo(threads));
    assertThat(api.train(spec(dataset, 3)).get("status").asString()).isEqualTo("succeeded");
    assertThat(statuses()).isEqualTo(Map.of("cancelled", JOBS)); // none later succeeded
    api.delete(Api.DATASETS + "/" + dataset).expect(204); // no job holds it any longer
  }

  /// From a first cancel, as it was sent, to the end of its job.
  private Duration longest(Map<String, Instant> asked) {
    return asked.entrySet().stream()
        .map(
            each ->
                Duration.between(
                    each.getValue(),
                    Instant.parse(api.job(each.getKey()).get("finishedAt").asString())))
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  /// The running one, and some that wait.
  private void pauseSome(List<String> ids) {
    api.await(ids.getFirst(), job -> job.at("/progress/epoch").asInt() > 0);
    for (int i = 0; i < 9; i++) {
      api.post(Api.JOBS + "/" + ids.get(i * 50) + "/pause", "").expect(202);
    }
    api.await(ids.getFirst(), job -> job.get("status").asString().equals("paused"));
  }

  private static void shuffle(List<String> list) {
    SplitMix64 random = new SplitMix64(SEED);
    for (int i = list.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      String moved = list.get(i);
      list.set(i, list.get(j));
      list.set(j, moved);
    }
  }

  /// How many jobs of the storm there are in each status.
  private Map<String, Integer> statuses() {
    Map<String, Integer> counts = new HashMap<>();
    String after = "";
    while (after != null) {
      JsonNode page = api.get(Api.JOBS + "?limit=100" + after).expect(200).json();
      for (JsonNode job : page.get("data")) {
        if (job.at("/progress/epochs").asInt() > 3) {
          counts.merge(job.get("status").asString(), 1, Integer::sum);
        }
      }
      after = page.get("next").isNull() ? null : "&after=" + page.get("next").asString();
    }
    return counts;
  }

  private static Set<String> trainingThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("training"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String spec(String dataset, int epochs) {
    return """
    {"name": "storm", "dataset": {"id": "%s"},
     "training": {"epochs": %d, "batchSize": "full"}}"""
        .formatted(dataset, epochs);
  }
}
