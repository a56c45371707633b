package dev.backprop.bench;

import dev.backprop.BackpropServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/// Sends predictions of one row at a constant rate, whether or not the ones before are answered,
/// and prints how long after the time at which each was due its answer was there, in microseconds:
/// on an idle server, while one and two clients send requests of 10,000 rows, and while the
/// training pool is full. wrk cannot do that, for it waits for answers.
///
/// The server is a process of its own. Arguments: requests a second (500), seconds a measurement
/// (5), rounds (3), the address of a server that runs already (else one is started).
public final class LatencyLoad {

  private static final int BIG = 10_000;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String base;
  private final int perSecond;
  private final int seconds;

  private LatencyLoad(String base, int perSecond, int seconds) {
    this.base = base;
    this.perSecond = perSecond;
    this.seconds = seconds;
  }

  /// Runs it.
  public static void main(String[] args) throws IOException, InterruptedException {
    int perSecond = args.length > 0 ? Integer.parseInt(args[0]) : 500;
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
    if (args.length > 3) {
      new LatencyLoad(args[3], perSecond, seconds).run(rounds);
      return;
    }
    int port = freePort();
    Process server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                BackpropServer.class.getName(),
                "--server.port=" + port)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      new LatencyLoad("http://127.0.0.1:" + port, perSecond, seconds).run(rounds);
    } finally {
      server.destroy();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void run(int rounds) throws IOException, InterruptedException {
    awaitServer();
    post(
        "/api/v1/jobs",
        """
        {"name": "iris", "dataset": {"generator": {"type": "gaussians", "rows": 200}},
         "network": {"hidden": [{"units": 16}]}, "training": {"epochs": 5}}""",
        "Prefer",
        "wait=30");
    System.out.printf("%-28s %8s %8s %8s %8s%n", "", "p50", "p99", "p99.9", "most");
    measure("warming up", 0);
    for (int round = 0; round < rounds; round++) {
      measure("idle", 0);
      measure("1 client of 10,000 rows", 1);
      measure("2 clients of 10,000 rows", 2);
      String job =
          post(
                  "/api/v1/jobs",
                  """
                  {"name": "busy", "dataset": {"generator": {"type": "gaussians", "rows": 20000}},
                   "network": {"hidden": [{"units": 256}, {"units": 256}]},
                   "training": {"epochs": 1000000, "threads": 2, "stopWhen": {"seconds": 600}}}""")
              .body()
              .replaceFirst("(?s).*?\"id\":\"([^\"]+)\".*", "$1");
      measure("training", 0);
      post("/api/v1/jobs/" + job + "/cancel", "");
    }
  }

  private void awaitServer() throws IOException, InterruptedException {
    for (int tries = 0; tries < 600; tries++) {
      try {
        if (http.send(
                    HttpRequest.newBuilder(URI.create(base + "/readyz")).build(),
                    BodyHandlers.discarding())
                .statusCode()
            == 200) {
          return;
        }
      } catch (IOException _) {
        // not yet
      }
      LockSupport.parkNanos(100_000_000);
    }
    throw new IOException("the server does not start");
  }

  private void measure(String name, int bigClients) throws InterruptedException {
    int count = perSecond * seconds;
    AtomicLongArray late = new AtomicLongArray(count);
    AtomicInteger failed = new AtomicInteger();
    AtomicInteger left = new AtomicInteger(count);
    String big = rows(BIG);
    String small = rows(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int client = 0; client < bigClients; client++) {
        threads.execute(
            () -> {
              while (left.get() > 0) {
                predict(big, failed);
              }
            });
      }
      long start = System.nanoTime() + 10_000_000;
      for (int i = 0; i < count; i++) {
        int request = i;
        long due = start + 1_000_000_000L * i / perSecond;
        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
          LockSupport.parkNanos(wait);
        }
        threads.execute(
            () -> {
              predict(small, failed);
              late.set(request, (System.nanoTime() - due) / 1_000);
              left.decrementAndGet();
            });
      }
    }
    long[] sorted = new long[count];
    Arrays.setAll(sorted, late::get);
    Arrays.sort(sorted);
    System.out.printf(
        Locale.ROOT,
        "%-28s %8d %8d %8d %8d%s%n",
        name,
        sorted[count / 2],
        sorted[count * 99 / 100],
        sorted[(int) (count * 999L / 1000)],
        sorted[count - 1],
        failed.get() == 0 ? "" : "  FAILED " + failed);
  }

  private void predict(String rows, AtomicInteger failed) {
    try {
      if (post("/api/v1/models/iris/predict", rows).statusCode() != 200) {
        failed.incrementAndGet();
      }
    } catch (IOException | InterruptedException _) {
      failed.incrementAndGet();
    }
  }

  private HttpResponse<String> post(String path, String json, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static String rows(int count) {
    String row = "[0.25, 0.75]";
    return "{\"inputs\": [" + (row + ",").repeat(count - 1) + row + "]}";
  }
}
