package dev.backprop.system.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@SpringBootTest(
    properties = "backprop.security.api-keys=first-key-0123456789,second-key-0123456789")
@AutoConfigureMockMvc
@Import(KeyedServerTests.Secret.class)
class KeyedServerTests {

  @Autowired private MockMvcTester mvc;

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Bearer first-key-012345678",
        "Bearer first-key-01234567890",
        "Basic first-key-0123456789",
        "first-key-0123456789"
      })
  void refusesCallersWithoutAKey(@Nullable String authorization) {
    for (String path : new String[] {"/api/secret", "/v2/secret", "/v2", "/actuator/info"}) {
      MvcTestResult result = get(path, authorization);

      assertThat(result).hasStatus(401).hasHeader("WWW-Authenticate", "Bearer");
      assertThat(result)
          .bodyText()
          .contains(path.startsWith("/v2") ? "{\"error\":\"Send " : "/problems/unauthorized")
          .doesNotContain("first-key");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer first-key-0123456789",
        "bearer second-key-0123456789",
        "Bearer  second-key-0123456789 "
      })
  void letsCallersWithAKeyIn(String authorization) {
    assertThat(get("/api/secret", authorization)).hasStatusOk().bodyText().isEqualTo("secret");
    assertThat(get("/v2/secret", authorization)).hasStatusOk();
    assertThat(get("/actuator/info", authorization)).hasStatusOk();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/livez",
        "/readyz",
        "/actuator/health",
        "/actuator/health/liveness",
        "/v2/health/live",
        "/v2/health/ready",
        "/problems",
        "/v3/api-docs"
      })
  void leavesOpenWhatTellsNothing(String path) {
    assertThat(get(path, null)).hasStatusOk();
  }

  @Test
  void refusesBeforeSayingWhatExists() {
    assertThat(get("/api/nothing", null)).hasStatus(401);
    assertThat(get("/api/nothing", "Bearer first-key-0123456789")).hasStatus(404);
  }

  private MvcTestResult get(String path, @Nullable String authorization) {
    var request = mvc.get().uri(path);
    return (authorization == null ? request : request.header("Authorization", authorization))
        .exchange();
  }

  @RestController
  static class Secret {

    @GetMapping({"/api/secret", "/v2/secret"})
    String secret() {
      return "secret";
    }
  }
}
