package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The end of a server, in a process of its own.
class ShutdownTests {

  private static final Pattern READY = Pattern.compile("ready at http://localhost:(\\d+)/");

  /// Much less than the grace of 30 seconds that containers give.
  private static final Duration SOON = Duration.ofSeconds(15);

  @Test
  void keepsWhatTheJobsHaveLearnedAndAnswersThoseWhoWait() throws Exception {
    Process server = start();
    try (BufferedReader log = server.inputReader(StandardCharsets.UTF_8)) {
      int port = awaitPort(log);
      Api api = new Api(() -> port);
      CompletableFuture<Reply> waiting =
          CompletableFuture.supplyAsync(
              () ->
                  api.post(
                      Api.JOBS,
                      """
                      {"name": "long", "dataset": {"generator": {"type": "xor", "rows": 1000}},
                       "training": {"epochs": 10000000, "batchSize": "full"}}""",
                      "Prefer",
                      "wait=60"));
      awaitFirstEpoch(api);
      String events = api.get(Api.JOBS).json().at("/data/0/links/events").asString();
      CompletableFuture<EventSource.Stream> watching =
          CompletableFuture.supplyAsync(() -> new EventSource(api).readAll(events, null));
      awaitAStream(api);

      server.destroy(); // SIGTERM, as from Docker and Kubernetes

      JsonNode job = waiting.get(SOON.toSeconds(), TimeUnit.SECONDS).expect(200).json();
      assertThat(job.get("status").asString()).isEqualTo("cancelled");
      assertThat(job.get("stopReason").asString()).isEqualTo("shutdown");
      assertThat(job.at("/model/name").asString()).isEqualTo("long");
      EventSource.Stream stream = watching.get(SOON.toSeconds(), TimeUnit.SECONDS);
      assertThat(stream.ended()).isTrue();
      assertThat(stream.events().getLast().data().get("stopReason").asString())
          .isEqualTo("shutdown");
      assertThat(server.waitFor(SOON)).isTrue();
    } finally {
      server.destroyForcibly();
    }
  }

  private static Process start() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(List.of("-cp", classPath()));
    command.add("dev.backprop.BackpropServer");
    command.add("--server.port=0");
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /// Without the tests, whose configurations are not the server's.
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> !Path.of(entry).endsWith("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static int awaitPort(BufferedReader log) throws IOException {
    StringBuilder read = new StringBuilder();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      read.append(line).append('\n');
      Matcher ready = READY.matcher(line);
      if (ready.find()) {
        return Integer.parseInt(ready.group(1));
      }
    }
    throw new AssertionError("the server did not start:\n" + read);
  }

  private static void awaitAStream(Api api) {
    Awaitility.await("the stream")
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> api.get("/actuator/prometheus").body().contains("backprop_events_streams 1.0"));
  }

  private static void awaitFirstEpoch(Api api) {
    Awaitility.await("the first epoch")
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> api.get(Api.JOBS).json().at("/data/0/progress/epoch").asInt(0) > 0);
  }
}
