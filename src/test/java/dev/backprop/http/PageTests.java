package dev.backprop.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

class PageTests {

  @AfterEach
  void forgetTheRequest() {
    RequestContextHolder.resetRequestAttributes();
  }

  @Test
  void takesTheCursorOfTheLastItemOnThePage() {
    Page<String> page = Page.of(List.of("a", "b", "c"), 2, item -> "after-" + item);
    assertThat(page).isEqualTo(new Page<>(List.of("a", "b"), "after-b"));
    assertThat(Page.of(List.of("a", "b"), 2, item -> item).next()).isNull();
    assertThat(page.map(String::length)).isEqualTo(new Page<>(List.of(1, 1), "after-b"));
  }

  @Test
  void linksToTheNextPageOnTheSameServer() {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/api/v1/things");
    request.setServerName("evil.example");
    request.setQueryString("limit=2&after=old&filter=a%20b");
    RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
    assertThat(new Page<>(List.of(1), "x y").toResponse().getHeaders().get(HttpHeaders.LINK))
        .containsExactly("</api/v1/things?limit=2&filter=a%20b&after=x%20y>; rel=\"next\"");
    assertThat(new Page<>(List.of(1), null).toResponse().getHeaders().get(HttpHeaders.LINK))
        .isNull();
  }

  @Test
  void hasADefaultLimit() {
    assertThat(PageRequest.of(null, null)).isEqualTo(new PageRequest(20, null));
    assertThat(PageRequest.of("100", "x")).isEqualTo(new PageRequest(100, "x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "101", "-1", "ten", "", "1.5", "99999999999"})
  void refusesLimitsOutOfRange(String limit) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> PageRequest.of(limit, null))
        .withMessage(
            "The query parameter 'limit' is '%s': a whole number from 1 to 100 is expected.", limit)
        .satisfies(problem -> assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST));
  }
}
