package dev.backprop.job.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.core5.http.MessageConstraintException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Calls over real connections, to receivers that mean well and such that do not.
class GuardedWebhookClientTests {

  private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");

  private final List<String> received = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
    timer.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    received.add(
        exchange.getRequestMethod()
            + " "
            + path
            + " "
            + exchange.getRequestHeaders().getFirst("webhook-id")
            + " "
            + exchange.getRequestHeaders().getFirst("Content-Type")
            + " "
            + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    int status = Integer.parseInt(path.substring(1, 4));
    switch (path.substring(4)) {
      case "/seconds" -> exchange.getResponseHeaders().set("Retry-After", "120");
      case "/date" ->
          exchange.getResponseHeaders().set("Retry-After", "Thu, 1 Jan 2026 10:01:00 GMT");
      case "/past" ->
          exchange.getResponseHeaders().set("Retry-After", "Thu, 1 Jan 2026 09:01:00 GMT");
      case "/nonsense" -> exchange.getResponseHeaders().set("Retry-After", "soon");
      case "/elsewhere" -> exchange.getResponseHeaders().set("Location", "/200");
      default -> {}
    }
    if (path.endsWith("/endless")) {
      exchange.sendResponseHeaders(status, 0);
      try (OutputStream body = exchange.getResponseBody()) {
        for (int i = 0; i < 1 << 20; i++) {
          body.write(new byte[1 << 10]);
        }
        received.add("all of it was read");
      }
    } else {
      exchange.sendResponseHeaders(status, -1);
    }
    exchange.close();
  }

  private URI uri(String host, String path) {
    return URI.create("http://" + host + ":" + server.getAddress().getPort() + path);
  }

  private WebhookClient.Answer post(boolean internal, DnsResolver names, URI target)
      throws IOException {
    return post(internal, names, target, Duration.ofSeconds(30));
  }

  private WebhookClient.Answer post(
      boolean internal, DnsResolver names, URI target, Duration timeout) throws IOException {
    try (GuardedWebhookClient client =
        new GuardedWebhookClient(
            new WebhookProperties(
                List.of("any"), WebhookTargetsTests.SECRET, internal, 4, timeout, 10),
            names,
            timer,
            InstantSource.fixed(NOW))) {
      return client.post(target, Map.of("webhook-id", "msg_1"), "{\"a\":\"ä\"}");
    }
  }

  private WebhookClient.Answer post(String path) throws IOException {
    return post(true, SystemDefaultDnsResolver.INSTANCE, uri("127.0.0.1", path));
  }

  @Test
  void postsJson() throws IOException {
    assertThat(post("/204")).isEqualTo(new WebhookClient.Answer(204, null));
    assertThat(received).hasSize(1);
    assertThat(received.getFirst())
        .startsWith("POST /204 msg_1 application/json")
        .endsWith("{\"a\":\"ä\"}");
  }

  @Test
  void followsNoRedirect() throws IOException {
    assertThat(post("/307/elsewhere").status()).isEqualTo(307);
    assertThat(post("/302/elsewhere").status()).isEqualTo(302);
    assertThat(received).hasSize(2);
  }

  @Test
  void understandsWhenToComeBack() throws IOException {
    assertThat(post("/503/seconds").retryAfter()).isEqualTo(Duration.ofMinutes(2));
    assertThat(post("/429/date").retryAfter()).isEqualTo(Duration.ofMinutes(1));
    assertThat(post("/503/past").retryAfter()).isZero();
    assertThat(post("/503/nonsense").retryAfter()).isNull();
    assertThat(received).as("no attempts of its own").hasSize(4);
  }

  @Test
  void readsNoBody() throws IOException {
    assertThat(post("/200/endless").status()).isEqualTo(200);
    assertThat(received).doesNotContain("all of it was read");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "localhost",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "0.0.0.0",
        "10.0.0.1",
        "192.168.1.1",
        "172.16.0.1",
        "169.254.169.254",
        "[fd00::1]",
        "[fe80::1]"
      })
  void refusesInternalAddresses(String host) {
    assertThatThrownBy(() -> post(false, SystemDefaultDnsResolver.INSTANCE, uri(host, "/200")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no address that may be called");
    assertThat(received).isEmpty();
  }

  /// The name was harmless when it was checked, and is this machine's when it is called.
  @Test
  void refusesThemBehindNamesToo() {
    assertThatThrownBy(
            () ->
                post(
                    false,
                    names(InetAddress.getLoopbackAddress()),
                    uri("hooks.example.com", "/200")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no address that may be called");
    assertThat(received).isEmpty();
  }

  @Test
  void callsNamesOfAllowedAddresses() throws IOException {
    assertThat(
            post(true, names(InetAddress.getLoopbackAddress()), uri("hooks.example.com", "/200"))
                .status())
        .isEqualTo(200);
  }

  private static DnsResolver names(InetAddress address) {
    return new DnsResolver() {
      @Override
      public InetAddress[] resolve(String host) throws UnknownHostException {
        return new InetAddress[] {address};
      }

      @Override
      public String resolveCanonicalHostname(String host) {
        return host;
      }
    };
  }

  /// It sends a byte now and then, so that no read takes long.
  @Test
  void waitsForNoEndlessHead() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      threads.execute(() -> drip(socket));
      URI target = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
      Duration soon = Duration.ofSeconds(1);
      assertThatThrownBy(() -> post(true, SystemDefaultDnsResolver.INSTANCE, target, soon))
          .isInstanceOf(IOException.class)
          .as("is not the end of a line that became too long")
          .isNotInstanceOf(MessageConstraintException.class);
    }
  }

  private static void drip(ServerSocket socket) {
    try (Socket client = socket.accept()) {
      client.getOutputStream().write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.US_ASCII));
      client.setSoTimeout(50);
      while (true) {
        client.getOutputStream().write('x');
        client.getOutputStream().flush();
        pause(client);
      }
    } catch (IOException _) {
      // the client has had enough
    }
  }

  /// Waits 50 ms for what never comes, once the request is read.
  private static void pause(Socket client) throws IOException {
    try {
      while (client.getInputStream().read() >= 0) {
        // the request
      }
      throw new IOException("closed");
    } catch (java.net.SocketTimeoutException _) {
      // next byte
    }
  }
}
