package dev.backprop.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.system.json.HttpProperties;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/// The limits on what comes over a connection, tried on small ones.
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {"backprop.http.max-json-body=64KB", "backprop.datasets.max-upload=96KB"})
@Import(LimitsTests.Taker.class)
class LimitsTests {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final String LONG_JSON = "{\"a\": [" + "1, ".repeat(40_000) + "1]}";

  @LocalServerPort private int port;

  @Test
  void refusesALongJsonBodyByItsLength() throws Exception {
    HttpResponse<String> response =
        post("/test/json", "application/json", BodyPublishers.ofString(LONG_JSON));

    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.body())
        .contains("/problems/payload-too-large", "120010 bytes; backprop.http.max-json-body");
  }

  @Test
  void refusesALongJsonBodyWithoutALengthWhileItComes() throws Exception {
    BodyPublisher chunked =
        BodyPublishers.ofInputStream(
            () -> new ByteArrayInputStream(LONG_JSON.getBytes(StandardCharsets.UTF_8)));

    HttpResponse<String> response = post("/test/json", "application/json", chunked);

    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.body()).contains("more than 65536 bytes");
  }

  @Test
  void refusesALargeUpload() throws Exception {
    HttpResponse<String> response =
        post("/test/part", "multipart/form-data; boundary=b", part("x".repeat(100 << 10)));

    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.body())
        .contains("/problems/payload-too-large", "backprop.datasets.max-upload");
  }

  @Test
  void takesASmallUpload() throws Exception {
    HttpResponse<String> response =
        post("/test/part", "multipart/form-data; boundary=b", part("abc"));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("3");
  }

  @Test
  void refusesABrokenUpload() throws Exception {
    HttpResponse<String> response =
        post("/test/part", "multipart/form-data; boundary=b", BodyPublishers.ofString("nonsense"));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("/problems/invalid-request");
  }

  @Test
  void answersOnVirtualThreads() throws Exception {
    HttpResponse<String> response = send(request("/test/thread").GET());

    assertThat(response.body()).isEqualTo("virtual");
  }

  @Test
  void compressesLongAnswers() throws Exception {
    HttpResponse<String> response = send(request("/v3/api-docs").header("Accept-Encoding", "gzip"));
    HttpResponse<String> page = send(request("/problems").header("Accept-Encoding", "gzip"));

    assertThat(page.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(response.statusCode()).isEqualTo(200);
  }

  @Test
  void hasDefaults(@Autowired Environment environment) {
    HttpProperties defaults =
        new Binder(new MapConfigurationPropertySource())
            .bindOrCreate("backprop.http", HttpProperties.class);

    assertThat(defaults.maxJsonBody()).isEqualTo(DataSize.ofMegabytes(16));
    assertThat(environment.getProperty("server.tomcat.connection-timeout")).isEqualTo("10s");
    assertThat(environment.getProperty("spring.lifecycle.timeout-per-shutdown-phase"))
        .isEqualTo("20s");
  }

  private static BodyPublisher part(String content) {
    return BodyPublishers.ofString(
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n"
            + content
            + "\r\n--b--\r\n");
  }

  private HttpResponse<String> post(String path, String type, BodyPublisher body) throws Exception {
    return send(request(path).header("Content-Type", type).POST(body));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  @RestController
  static class Taker {

    @PostMapping("/test/json")
    int json(@RequestBody Map<String, Object> body) {
      return body.size();
    }

    @PostMapping("/test/part")
    String part(@RequestPart("file") MultipartFile file) {
      return Long.toString(file.getSize());
    }

    @GetMapping("/test/thread")
    String thread() {
      return Thread.currentThread().isVirtual() ? "virtual" : "platform";
    }
  }
}
