package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.e2e.Api.LongJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A thousand jobs from several callers at once: the queue fills, and nobody suffers.
@EndToEnd
class FloodTests {

  private static final int JOBS = 1_000;
  private static final int CALLERS = 6;

  /// What may be left on the heap of this process when all jobs and models are deleted.
  private static final long MARGIN = 16 << 20;

  private final Api api;

  FloodTests(Api api) {
    this.api = api;
  }

  @Test
  void takesOrRefusesEachOfManyJobsAndGoesOnPredicting() throws Exception {
    String dataset = api.upload("flood", "x1,x2,y\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n");
    JsonNode served = train(dataset, "served");
    for (int i = 0; i < 50; i++) { // what grows once is there before the heap is measured
      train(dataset, "flood");
    }
    deleteVersions("flood");
    long before = usedHeap();

    AtomicBoolean flooding = new AtomicBoolean(true);
    AtomicInteger predictions = new AtomicInteger();
    List<Reply> replies = new ArrayList<>();
    try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS + 1)) {
      Future<?> predicting =
          callers.submit(
              () -> {
                while (flooding.get()) {
                  api.post(served.at("/links/predict").asString(), "{\"inputs\": [[0, 1]]}")
                      .expect(200);
                  predictions.incrementAndGet();
                }
              });
      try {
        try (LongJob _ = api.startLongJob("blocker").awaitFirstEpoch()) {
          replies.addAll(flood(callers, spec(dataset, "flood"))); // nothing leaves the queue
        }
        replies.addAll(flood(callers, spec(dataset, "flood")));
      } finally {
        flooding.set(false);
      }
      predicting.get();
    }
    assertThat(predictions).hasValueGreaterThan(100);

    List<String> accepted = new ArrayList<>();
    for (Reply reply : replies) {
      if (reply.status() == 429) {
        assertThat(reply.header("Retry-After")).isEqualTo("1");
        assertThat(reply.json().get("type").asString()).isEqualTo("/problems/queue-full");
        assertThat(reply.json().get("detail").asString()).contains("backprop.jobs.queue-capacity");
      } else {
        accepted.add(reply.expect(202).json().get("id").asString());
      }
    }
    assertThat(replies).hasSize(JOBS);
    assertThat(accepted).hasSizeBetween(200, JOBS - 200).doesNotHaveDuplicates();
    for (String id : accepted) {
      JsonNode job = api.await(id, j -> !j.get("finishedAt").isNull());
      assertThat(job.get("status").asString()).isEqualTo("succeeded");
    }

    accepted.forEach(id -> api.delete(Api.JOBS + "/" + id).expect(204));
    deleteVersions("flood");
    replies.clear();
    accepted.clear();
    // no job holds the data set any longer
    api.delete(Api.DATASETS + "/" + dataset).expect(204);
    Awaitility.await("the heap is as before")
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(() -> assertThat(usedHeap()).isLessThan(before + MARGIN));
  }

  private List<Reply> flood(ExecutorService callers, String spec)
      throws InterruptedException, ExecutionException {
    List<Future<Reply>> sent = new ArrayList<>();
    for (int i = 0; i < JOBS / 2; i++) {
      sent.add(callers.submit(() -> api.post(Api.JOBS, spec)));
    }
    List<Reply> replies = new ArrayList<>();
    for (Future<Reply> reply : sent) {
      replies.add(reply.get());
    }
    return replies;
  }

  private JsonNode train(String dataset, String name) {
    return api.train(spec(dataset, name));
  }

  private static String spec(String dataset, String name) {
    return """
    {"name": "%s", "dataset": {"id": "%s"}, "training": {"epochs": 300, "batchSize": "full"}}"""
        .formatted(name, dataset);
  }

  private void deleteVersions(String name) {
    String versions = Api.MODELS + "/" + name + "/versions";
    for (Reply page = api.get(versions + "?limit=100");
        page.status() == 200 && !page.json().get("data").isEmpty();
        page = api.get(versions + "?limit=100")) {
      for (JsonNode model : page.json().get("data")) {
        api.delete(versions + "/" + model.get("version").asInt()).expect(204);
      }
    }
  }

  private static long usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
