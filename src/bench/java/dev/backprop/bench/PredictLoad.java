package dev.backprop.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.backprop.BackpropServer;
import dev.backprop.core.linalg.SplitMix64;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Profile;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// Starts the server with one endpoint more, which takes and gives an empty JSON object, and lets
/// wrk send predictions and empty objects to it in turns. Prints requests a second, latencies in
/// microseconds, and each prediction's throughput as a share of the empty endpoint's.
///
/// Binary tensors of 256 rows stand beside the same rows in JSON one by one, and streams of CSV and
/// NDJSON beside documents: compare rows a second. [LatencyLoad] measures at constant rates.
///
/// Needs wrk on the path. Arguments: seconds a measurement (5), rounds (3).
public final class PredictLoad {

  private static final int CONNECTIONS = 8;

  /// Rows of a stream.
  private static final int LONG = 10_000;

  private static final String PROFILE = "bench";

  private final HttpClient http = HttpClient.newHttpClient();
  private final String base;
  private final Path bodies;

  private PredictLoad(String base, Path bodies) {
    this.base = base;
    this.bodies = bodies;
  }

  /// Runs it.
  public static void main(String[] args) throws IOException, InterruptedException {
    int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    Path bodies = Files.createTempDirectory("predict-load");
    try (ConfigurableApplicationContext context =
        SpringApplication.run(
            BackpropServer.class,
            "--spring.profiles.active=" + PROFILE,
            "--server.port=0",
            "--server.address=127.0.0.1")) {
      String port = context.getEnvironment().getRequiredProperty("local.server.port");
      new PredictLoad("http://127.0.0.1:" + port, bodies).run(seconds, rounds);
    }
  }

  /// Takes and gives `{}`.
  @Profile(PROFILE)
  @RestController
  static class Empty {

    /// An object without fields.
    record Nothing() {}

    @PostMapping(path = "/bench/empty", produces = MediaType.APPLICATION_JSON_VALUE)
    Nothing empty(@RequestBody Nothing nothing) {
      return nothing;
    }
  }

  /// @param rows of a request
  /// @param jsonLength bytes of the body that are JSON before tensors; 0 where there are none
  private record Target(
      String name, String path, Path body, String contentType, int rows, int jsonLength) {

    Target(String name, String path, Path body) {
      this(name, path, body, MediaType.APPLICATION_JSON_VALUE, 1, 0);
    }

    Target(String name, String path, Path body, int rows) {
      this(name, path, body, MediaType.APPLICATION_JSON_VALUE, rows, 0);
    }
  }

  /// What wrk has counted.
  ///
  /// @param cpu microseconds of this process a request
  private record Count(double perSecond, double cpu, long p50, long p99, long p999) {}

  private void run(int seconds, int rounds) throws IOException, InterruptedException {
    train("iris", 4, 3, 16);
    train("wide", 784, 10, 128);
    List<Target> targets =
        List.of(
            new Target("empty", "/bench/empty", body("empty", "{}")),
            new Target("4 inputs, 1 row", "/api/v1/models/iris/predict", rows("iris1", 1, 4)),
            new Target("784 inputs, 1 row", "/api/v1/models/wide/predict", rows("wide1", 1, 784)),
            new Target(
                "4 inputs, 256 rows", "/api/v1/models/iris/predict", rows("iris256", 256, 4), 256),
            new Target(
                "784 inputs, 64 rows", "/api/v1/models/wide/predict", rows("wide64", 64, 784), 64),
            tensors("iris", 256, 4),
            tensors("wide", 256, 784),
            new Target(
                "4 inputs, CSV",
                "/api/v1/models/iris/predict",
                body("iris.csv", csv(LONG, 4)),
                "text/csv",
                LONG,
                0),
            new Target(
                "4 inputs, NDJSON",
                "/api/v1/models/iris/predict",
                body("iris.ndjson", ndjson(LONG, 4)),
                MediaType.APPLICATION_NDJSON_VALUE,
                LONG,
                0));
    for (Target target : targets) {
      measure(target, seconds);
    }
    Map<Target, List<Count>> counts = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Target target : targets) {
        counts.computeIfAbsent(target, _ -> new ArrayList<>()).add(measure(target, seconds));
      }
    }
    print(counts);
  }

  private static void print(Map<Target, List<Count>> counts) {
    List<Count> empty = counts.values().iterator().next();
    System.out.printf(
        "%-22s %10s %10s %8s %8s %8s %8s %8s%n",
        "", "req/s", "rows/s", "of empty", "CPU", "p50", "p99", "p99.9");
    counts.forEach(
        (target, rounds) -> {
          for (int round = 0; round < rounds.size(); round++) {
            Count count = rounds.get(round);
            System.out.printf(
                Locale.ROOT,
                "%-22s %10.0f %10.0f %8.3f %8.1f %8d %8d %8d%n",
                target.name(),
                count.perSecond(),
                count.perSecond() * target.rows(),
                count.perSecond() / empty.get(round).perSecond(),
                count.cpu(),
                count.p50(),
                count.p99(),
                count.p999());
          }
        });
  }

  private Count measure(Target target, int seconds) throws IOException, InterruptedException {
    long cpuBefore = cpu();
    Process wrk =
        new ProcessBuilder(
                "wrk",
                "-t1",
                "-c" + CONNECTIONS,
                "-d" + seconds + "s",
                "-s",
                "src/bench/wrk/post.lua",
                base + target.path(),
                "--",
                target.body().toString(),
                target.contentType(),
                Integer.toString(target.jsonLength()))
            .redirectErrorStream(true)
            .start();
    String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String[] result =
        output
            .lines()
            .filter(line -> line.startsWith("RESULT"))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(output))
            .split(" ", -1);
    if (wrk.waitFor() != 0 || Long.parseLong(result[3]) > 0) {
      throw new IllegalStateException(target.name() + " failed: " + output);
    }
    double requests = Double.parseDouble(result[1]);
    return new Count(
        requests / Double.parseDouble(result[2]) * 1e6,
        (cpu() - cpuBefore) / 1e3 / requests,
        Long.parseLong(result[4]),
        Long.parseLong(result[5]),
        Long.parseLong(result[6]));
  }

  private static long cpu() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private void train(String name, int inputs, int classes, int units)
      throws IOException, InterruptedException {
    StringJoiner targets = new StringJoiner(",", "[", "]");
    for (int row = 0; row < 100; row++) {
      targets.add("[\"class" + row % classes + "\"]");
    }
    String body =
        """
        {"name": "%s", "dataset": {"inputs": %s, "targets": %s},
         "network": {"hidden": [{"units": %d}]}, "training": {"epochs": 5}}
        """
            .formatted(name, numbers(100, inputs), targets, units);
    HttpResponse<String> reply =
        http.send(
            HttpRequest.newBuilder(URI.create(base + "/api/v1/jobs"))
                .header("Content-Type", MediaType.APPLICATION_JSON_VALUE)
                .header("Prefer", "wait=30")
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    if (reply.statusCode() != 200) {
      throw new IllegalStateException(reply.body());
    }
  }

  /// A request of binary tensors in and out.
  private Target tensors(String model, int rows, int inputs) throws IOException {
    byte[] json =
        """
        {"parameters": {"binary_data_output": true}, "inputs": [
          {"name": "input", "datatype": "FP32", "shape": [%d, %d],
           "parameters": {"binary_data_size": %d}}]}"""
            .formatted(rows, inputs, Float.BYTES * rows * inputs)
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer body =
        ByteBuffer.allocate(json.length + Float.BYTES * rows * inputs)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(json);
    SplitMix64 random = new SplitMix64(1);
    while (body.hasRemaining()) {
      body.putFloat((float) random.nextDouble());
    }
    return new Target(
        inputs + " inputs, tensors",
        "/v2/models/" + model + "/infer",
        Files.write(bodies.resolve(model + ".bin"), body.array()),
        MediaType.APPLICATION_OCTET_STREAM_VALUE,
        rows,
        json.length);
  }

  private static String csv(int rows, int inputs) {
    StringJoiner header = new StringJoiner(",", "", "\n");
    for (int i = 1; i <= inputs; i++) {
      header.add("x" + i);
    }
    return header + ndjson(rows, inputs).replace("[", "").replace("]", "");
  }

  private static String ndjson(int rows, int inputs) {
    return numbers(rows, inputs).replace("[[", "[").replace("]]", "]").replace("],[", "]\n[")
        + "\n";
  }

  private Path rows(String name, int rows, int inputs) throws IOException {
    return body(name, "{\"inputs\": %s}".formatted(numbers(rows, inputs)));
  }

  private Path body(String name, String json) throws IOException {
    return Files.writeString(bodies.resolve(name), json);
  }

  private static String numbers(int rows, int columns) {
    SplitMix64 random = new SplitMix64(1);
    StringJoiner all = new StringJoiner(",", "[", "]");
    for (int row = 0; row < rows; row++) {
      StringJoiner one = new StringJoiner(",", "[", "]");
      for (int column = 0; column < columns; column++) {
        one.add(String.format(Locale.ROOT, "%.3f", random.nextDouble()));
      }
      all.add(one.toString());
    }
    return all.toString();
  }
}
