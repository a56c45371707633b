package dev.backprop.http.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.http.Idempotent;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// A server with keys and operations that count how often they are done.
@SpringBootTest(
    properties = "backprop.security.api-keys=first-key-0123456789,second-key-0123456789")
@AutoConfigureMockMvc
@Import(IdempotencyFilterTests.Counter.class)
class IdempotencyFilterTests {

  private static final String FIRST = "Bearer first-key-0123456789";
  private static final String SECOND = "Bearer second-key-0123456789";

  @Autowired private MockMvcTester mvc;
  @Autowired private Counter counter;
  private String key = "";

  @RestController
  static class Counter {

    private final AtomicInteger calls = new AtomicInteger();
    private volatile int status = 201;

    @Idempotent
    @PostMapping(path = "/api/counter", consumes = MediaType.TEXT_PLAIN_VALUE)
    ResponseEntity<String> count(
        HttpServletRequest request, @RequestParam(required = false) Integer read)
        throws IOException {
      int length =
          request.getInputStream().readNBytes(read == null ? Integer.MAX_VALUE : read).length;
      int call = calls.incrementAndGet();
      return switch (status) {
        case 201 ->
            ResponseEntity.created(URI.create("/api/counter/" + call))
                .header("Preference-Applied", "wait=1")
                .eTag("tag-" + call)
                .body("%d: %d bytes".formatted(call, length));
        case 422 -> throw new ProblemException(ProblemType.INVALID_DATA, "bad");
        case 429 -> throw new ProblemException(ProblemType.QUEUE_FULL, "full");
        case 503 -> throw new ProblemException(ProblemType.UNAVAILABLE, "down");
        case 507 -> throw new ProblemException(ProblemType.INSUFFICIENT_STORAGE, "no room");
        default -> throw new IllegalStateException("a mistake");
      };
    }

    @PostMapping("/api/plain-counter")
    String countEach() {
      return Integer.toString(calls.incrementAndGet());
    }
  }

  @BeforeEach
  void reset() {
    counter.calls.set(0);
    counter.status = 201;
    key = "\"" + UUID.randomUUID() + '"';
  }

  @Test
  void answersARepeatedRequestWithTheFirstReply() {
    for (int i = 0; i < 3; i++) {
      assertThat(post("/api/counter", "body", FIRST))
          .hasStatus(201)
          .hasHeader("Location", "/api/counter/1")
          .hasHeader("ETag", "\"tag-1\"")
          .hasContentType("text/plain;charset=UTF-8")
          .bodyText()
          .isEqualTo("1: 4 bytes");
    }
  }

  @Test
  void keepsToItselfWhatWasSaidOfTheFirstExchangeAlone() {
    assertThat(post("/api/counter", "body", FIRST)).containsHeader("Preference-Applied");
    assertThat(post("/api/counter", "body", FIRST)).doesNotContainHeader("Preference-Applied");
  }

  @Test
  void takesAKeyWithoutQuotesForTheSame() {
    post("/api/counter", "body", FIRST);
    key = key.replace("\"", "");
    assertThat(post("/api/counter", "body", FIRST)).bodyText().isEqualTo("1: 4 bytes");
  }

  @Test
  void keepsTheKeysOfTwoCallersApart() {
    assertThat(post("/api/counter", "body", FIRST)).bodyText().startsWith("1:");
    assertThat(post("/api/counter", "other", SECOND)).hasStatus(201).bodyText().startsWith("2:");
    assertThat(post("/api/counter", "body", FIRST.replace("Bearer ", "bearer  ")))
        .bodyText()
        .startsWith("1:");
  }

  @Test
  void neverAnswersACallerWithoutAKey() {
    post("/api/counter", "body", FIRST);
    assertThat(post("/api/counter", "body", "Bearer wrong-key-0123456789")).hasStatus(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bodY", "bod", "body ", ""})
  void refusesAnotherBodyWithTheSameKey(String other) {
    post("/api/counter", "body", FIRST);
    assertReused(post("/api/counter", other, FIRST));
    assertThat(counter.calls).hasValue(1);
  }

  @Test
  void refusesAnotherAddressWithTheSameKey() {
    post("/api/counter", "body", FIRST);
    assertReused(post("/api/counter?read=4", "body", FIRST));
  }

  /// The rest of a body counts that the operation did not look at.
  @Test
  void comparesBodiesToTheirEnd() {
    assertThat(post("/api/counter?read=2", "body", FIRST)).bodyText().isEqualTo("1: 2 bytes");
    assertThat(post("/api/counter?read=2", "body", FIRST)).bodyText().isEqualTo("1: 2 bytes");
    assertReused(post("/api/counter?read=2", "bore", FIRST));
  }

  @ParameterizedTest
  @ValueSource(ints = {422, 429, 500, 503, 507})
  void leavesTheKeyFreeWhereNothingWasCreated(int status) {
    counter.status = status;
    assertThat(post("/api/counter", "body", FIRST)).hasStatus(status);
    counter.status = 201;
    assertThat(post("/api/counter", "another body", FIRST))
        .hasStatus(201)
        .bodyText()
        .isEqualTo("2: 12 bytes");
    assertThat(post("/api/counter", "another body", FIRST)).bodyText().startsWith("2:");
  }

  @Test
  void saysWhatIsWrongWithAKey() {
    key = "two words";
    MvcTestResult result = post("/api/counter", "body", FIRST);
    assertThat(result)
        .hasStatus(400)
        .hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
    assertThat(result).bodyText().contains("/problems/invalid-request", "in double quotes");
    assertThat(counter.calls).hasValue(0);
  }

  @Test
  void leavesOtherOperationsAlone() {
    for (int call = 1; call <= 3; call++) {
      assertThat(post("/api/plain-counter", "body", FIRST))
          .bodyText()
          .isEqualTo(Integer.toString(call));
    }
    assertThat(
            mvc.post()
                .uri("/api/nothing")
                .header("Authorization", FIRST)
                .header(Idempotent.HEADER, key))
        .hasStatus(404);
    assertThat(
            mvc.post()
                .uri("/api/counter")
                .header("Authorization", FIRST)
                .header(Idempotent.HEADER, key)
                .contentType(MediaType.TEXT_XML)
                .content("<a/>"))
        .hasStatus(415);
  }

  private void assertReused(MvcTestResult result) {
    assertThat(result)
        .hasStatus(422)
        .hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
    assertThat(result).bodyText().contains("/problems/idempotency-key-reused");
  }

  private MvcTestResult post(String path, String body, String authorization) {
    return mvc.post()
        .uri(path)
        .header("Authorization", authorization)
        .header(Idempotent.HEADER, key)
        .contentType(MediaType.TEXT_PLAIN)
        .content(body)
        .exchange();
  }
}
