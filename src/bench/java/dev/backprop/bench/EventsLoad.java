package dev.backprop.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.backprop.BackpropServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Lets clients watch a training and prints its speed without and with them, the heap before and
/// after they have come and gone, and how many events they have missed or had twice.
///
/// Half of the clients lose the connection again and again, a tenth never read, the others read on;
/// they are a process of their own ([EventsLoadClients]). Only events that are no epochs can be
/// missed, as of epochs the newest wins.
///
/// Arguments: clients (1000), seconds a measurement (10), rounds (3).
public final class EventsLoad {

  private static final String JOBS = "/api/v1/jobs";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String base;
  private final int clients;
  private final int seconds;

  private EventsLoad(String base, int clients, int seconds) {
    this.base = base;
    this.clients = clients;
    this.seconds = seconds;
  }

  /// Runs it.
  public static void main(String[] args) throws IOException, InterruptedException {
    int clients = args.length > 0 ? Integer.parseInt(args[0]) : 1_000;
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 10;
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
    try (ConfigurableApplicationContext context =
        SpringApplication.run(
            BackpropServer.class, "--server.port=0", "--server.address=127.0.0.1")) {
      String port = context.getEnvironment().getRequiredProperty("local.server.port");
      new EventsLoad("http://127.0.0.1:" + port, clients, seconds).run(rounds);
    }
  }

  private void run(int rounds) throws IOException, InterruptedException {
    alone(); // until both are compiled
    watched();
    awaitStreams(0);
    for (int round = 1; round <= rounds; round++) {
      Speed before = alone();
      long heap = heap();
      Speed watched = watched();
      awaitStreams(0);
      long after = heap();
      Speed again = alone();
      System.out.printf(
          Locale.ROOT,
          "%d clients: %.0f epochs/s, without %.0f and %.0f (%+.1f %%); CPU an epoch %.2f us,"
              + " without %.2f and %.2f (%+.1f %%); CPU beside the trainer %.1f %%, without %.1f"
              + " and %.1f, of the clients %.1f %%; heap %.1f MB before, %.1f MB after%n",
          clients,
          watched.perSecond(),
          before.perSecond(),
          again.perSecond(),
          100 * (2 * watched.perSecond() / (before.perSecond() + again.perSecond()) - 1),
          1e6 * watched.trainer(),
          1e6 * before.trainer(),
          1e6 * again.trainer(),
          100 * (2 * watched.trainer() / (before.trainer() + again.trainer()) - 1),
          100 * watched.others(),
          100 * before.others(),
          100 * again.others(),
          100 * watched.clients(),
          heap / 1e6,
          after / 1e6);
    }
  }

  /// How a training went on.
  ///
  /// @param perSecond epochs
  /// @param trainer seconds of its thread's CPU an epoch
  /// @param others seconds of CPU a second that this process spent beside it
  /// @param clients seconds of CPU a second that the clients spent
  private record Speed(double perSecond, double trainer, double others, double clients) {}

  /// Of a job that nobody watches.
  private Speed alone() throws IOException, InterruptedException {
    String job = start();
    Speed speed = measure(job, null);
    cancel(job);
    return speed;
  }

  private Speed watched() throws IOException, InterruptedException {
    String job = start();
    Process watchers =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                EventsLoadClients.class.getName(),
                base + job + "/events",
                Integer.toString(clients))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader report = watchers.inputReader()) {
      awaitStreams(clients * 3 / 4);
      measure(job, null); // until all have come, and what they need is compiled
      Speed speed = measure(job, watchers.toHandle());
      cancel(job);
      report.lines().forEach(System.out::println);
      return speed;
    } finally {
      watchers.destroy();
    }
  }

  private String start() throws IOException, InterruptedException {
    String body =
        """
        {"name": "watched", "dataset": {"generator": {"type": "xor", "rows": 1000}},
         "training": {"epochs": 10000000, "batchSize": "full"}}""";
    String job = JOBS + "/" + json("POST", JOBS, body).get("id").asString();
    while (epoch(job) == 0) {
      LockSupport.parkNanos(10_000_000);
    }
    return job;
  }

  private Speed measure(String job, @Nullable ProcessHandle watchers)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    double trainer = trainerCpu();
    double all = processCpu();
    double clientsBefore = cpu(watchers);
    int first = epoch(job);
    long end = start + 1_000_000_000L * seconds;
    for (long left = end - start; left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
    int epochs = epoch(job) - first;
    trainer = trainerCpu() - trainer;
    double passed = (System.nanoTime() - start) / 1e9;
    return new Speed(
        epochs / passed,
        trainer / epochs,
        (processCpu() - all - trainer) / passed,
        (cpu(watchers) - clientsBefore) / passed);
  }

  /// Seconds of the thread that trains.
  private static double trainerCpu() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("training-"))
        .mapToDouble(thread -> threads.getThreadCpuTime(thread.threadId()) / 1e9)
        .sum();
  }

  private static double processCpu() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        / 1e9;
  }

  private static double cpu(@Nullable ProcessHandle process) {
    return process == null ? 0 : process.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
  }

  private int epoch(String job) throws IOException, InterruptedException {
    return json("GET", job, "").at("/progress/epoch").asInt();
  }

  private void cancel(String job) throws IOException, InterruptedException {
    json("POST", job + "/cancel", "");
    while (json("GET", job, "").get("finishedAt").isNull()) {
      LockSupport.parkNanos(10_000_000);
    }
  }

  private void awaitStreams(int wanted) throws IOException, InterruptedException {
    for (int tries = 0; tries < 600; tries++) {
      double open =
          text("GET", "/actuator/prometheus", "")
              .lines()
              .filter(line -> line.startsWith("backprop_events_streams "))
              .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
              .sum();
      if (wanted == 0 ? open == 0 : open >= wanted) {
        return;
      }
      LockSupport.parkNanos(100_000_000);
    }
    throw new IllegalStateException("there are not " + wanted + " streams");
  }

  /// Used bytes after everything that can be freed is.
  private static long heap() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  private JsonNode json(String method, String path, String body)
      throws IOException, InterruptedException {
    return JsonMapper.shared().readTree(text(method, path, body));
  }

  private String text(String method, String path, String body)
      throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/json")
                .method(
                    method,
                    body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString())
        .body();
  }
}
