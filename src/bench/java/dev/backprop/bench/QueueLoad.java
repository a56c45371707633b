package dev.backprop.bench;

import dev.backprop.BackpropServer;
import dev.backprop.core.linalg.BlasProvider;
import dev.backprop.core.linalg.Products;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Fills the queue with tiny jobs and lets one worker drain it. Prints how many it submits a
/// second, how many the worker ends a second beside the same trainings one after the other in this
/// process, and how long a GET of a job takes on the idle server, with the full queue, and during
/// the drain.
///
/// Arguments: jobs (10000), epochs of each (1000).
public final class QueueLoad {

  private static final int LOOKS = 300;
  private static final int PAUSE_MILLIS = 5;

  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonMapper json = JsonMapper.shared();
  private final String base;
  private final int jobs;
  private final int epochs;

  private QueueLoad(String base, int jobs, int epochs) {
    this.base = base;
    this.jobs = jobs;
    this.epochs = epochs;
  }

  /// Runs it.
  public static void main(String[] args) throws IOException, InterruptedException {
    int jobs = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
    int epochs = args.length > 1 ? Integer.parseInt(args[1]) : 1_000;
    try (ConfigurableApplicationContext context =
        SpringApplication.run(
            BackpropServer.class,
            "--server.port=0",
            "--server.address=127.0.0.1",
            "--backprop.jobs.workers=1",
            "--backprop.jobs.queue-capacity=" + (jobs + 1),
            "--backprop.jobs.retained=" + 2 * jobs,
            "--logging.level.root=warn")) {
      String port = context.getEnvironment().getRequiredProperty("local.server.port");
      new QueueLoad("http://127.0.0.1:" + port, jobs, epochs).run();
    }
  }

  private void run() throws IOException, InterruptedException {
    String dataset =
        post(
                "/api/v1/datasets",
                """
                {"inputs": [[0, 0], [0, 1], [1, 0], [1, 1]], "targets": [[0], [1], [1], [0]]}""")
            .get("id")
            .asString();
    String tiny =
        """
        {"name": "tiny", "dataset": {"id": "%s"},
         "network": {"hidden": [{"units": 2, "activation": "sigmoid"}],
                     "output": {"activation": "sigmoid"}},
         "training": {"epochs": %d, "batchSize": "full", "loss": "meanSquaredError",
                      "optimizer": {"type": "sgd", "learningRate": 0.2}}}"""
            .formatted(dataset, epochs);
    for (int i = 0; i < 1_000; i++) { // compiled code for both
      await(id(post("/api/v1/jobs", tiny)));
    }
    for (int round = 1; round <= 2; round++) { // the first one compiles what a drain needs
      drain(tiny);
    }
  }

  private void drain(String tiny) throws IOException, InterruptedException {
    System.out.printf(Locale.ROOT, "%.0f trainings a second in this process%n", trainings());
    String ended = await(id(post("/api/v1/jobs", tiny)));
    get(ended, "warming up");
    get(ended, "of an idle server");
    String blocker =
        id(
            post(
                "/api/v1/jobs",
                """
                {"name": "blocker", "dataset": {"generator": {"type": "xor", "rows": 1000}},
                 "training": {"epochs": 10000000, "batchSize": "full"}}"""));
    long start = System.nanoTime();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < jobs; i++) {
      ids.add(id(post("/api/v1/jobs", tiny)));
    }
    String last = ids.getLast();
    System.out.printf(
        Locale.ROOT,
        "%d jobs submitted, %.0f a second%n",
        jobs,
        jobs / ((System.nanoTime() - start) / 1e9));
    get(ended, "while one job trains, the queue full");
    get(last, "of the last job in it");
    long page = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      read("/api/v1/jobs?limit=100");
    }
    System.out.printf(Locale.ROOT, "a page of 100: %.2f ms%n", (System.nanoTime() - page) / 20e6);
    System.out.println("estimated start of the last: " + job(last).get("estimatedStart"));
    post("/api/v1/jobs/" + blocker + "/cancel", "");
    get(ended, "during the drain");
    get(last, "of the last job in it");
    await(last);
    Duration worked = Duration.ZERO;
    for (String id : ids) {
      JsonNode job = job(id);
      worked = worked.plus(Duration.between(time(job, "startedAt"), time(job, "finishedAt")));
    }
    JsonNode end = job(last);
    Duration drained =
        Duration.between(time(job(ids.getFirst()), "startedAt"), time(end, "finishedAt"));
    System.out.printf(
        Locale.ROOT,
        "%.0f jobs a second drained; the worker was at a job %.1f %% of the time%n",
        jobs / (drained.toNanos() / 1e9),
        100.0 * worked.toNanos() / drained.toNanos());
    System.out.println("start of the last: " + end.get("startedAt").asString());
  }

  private static Instant time(JsonNode job, String field) {
    return Instant.parse(job.get(field).asString());
  }

  private double trainings() {
    Workload workload = Workload.xor(epochs);
    Products products = new Products(BlasProvider.best().blas());
    double best = 0;
    for (int round = 0; round < 5; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < 1_000; i++) {
        workload.train(products);
      }
      best = Math.max(best, 1_000 / ((System.nanoTime() - start) / 1e9));
    }
    return best;
  }

  private void get(String job, String when) throws IOException, InterruptedException {
    long[] nanos = new long[LOOKS];
    for (int i = 0; i < LOOKS; i++) {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      long start = System.nanoTime();
      job(job);
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "GET %-40s p50 %6.0f µs, p90 %6.0f µs, p99 %6.0f µs%n",
        when,
        nanos[LOOKS / 2] / 1e3,
        nanos[LOOKS * 9 / 10] / 1e3,
        nanos[LOOKS * 99 / 100] / 1e3);
  }

  private String await(String id) throws IOException, InterruptedException {
    while (job(id).get("finishedAt").isNull()) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
    return id;
  }

  private JsonNode job(String id) throws IOException, InterruptedException {
    return read("/api/v1/jobs/" + id);
  }

  private static String id(JsonNode job) {
    return job.get("id").asString();
  }

  private JsonNode read(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(base + path)).build());
  }

  private JsonNode post(String path, String body) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> reply = http.send(request, BodyHandlers.ofString());
    if (reply.statusCode() / 100 != 2) {
      throw new IllegalStateException(request.uri() + ": " + reply.body());
    }
    return json.readTree(reply.body());
  }
}
