package dev.backprop.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class RequestIdsTests {

  private static final String MADE = "req_[0-9a-z]{26}";

  private final List<String> logged = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({
    "Request-Id, 7b1c-4",
    "request-id, order/17:3",
    "X-Request-Id, a8d2f0c4b1e94d5c",
  })
  void areThoseOfTheCaller(String header, String id) throws Exception {
    assertThat(answer(header, id)).isEqualTo(id);
    assertThat(logged).containsExactly(id);
    assertThat(MDC.get("requestId")).as("afterwards").isNull();
  }

  @Test
  void areTheTraceOfTheCaller() throws Exception {
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    assertThat(answer("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")).isEqualTo(trace);
    assertThat(answer("traceparent", "00-" + "0".repeat(32) + "-00f067aa0ba902b7-01"))
        .matches(MADE);
    assertThat(answer("traceparent", trace)).matches(MADE);
    assertThat(answer("traceparent", "00-" + trace + "-00f067aa0ba902b7-01", "Request-Id", "mine"))
        .isEqualTo("mine");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "a\r\nSet-Cookie: b=c",
        "a\u001b[31m",
        "é",
        "<script>",
        "\"",
        "%0a"
      })
  void areMadeWhereTheCallersDoNotBelongIntoAHeaderOrALog(String id) throws Exception {
    assertThat(answer("Request-Id", id)).matches(MADE);
  }

  @Test
  void areBounded() throws Exception {
    assertThat(answer("Request-Id", "x".repeat(128))).hasSize(128);
    assertThat(answer("Request-Id", "x".repeat(129))).matches(MADE);
  }

  @Test
  void differ() throws Exception {
    assertThat(answer()).isNotEqualTo(answer());
  }

  private String answer(String... headers) throws Exception {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/api/v1/jobs");
    for (int i = 0; i < headers.length; i += 2) {
      request.addHeader(headers[i], headers[i + 1]);
    }
    MockHttpServletResponse response = new MockHttpServletResponse();
    new RequestIds()
        .doFilter(request, response, (_, _) -> logged.add(String.valueOf(MDC.get("requestId"))));
    return String.valueOf(response.getHeader(RequestIds.HEADER));
  }
}
