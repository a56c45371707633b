package dev.backprop.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server that tells a caller's of the end of jobs.
@EndToEnd
@TestPropertySource(
    properties = {
      "backprop.webhooks.allowed-hosts=127.0.0.1,*.example.com",
      "backprop.webhooks.allow-internal-addresses=true",
      "backprop.webhooks.secret=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    })
class WebhooksTests {

  private static final byte[] KEY = Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

  private final Api api;
  private final MeterRegistry meters;
  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private HttpServer receiver;

  WebhooksTests(Api api, MeterRegistry meters) {
    this.api = api;
    this.meters = meters;
  }

  private record Received(Map<String, String> headers, String body) {}

  @BeforeEach
  void start() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/hook",
        exchange -> {
          var headers = exchange.getRequestHeaders();
          received.add(
              new Received(
                  Map.of(
                      "id", headers.getFirst("webhook-id"),
                      "timestamp", headers.getFirst("webhook-timestamp"),
                      "signature", headers.getFirst("webhook-signature")),
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.createContext(
        "/gone",
        exchange -> {
          exchange.sendResponseHeaders(410, -1);
          exchange.close();
        });
    receiver.start();
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
  }

  private String url() {
    return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
  }

  @Test
  void areCalledSignedAtTheEndOfAJob() throws Exception {
    JsonNode job =
        api.train(
            """
            {"name": "told", "dataset": {"generator": {"type": "xor"}},
             "training": {"epochs": 3}, "webhook": {"url": "%s"}}"""
                .formatted(url()));
    assertThat(job.at("/spec/webhook/url").asString()).isEqualTo(url());
    Received call = received.poll(30, TimeUnit.SECONDS);
    assertThat(call).isNotNull();
    JsonNode body = JsonMapper.shared().readTree(call.body());
    assertThat(body.propertyNames()).containsExactly("type", "timestamp", "data");
    assertThat(body.get("type").asString()).isEqualTo("job.succeeded");
    assertThat(body.at("/data/id")).isEqualTo(job.get("id"));
    assertThat(body.at("/data/status").asString()).isEqualTo("succeeded");
    assertThat(body.at("/data/stopReason").asString()).isEqualTo("epochs");
    String id = call.headers().get("id");
    assertThat(id).contains(job.get("id").asString());
    assertThat(call.headers().get("signature"))
        .isEqualTo("v1," + hmac(id + "." + call.headers().get("timestamp") + "." + call.body()));
    // it is the job's affair
    JsonNode model = api.get(job.at("/links/model").asString()).expect(200).json();
    assertThat(model.get("spec").has("webhook")).isFalse();
  }

  private static String hmac(String message) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
    return Base64.getEncoder()
        .encodeToString(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void areCalledForFailuresAndCancellationsToo() throws Exception {
    api.post(
            Api.JOBS,
            """
            {"dataset": {"generator": {"type": "xor", "rows": 100}},
             "training": {"optimizer": {"type": "sgd", "learningRate": 1e10}},
             "webhook": {"url": "%s"}}"""
                .formatted(url()))
        .expect(202);
    assertThat(type()).isEqualTo("job.failed");
    String id =
        api.submit(
                """
                {"dataset": {"generator": {"type": "xor", "rows": 1000}},
                 "training": {"epochs": 10000000, "batchSize": "full"},
                 "webhook": {"url": "%s"}}"""
                    .formatted(url()))
            .get("id")
            .asString();
    api.post(Api.JOBS + "/" + id + "/cancel", "").expect(202);
    assertThat(type()).isEqualTo("job.cancelled");
  }

  private String type() throws InterruptedException {
    Received call = received.poll(30, TimeUnit.SECONDS);
    assertThat(call).isNotNull();
    return JsonMapper.shared().readTree(call.body()).get("type").asString();
  }

  @Test
  void goToAllowedHostsAlone() {
    Reply refused =
        api.post(
                Api.JOBS,
                """
                {"dataset": {"generator": {"type": "xor"}}, "training": {"optimizer":
                 {"type": "sgd", "learningRate": 0.1}}, "weights": "nosuch",
                 "webhook": {"url": "https://elsewhere.org/hook"}}""")
            .expect(422);
    assertThat(refused.json().get("errors").size()).isEqualTo(2);
    assertThat(refused.body()).contains("#/webhook/url", "backprop.webhooks.allowed-hosts");
    api.post(Api.JOBS, "{\"dataset\": {\"generator\": {\"type\": \"xor\"}}, \"webhook\": {}}")
        .expect(400);
  }

  /// A failure of the call is none of the job.
  @Test
  void thatFailLeaveTheJobAlone() {
    double before = failed();
    JsonNode job =
        api.train(
            """
            {"name": "untold", "dataset": {"generator": {"type": "xor"}},
             "training": {"epochs": 3}, "webhook": {"url": "%s"}}"""
                .formatted(url().replace("/hook", "/gone")));
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> failed() > before);
    JsonNode after = api.get(job.at("/links/self").asString()).expect(200).json();
    assertThat(after.get("status").asString()).isEqualTo("succeeded");
    assertThat(after.get("error").isNull()).isTrue();
  }

  private double failed() {
    return meters.get("backprop.webhooks").tag("outcome", "failed").counter().count();
  }
}
