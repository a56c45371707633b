package dev.backprop.system.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// The server as it comes, over the wire.
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(OpenServerTests.Echo.class)
class OpenServerTests {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @LocalServerPort private int port;

  @Test
  void answersThisMachineWithoutAKey() throws Exception {
    assertThat(get("/actuator/info").statusCode()).isEqualTo(200);
    assertThat(get("/livez").body()).contains("UP");
    assertThat(get("/readyz").body()).contains("UP");
    assertThat(get("/actuator/prometheus").body()).contains("jvm_memory_used_bytes");
    assertThat(get("/v3/api-docs").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/actuator", "/actuator/env", "/actuator/heapdump", "/actuator/shutdown",
        "/actuator/loggers", "/actuator/beans", "/actuator/mappings", "/nothing"
      })
  void showsNothingElse(String path) throws Exception {
    HttpResponse<String> response = get(path);

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(response.body()).contains("\"type\":\"/problems/not-found\"");
  }

  @Test
  void sendsHeadersThatKeepBrowsersFromHelpingAnAttacker() throws Exception {
    HttpResponse<String> response = get("/problems");

    Map<String, String> expected =
        Map.of(
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            "X-Frame-Options", "DENY",
            "Cache-Control", "no-cache");
    expected.forEach(
        (name, value) -> assertThat(response.headers().firstValue(name)).hasValue(value));
    assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("frame-ancestors 'none'", "script-src 'self';");
    assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(response.headers().firstValue("Server")).isEmpty();
  }

  @Test
  void letsNoForeignPageIn() throws Exception {
    HttpResponse<String> simple =
        send(request("/actuator/info").header("Origin", "https://evil.example"));
    HttpResponse<String> preflight =
        send(
            request("/test/echo")
                .header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));

    assertThat(simple.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded"})
  void takesNoBodyThatAFormCanSend(String type) throws Exception {
    HttpResponse<String> response =
        send(
            request("/test/echo")
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString("{\"a\": 1}")));

    assertThat(response.statusCode()).isEqualTo(415);
    assertThat(response.body()).contains("/problems/unsupported-media-type", "application/json");
  }

  @Test
  void leadsFromTheRootToTheApi() throws Exception {
    HttpResponse<String> response = get("/");

    assertThat(response.statusCode()).isEqualTo(302);
    assertThat(response.headers().firstValue("Location")).hasValue("/swagger-ui.html");
  }

  @Test
  void refusesAForeignHost() throws Exception {
    String answer =
        Wire.send(port, "GET /livez HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");

    assertThat(answer)
        .startsWith("HTTP/1.1 400")
        .contains("application/problem+json", "/problems/host-not-allowed", "evil.example")
        .contains("backprop.security.allowed-hosts", "X-Content-Type-Options: nosniff");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:1", "127.0.0.1:8080", "[::1]:8080"})
  void answersByTheNamesOfThisMachine(String host) throws Exception {
    String answer =
        Wire.send(port, "GET /livez HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /a;b=1 HTTP/1.1",
        "GET //a HTTP/1.1",
        "GET /a/../b HTTP/1.1",
        "GET /a%2fb HTTP/1.1",
        "GET /a%00b HTTP/1.1",
        "GET /a%5cb HTTP/1.1",
        "GET /<script> HTTP/1.1",
        "GET /a?x=[ HTTP/1.1",
        "GET /%zz HTTP/1.1",
        "TRACE / HTTP/1.1",
        "GET / HTTP/9.9",
        "NONSENSE",
        "G\u0001T / HTTP/1.1",
        "PROPFIND / HTTP/1.1"
      })
  void refusesOddRequestsWithoutTellingAnything(String line) throws Exception {
    String answer = Wire.send(port, line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    assertThat(answer).matches("(?s)HTTP/1.1 (4\\d\\d|505|501) .*");
    assertTellsNothing(answer);
  }

  @Test
  void refusesHeadersThatAreTooLarge() throws Exception {
    String answer =
        Wire.send(
            port,
            "GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "x".repeat(20_000) + "\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 4").contains("application/problem+json");
    assertTellsNothing(answer);
  }

  @Test
  void answersErrorsAsProblemsWhateverIsAccepted() throws Exception {
    for (String accept : new String[] {"text/csv", "image/png", "text/html", "no type"}) {
      HttpResponse<String> response = send(request("/nothing").header("Accept", accept));

      assertThat(response.headers().firstValue("Content-Type"))
          .as(accept)
          .hasValue("application/problem+json");
    }
  }

  private static void assertTellsNothing(String answer) {
    assertThat(answer)
        .doesNotContainIgnoringCase("apache", "tomcat", "exception", "java", "<html", "backprop.");
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(request(path));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  @RestController
  static class Echo {

    @PostMapping("/test/echo")
    Map<String, Object> echo(@RequestBody Map<String, Object> body) {
      return body;
    }
  }
}
