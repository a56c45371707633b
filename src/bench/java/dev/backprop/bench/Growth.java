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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// How costs grow with the work: the time of an epoch with rows and with weights, the speed of a
/// running job with the queue behind it, the heap with the number of idle models.
public final class Growth {

  private static final int REPEATS = 5;
  private static final int MODELS = 1_000;
  private static final int WIDTH = 784;

  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonMapper json = JsonMapper.shared();
  private final String base;

  private Growth(String base) {
    this.base = base;
  }

  /// Prints four tables.
  public static void main(String[] args) throws IOException, InterruptedException {
    Products products = new Products(BlasProvider.best().blas());
    List<Point> rows = new ArrayList<>();
    for (int n = 2_000; n <= 128_000; n *= 2) {
      rows.add(new Point(n, milliseconds(Workload.regression(n), products)));
    }
    print("rows (20-64-32-1, batches of 32, Adam)", rows);
    List<Point> weights = new ArrayList<>();
    for (int units = 32; units <= 2_048; units *= 2) {
      weights.add(new Point(794.0 * units, milliseconds(Workload.digits(units, 6_400), products)));
    }
    print("weights (784-units-10, 6,400 rows, batches of 64, SGD)", weights);
    try (ConfigurableApplicationContext context =
        SpringApplication.run(
            BackpropServer.class,
            "--server.port=0",
            "--server.address=127.0.0.1",
            "--backprop.jobs.workers=1",
            "--backprop.jobs.queue-capacity=1000",
            "--logging.level.root=warn")) {
      String port = context.getEnvironment().getRequiredProperty("local.server.port");
      Growth growth = new Growth("http://127.0.0.1:" + port);
      growth.queue();
      growth.models();
    }
  }

  /// @param x size of the work
  /// @param y milliseconds
  private record Point(double x, double y) {}

  private static double milliseconds(Workload workload, Products products) {
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < REPEATS; i++) {
      long start = System.nanoTime();
      workload.train(products);
      best = Math.min(best, (System.nanoTime() - start) / 1e6);
    }
    return best;
  }

  /// The line through the points whose squared relative errors are least.
  private static void print(String what, List<Point> points) {
    double w = 0;
    double wx = 0;
    double wxx = 0;
    double wy = 0;
    double wxy = 0;
    for (Point p : points) {
      double weight = 1 / (p.y() * p.y());
      w += weight;
      wx += weight * p.x();
      wxx += weight * p.x() * p.x();
      wy += weight * p.y();
      wxy += weight * p.x() * p.y();
    }
    double slope = (w * wxy - wx * wy) / (w * wxx - wx * wx);
    double start = (wy - slope * wx) / w;
    System.out.printf(
        Locale.ROOT, "%nan epoch of %s: %.4g ms + %.4g ms a thousand%n", what, start, 1e3 * slope);
    for (Point p : points) {
      System.out.printf(
          Locale.ROOT,
          "%12.0f %10.2f ms  %+6.1f %% of the line%n",
          p.x(),
          p.y(),
          100 * (p.y() / (start + slope * p.x()) - 1));
    }
  }

  private void queue() throws IOException, InterruptedException {
    String running =
        post(
            "/api/v1/jobs",
            """
            {"name": "running", "dataset": {"generator": {"type": "xor", "rows": 10000}},
             "training": {"epochs": 10000000, "batchSize": 64}}
            """);
    System.out.printf("%njobs in the queue, rows a second of the running job%n");
    int queued = 0;
    rate(running);
    for (int wanted : new int[] {0, 1, 10, 100, 1_000}) {
      for (; queued < wanted; queued++) {
        post(
            "/api/v1/jobs",
            """
            {"name": "queued", "dataset": {"inputs": [[0], [1]], "targets": [[0], [1]]},
             "training": {"epochs": 1}}
            """);
      }
      System.out.printf(Locale.ROOT, "%8d %12.0f%n", queued, rate(running));
    }
    post("/api/v1/jobs/" + running + "/cancel", "");
  }

  /// Rows a second over three seconds.
  private double rate(String job) throws IOException, InterruptedException {
    long start = System.nanoTime();
    long before = epoch(job);
    TimeUnit.SECONDS.sleep(3);
    long after = epoch(job);
    return 10_000.0 * (after - before) / ((System.nanoTime() - start) / 1e9);
  }

  private long epoch(String job) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(base + "/api/v1/jobs/" + job)).build())
        .at("/progress/epoch")
        .asLong();
  }

  private void models() throws IOException, InterruptedException {
    StringBuilder row = new StringBuilder("0");
    for (int i = 1; i < WIDTH; i++) {
      row.append(',').append(i % 7);
    }
    String data =
        post(
            "/api/v1/datasets",
            """
            {"inputs": [[%s], [%s]], "targets": [["a"], ["b"]]}
            """
                .formatted(row.toString(), row.reverse().toString()));
    String body =
        """
        {"name": "idle", "dataset": {"id": "%s"},
         "network": {"hidden": [{"units": 32}]}, "training": {"epochs": 1}}
        """
            .formatted(data);
    train(body);
    long before = heap();
    for (int i = 0; i < MODELS; i++) {
      train(body);
    }
    long numbers = (WIDTH * 32 + 32 + 32 + 1) * 4L;
    System.out.printf(
        Locale.ROOT,
        "%n%d idle models of %d bytes of parameters: %.0f bytes of heap each, %.2f of them%n",
        MODELS,
        numbers,
        (heap() - before) / (double) MODELS,
        (heap() - before) / (double) MODELS / numbers);
  }

  /// Trains a version and forgets the job.
  private void train(String body) throws IOException, InterruptedException {
    String job = post("/api/v1/jobs", body, "wait=30");
    http.send(
        HttpRequest.newBuilder(URI.create(base + "/api/v1/jobs/" + job)).DELETE().build(),
        BodyHandlers.discarding());
  }

  private static long heap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private String post(String path, String body) throws IOException, InterruptedException {
    return post(path, body, "handling=strict");
  }

  private String post(String path, String body, String prefer)
      throws IOException, InterruptedException {
    JsonNode reply =
        send(
            HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/json")
                .header("Prefer", prefer)
                .POST(BodyPublishers.ofString(body))
                .build());
    return reply.get("id").asString();
  }

  private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> reply = http.send(request, BodyHandlers.ofString());
    if (reply.statusCode() / 100 != 2) {
      throw new IllegalStateException(request.uri() + ": " + reply.body());
    }
    return json.readTree(reply.body());
  }
}
