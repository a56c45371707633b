package dev.backprop.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.github.dockerjava.api.DockerClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RequiresDocker
class ImageTests {

  private static final Duration STARTS_WITHIN = Duration.ofMinutes(2);
  private static final int GRACE_SECONDS = 30;
  private static final int EXIT_BY_SIGTERM = 128 + 15;

  private static final String XOR =
      """
      {"name": "xor",
       "dataset": {"generator": {"type": "xor"}},
       "network": {"hidden": [{"units": 2, "activation": "sigmoid"}],
                   "output": {"activation": "sigmoid"}},
       "training": {"loss": "meanSquaredError",
                    "optimizer": {"type": "sgd", "learningRate": 0.2},
                    "epochs": 10000, "batchSize": "full", "seed": 42}}
      """;
  private static final String ALL_FOUR =
      """
      {"inputs": [[0, 0], [0, 1], [1, 0], [1, 1]]}
      """;

  private static final GenericContainer<?> server =
      ServerImage.openContainer()
          .waitingFor(Wait.forHealthcheck().withStartupTimeout(STARTS_WITHIN));

  @BeforeAll
  static void startsTheServer() {
    server.start();
  }

  @AfterAll
  static void stopsTheServer() {
    server.stop();
  }

  @Test
  void answersItsOwnHealthCheck() {
    assertThat(server.isHealthy()).isTrue();
  }

  @Test
  void runsAsAnotherUserThanRoot() throws Exception {
    assertThat(server.execInContainer("id", "-u").getStdout().strip()).isEqualTo("10001");
  }

  @Test
  void startsWithoutAWarning() {
    assertThat(server.getLogs()).doesNotContainIgnoringCase("warn");
  }

  @Test
  void loadsOpenBlasFromATemporaryFolderInMemory() {
    assertThat(server.getLogs()).contains("blas OpenBLAS");
  }

  @Test
  void trainsXorOverThePublishedPort() throws Exception {
    JsonNode job = post("/api/v1/jobs", XOR);
    assertThat(job.path("status").asString()).isEqualTo("succeeded");

    JsonNode reply = post("/api/v1/models/xor/predict", ALL_FOUR);
    double[] predicted =
        StreamSupport.stream(reply.path("predictions").spliterator(), false)
            .mapToDouble(prediction -> prediction.at("/values/y").asDouble())
            .toArray();
    assertThat(predicted).containsExactly(new double[] {0, 1, 1, 0}, within(0.1));
  }

  @Test
  void refusesToStartUntilItKnowsWhoMayCall() {
    try (var untold =
        ServerImage.container()
            .withStartupCheckStrategy(new HasEnded().withTimeout(STARTS_WITHIN))) {
      untold.start();

      assertThat(untold.getCurrentContainerInfo().getState().getExitCodeLong()).isNotZero();
      assertThat(untold.getLogs())
          .contains("backprop.security.api-keys", "backprop.security.allow-unauthenticated");
    }
  }

  @Test
  void stopsByItselfWithinTheGracePeriod() {
    try (var stopping =
        ServerImage.openContainer()
            .waitingFor(Wait.forHealthcheck().withStartupTimeout(STARTS_WITHIN))) {
      stopping.start();

      stopping
          .getDockerClient()
          .stopContainerCmd(stopping.getContainerId())
          .withTimeout(GRACE_SECONDS)
          .exec();

      assertThat(stopping.getCurrentContainerInfo().getState().getExitCodeLong())
          .as("the exit code, which after a kill would be 137")
          .isEqualTo(EXIT_BY_SIGTERM);
    }
  }

  /// Waits until the container has ended, however it ended.
  private static final class HasEnded extends StartupCheckStrategy {

    @Override
    public StartupStatus checkStartupState(DockerClient docker, String id) {
      var state = getCurrentState(docker, id);
      return DockerStatus.isContainerStopped(state)
          ? StartupStatus.SUCCESSFUL
          : StartupStatus.NOT_YET_KNOWN;
    }
  }

  private static JsonNode post(String path, String body) throws IOException, InterruptedException {
    var uri = URI.create("http://localhost:" + server.getMappedPort(ServerImage.PORT) + path);
    var request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .header("Prefer", "wait=30")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      var response = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      return JsonMapper.shared().readTree(response.body());
    }
  }
}
