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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Lets Gatling send predictions of one row at a constant rate, whether or not the ones before are
/// answered: to an idle server, while one and two clients send requests of 10,000 rows, and while
/// the training pool is full. Prints the response times of each in milliseconds; Gatling's report
/// is in target/gatling/results. wrk cannot do that, for it waits for answers.
///
/// The server is a process of its own, and so is Gatling, which comes with a class path of its own
/// (`src/bench/gatling/pom.xml`). Arguments: requests a second (500), seconds a measurement (5),
/// rounds (3).
public final class LatencyLoad {

  private final HttpClient http = HttpClient.newHttpClient();
  private final String base;

  private LatencyLoad(String base) {
    this.base = base;
  }

  /// Runs it.
  public static void main(String[] args) throws IOException, InterruptedException {
    int perSecond = args.length > 0 ? Integer.parseInt(args[0]) : 500;
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
    String gatling = new OwnBuild("gatling").classPath();
    int port = freePort();
    LatencyLoad load = new LatencyLoad("http://127.0.0.1:" + port);
    Process server =
        java(
                "-cp",
                System.getProperty("java.class.path"),
                BackpropServer.class.getName(),
                "--server.address=127.0.0.1",
                "--server.port=" + port)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      load.awaitServer();
      load.train();
      load.run(gatling, perSecond, seconds, rounds);
    } finally {
      server.destroy();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static ProcessBuilder java(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).inheritIO();
  }

  private void awaitServer() throws IOException, InterruptedException {
    for (int tries = 0; tries < 600; tries++) {
      try {
        if (send(HttpRequest.newBuilder(URI.create(base + "/readyz"))).statusCode() == 200) {
          return;
        }
      } catch (IOException _) {
        // not yet
      }
      LockSupport.parkNanos(100_000_000);
    }
    throw new IOException("the server does not start");
  }

  private void train() throws IOException, InterruptedException {
    HttpResponse<String> reply =
        send(
            HttpRequest.newBuilder(URI.create(base + "/api/v1/jobs"))
                .header("Content-Type", "application/json")
                .header("Prefer", "wait=30")
                .POST(
                    BodyPublishers.ofString(
                        """
                        {"name": "iris", "dataset": {"generator": {"type": "gaussians", "rows": 200}},
                         "network": {"hidden": [{"units": 16}]}, "training": {"epochs": 5}}""")));
    if (!reply.body().contains("\"succeeded\"")) {
      throw new IOException(reply.body());
    }
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  /// Gatling asks Maven Central for newer versions of itself, which no setting turns off: its
  /// process knows no names of hosts, and the preferences that it keeps are not the user's.
  private void run(String classPath, int perSecond, int seconds, int rounds)
      throws IOException, InterruptedException {
    Path target = Path.of("target", "gatling").toAbsolutePath();
    int status =
        java(
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djdk.net.hosts.file=/dev/null",
                "-Djava.util.prefs.userRoot=" + target,
                "-Dbase=" + base,
                "-Drate=" + perSecond,
                "-Dseconds=" + seconds,
                "-Drounds=" + rounds,
                "-cp",
                classPath,
                "dev.backprop.bench.gatling.LatencyTable",
                target.resolve("results").toString())
            .start()
            .waitFor();
    if (status != 0) {
      throw new IOException("Gatling ends with " + status);
    }
  }
}
