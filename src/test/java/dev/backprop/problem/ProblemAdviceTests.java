package dev.backprop.problem;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.catalina.connector.ClientAbortException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest
@AutoConfigureMockMvc
@Import(ProblemAdviceTests.Failing.class)
@ExtendWith(OutputCaptureExtension.class)
class ProblemAdviceTests {

  @Autowired private MockMvcTester mvc;
  @Autowired private JsonMapper json;

  @ParameterizedTest
  @EnumSource(ProblemType.class)
  void answersEveryTypeWithItsStatusAndPage(ProblemType type) {
    JsonNode problem = problem(get("/fail/type/" + type.slug()), type.status());

    assertThat(problem.path("type").asString()).isEqualTo("/problems/" + type.slug());
    assertThat(problem.path("title").asString()).isEqualTo(type.title());
    assertThat(problem.path("detail").asString()).isEqualTo("It is 3 and may be 2.");
    assertThat(problem.path("instance").asString()).isEqualTo("/fail/type/" + type.slug());
    assertThat(problem.has("errors")).isFalse();
  }

  @Test
  void namesPlacesAndWhenToTryAgain() {
    MvcTestResult result = get("/fail/places");

    JsonNode problem = problem(result, 429);
    assertThat(result).hasHeader("Retry-After", "2");
    assertThat(problem.path("errors").toString())
        .isEqualTo(
            """
            [{"pointer":"#/a","detail":"one"},{"line":7,"column":"x","detail":"two"}]""");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/csv", "image/png", "image/svg+xml", "text/event-stream", "*/*", "nonsense"})
  void answersAsProblemWhateverIsAccepted(String accept) {
    MvcTestResult result = mvc.get().uri("/fail/places").header("Accept", accept).exchange();

    problem(result, 429);
  }

  @Test
  void keepsMistakesOfTheServerToTheLog(CapturedOutput output) {
    for (String path : List.of("/fail/bug", "/fail/error", "/fail/file")) {
      MvcTestResult result = get(path);

      JsonNode problem = problem(result, 500);
      assertThat(problem.path("type").asString()).isEqualTo("/problems/internal");
      assertThat(problem.toString()).doesNotContain("secret", "Exception", "dev.backprop", "/etc");
    }
    assertThat(output).contains("secret of the bug", "ProblemAdviceTests$Failing.bug");
  }

  @Test
  void namesTheMethodsThatAreTaken() {
    MvcTestResult result = mvc.delete().uri("/fail/places").exchange();

    assertThat(result).hasHeader("Allow", "GET");
    assertThat(detail(result, 405)).isEqualTo("DELETE is not allowed here; use GET.");
  }

  @Test
  void namesTheMediaTypes() {
    MvcTestResult sent =
        mvc.post().uri("/fail/body").contentType(MediaType.TEXT_PLAIN).content("x").exchange();
    MvcTestResult accepted = mvc.get().uri("/fail/csv").accept(MediaType.IMAGE_PNG).exchange();

    assertThat(detail(sent, 415))
        .isEqualTo("Content-Type text/plain is not taken here; send application/json.");
    assertThat(detail(accepted, 406)).contains("text/csv");
  }

  @Test
  void saysWhatIsWrongWithParameters() {
    assertThat(detail(get("/fail/parameters"), 400)).contains("query parameter 'limit' is missing");
    assertThat(detail(get("/fail/parameters?limit=x"), 400))
        .isEqualTo("The parameter 'limit' takes a whole number, not 'x'.");
    assertThat(detail(get("/fail/parameters?limit=101"), 400))
        .isEqualTo("The parameter 'limit' must be less than or equal to 100, got '101'.");
    assertThat(detail(get("/fail/parameters?limit=1&order=sideways"), 400))
        .isEqualTo("The parameter 'order' takes one of up, farDown, not 'sideways'.");
    assertThat(detail(get("/fail/parameters?limit=1&ratio=many"), 400)).contains("takes a number");
    assertThat(get("/fail/parameters?limit=1&order=farDown")).hasStatusOk();
    assertThat(detail(get("/fail/header"), 400)).isEqualTo("The header X-Needed is missing.");
  }

  @Test
  void saysThatNothingIsThere() {
    JsonNode problem = problem(get("/no/such/path"), 404);

    assertThat(problem.path("detail").asString())
        .isEqualTo("There is nothing at /no/such/path; /swagger-ui.html shows every path.");
    assertThat(detail(get("/error"), 404)).isNotBlank();
  }

  @Test
  void refusesUploadsThatAreTooLargeOrBroken() {
    assertThat(detail(get("/fail/upload"), 413)).contains("backprop.datasets.max-upload");
    MvcTestResult missing = mvc.post().uri("/fail/part").multipart().exchange();
    assertThat(detail(missing, 400)).isEqualTo("The part 'file' of the multipart body is missing.");
  }

  @Test
  void answersWhatSpringThrowsForOthers() {
    assertThat(detail(get("/fail/timeout"), 503)).contains("took too long");
    assertThat(detail(get("/fail/status"), 409)).isEqualTo("not now");
  }

  @Test
  void leavesCallersWhoHaveGoneAlone(CapturedOutput output) {
    get("/fail/gone");

    assertThat(output).doesNotContain("ClientAbort");
  }

  @Test
  void answersOnlyOnce(CapturedOutput output) throws Exception {
    MvcTestResult result = get("/fail/halfway");

    assertThat(result.getResponse().getContentAsString()).isEqualTo("a,b\n");
  }

  private MvcTestResult get(String path) {
    return mvc.get().uri(path).exchange();
  }

  private String detail(MvcTestResult result, int status) {
    return problem(result, status).path("detail").asString();
  }

  private JsonNode problem(MvcTestResult result, int status) {
    assertThat(result).hasStatus(status).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
    return json.readTree(
        new String(result.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8));
  }

  enum Order {
    UP,
    FAR_DOWN
  }

  record Body(int a) {}

  @RestController
  static class Failing {

    @GetMapping("/fail/type/{slug}")
    void type(@PathVariable String slug) {
      for (ProblemType type : ProblemType.values()) {
        if (type.slug().equals(slug)) {
          throw new ProblemException(type, "It is 3 and may be 2.");
        }
      }
    }

    @GetMapping("/fail/places")
    void places() {
      throw new ProblemException(
              ProblemType.QUEUE_FULL,
              "Two.",
              List.of(InputError.at("#/a", "one"), InputError.inLine(7, "x", "two")))
          .retryAfter(Duration.ofMillis(1001));
    }

    @GetMapping("/fail/bug")
    void bug() {
      throw new IllegalStateException("secret of the bug");
    }

    @GetMapping("/fail/error")
    void error() {
      throw new AssertionError("secret");
    }

    @GetMapping("/fail/file")
    void file() throws IOException {
      throw new java.nio.file.NoSuchFileException("/etc/secret");
    }

    @PostMapping(path = "/fail/body", consumes = "application/json")
    void body(@Valid @RequestBody Body body) {}

    @GetMapping(path = "/fail/csv", produces = "text/csv")
    String csv() {
      return "a";
    }

    @GetMapping("/fail/parameters")
    void parameters(
        @RequestParam @Min(1) @Max(100) int limit,
        @RequestParam(defaultValue = "up") Order order,
        @RequestParam(defaultValue = "1") double ratio) {}

    @GetMapping("/fail/header")
    void header(@RequestHeader("X-Needed") String needed) {}

    @GetMapping("/fail/upload")
    void upload() {
      throw new MaxUploadSizeExceededException(5);
    }

    @PostMapping("/fail/part")
    void part(@RequestPart("file") MultipartFile file) {}

    @GetMapping("/fail/timeout")
    void timeout() {
      throw new AsyncRequestTimeoutException();
    }

    @GetMapping("/fail/status")
    void status() {
      throw new ResponseStatusException(HttpStatus.CONFLICT, "not now");
    }

    @GetMapping("/fail/gone")
    void gone() throws IOException {
      throw new ClientAbortException("broken pipe");
    }

    @GetMapping("/fail/halfway")
    void halfway(HttpServletResponse response) throws IOException {
      response.getOutputStream().write("a,b\n".getBytes(StandardCharsets.UTF_8));
      response.flushBuffer();
      throw new IllegalStateException("halfway");
    }
  }
}
