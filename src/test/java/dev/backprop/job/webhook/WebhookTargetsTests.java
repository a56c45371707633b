package dev.backprop.job.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.problem.InputError;
import dev.backprop.problem.InputErrors;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which addresses a job may name.
public class WebhookTargetsTests {

  static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  /// Those of a server that calls no webhooks.
  public static WebhookTargets off() {
    return new WebhookTargets(properties(false));
  }

  static WebhookProperties properties(boolean internal, String... hosts) {
    return new WebhookProperties(List.of(hosts), SECRET, internal, 4, Duration.ofSeconds(1), 10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://hooks.example.com/jobs?token=1",
        "https://HOOKS.example.com:8443",
        "https://a.b.example.org/"
      })
  void takeWhatIsAllowed(String url) {
    assertThat(wrong(url)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.com/, the host 'example.com' is not among those",
    "https://evil-hooks.example.com/, is not among those",
    "https://example.org/, is not among those",
    "https://hooks.example.com.evil.net/, backprop.webhooks.allowed-hosts",
    "http://hooks.example.com/, must begin with https://",
    "ftp://hooks.example.com/, must begin with https://",
    "hooks.example.com, must begin with https://",
    "https:///path, must be of the form https://host/path",
    "https://hooks.example.com@evil.net/, without user",
    "https://hooks.example.com/#a, fragment",
    "https://hooks example.com/, is no URL"
  })
  void refuseAllElseWithARemedy(String url, String words) {
    assertThat(wrong(url)).contains(words);
  }

  @Test
  void refuseLongOnes() {
    assertThat(wrong("https://hooks.example.com/" + "a".repeat(2_100))).contains("at most 2048");
  }

  @Test
  void areNoneUnlessHostsAreAllowed() {
    InputErrors errors = new InputErrors();
    off().check("https://hooks.example.com/", "#/webhook/url", errors);
    off().check(null, "#/webhook/url", errors);
    assertThat(errors.toList()).hasSize(1);
    InputError error = errors.toList().getFirst();
    assertThat(error.pointer()).isEqualTo("#/webhook/url");
    assertThat(error.detail())
        .contains("this server calls no webhooks", "backprop.webhooks.allowed-hosts");
  }

  @Test
  void mayBeHttpWhereInternalAddressesAreAllowed() {
    InputErrors errors = new InputErrors();
    new WebhookTargets(properties(true, "127.0.0.1"))
        .check("http://127.0.0.1:9/x", "#/webhook/url", errors);
    assertThat(errors.isEmpty()).isTrue();
  }

  @Test
  void needASecret() {
    assertThat(properties(false, "a").isSecretUsable()).isTrue();
    assertThat(withSecret(null, "a").isSecretUsable()).isFalse();
    assertThat(withSecret(null).isSecretUsable()).isTrue();
    assertThat(withSecret("whsec_c2hvcnQ=", "a").isSecretUsable()).isFalse();
    assertThat(withSecret("secret", "a").isSecretUsable()).isFalse();
    assertThat(withSecret("whsec_???", "a").isSecretUsable()).isFalse();
    assertThat(properties(false, "a").toString()).doesNotContain("MfKQ9r8G");
  }

  private static WebhookProperties withSecret(@Nullable String secret, String... hosts) {
    return new WebhookProperties(List.of(hosts), secret, false, 4, Duration.ofSeconds(1), 10);
  }

  private static @Nullable String wrong(String url) {
    InputErrors errors = new InputErrors();
    new WebhookTargets(properties(false, "hooks.example.com", "*.example.org"))
        .check(url, "#/webhook/url", errors);
    return errors.isEmpty() ? null : errors.toList().getFirst().detail();
  }
}
