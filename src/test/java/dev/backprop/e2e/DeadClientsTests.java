package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.e2e.Api.LongJob;
import dev.backprop.e2e.EventSource.Event;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/// Clients that are gone without a word, and such that never read, on a server that is soon
/// impatient.
@EndToEnd
@Import(DeadClientsTests.SmallBuffers.class)
@TestPropertySource(
    properties = {
      "server.tomcat.connection-timeout=1s",
      "backprop.events.heartbeat=200ms",
      "backprop.events.max-streams=60"
    })
class DeadClientsTests {

  private static final int CLIENTS = 50;
  private static final String STATUS = "HTTP/1.1 200";

  private final Api api;
  private final MeterRegistry meters;

  DeadClientsTests(Api api, MeterRegistry meters) {
    this.api = api;
    this.meters = meters;
  }

  /// Else it takes megabytes until the operating system tells that nobody reads.
  @TestConfiguration(proxyBeanMethods = false)
  static class SmallBuffers {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> smallBuffers() {
      return factory ->
          factory.addConnectorCustomizers(
              connector -> connector.setProperty("socket.txBufSize", "4096"));
    }
  }

  @Test
  @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void areDroppedAndHoldUpNobody() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try (LongJob job = api.startLongJob("watched").awaitFirstEpoch()) {
      String path = Api.JOBS + "/" + job.id() + "/events";
      for (int client = 0; client < CLIENTS; client++) {
        sockets.add(open(path, 1024));
      }
      for (int client = 0; client < CLIENTS; client += 2) {
        sockets.get(client).setSoLinger(true, 0); // without a FIN
        sockets.get(client).close();
      }
      EventSource.Stream lively =
          new EventSource(api).read(path, null, count -> streams() > 1 || count < 10);
      List<Long> epochs =
          lively.events().stream()
              .filter(event -> event.type().equals("epoch"))
              .map(Event::id)
              .toList();
      assertThat(epochs).hasSizeGreaterThan(5).isSorted().doesNotHaveDuplicates();
      assertThat(lively.comments()).isPositive();
      await("the others are dropped", () -> streams() == 0);
      int before = api.job(job.id()).at("/progress/epoch").asInt();
      api.await(job.id(), j -> j.at("/progress/epoch").asInt() > before);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  @Test
  void thatAreTooManyAreRefused() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try (LongJob job = api.startLongJob("popular")) {
      String path = Api.JOBS + "/" + job.id() + "/events";
      for (int client = 0; client < 60; client++) {
        sockets.add(open(path, 1 << 20));
      }
      assertThat(streams()).isEqualTo(60);
      Reply refused = api.get(path, "Accept", EventSource.STREAM).expect(429);
      assertThat(refused.header("Retry-After")).isEqualTo("5");
      assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
      assertThat(refused.json().get("type").asString()).isEqualTo("/problems/too-many-streams");
      assertThat(refused.json().get("detail").asString()).contains("backprop.events.max-streams");
      api.get(path).expect(200); // polling goes on
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    await("the streams have ended with the job", () -> streams() == 0);
  }

  private double streams() {
    return meters.get("backprop.events.streams").gauge().value();
  }

  private static void await(String what, java.util.concurrent.Callable<Boolean> condition) {
    Awaitility.await(what)
        .atMost(Duration.ofSeconds(30))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .until(condition);
  }

  /// Asks for the stream, waits until it begins, and never reads on.
  ///
  /// @param buffer bytes that its computer reads for it, about
  private Socket open(String path, int buffer) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(buffer);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), api.uri("/").getPort()));
    socket
        .getOutputStream()
        .write(
            String.format(
                    Locale.ROOT,
                    "GET %s HTTP/1.1\r\nHost: localhost\r\nAccept: %s\r\n\r\n",
                    path,
                    EventSource.STREAM)
                .getBytes(StandardCharsets.US_ASCII));
    assertThat(socket.getInputStream().readNBytes(STATUS.length())).asString().isEqualTo(STATUS);
    return socket;
  }
}
