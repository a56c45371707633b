package dev.backprop.system.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backprop.BackpropServer;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class StartGuardTests {

  private static final List<String> NONE = List.of();
  private static final List<String> KEY = List.of("0123456789abcdef");
  private static final List<String> HOSTS = List.of("localhost");

  @Test
  void startsWithoutKeysForThisMachine() throws Exception {
    assertThatCode(() -> check(NONE, false, "127.0.0.1")).doesNotThrowAnyException();
    assertThatCode(() -> check(NONE, false, "::1")).doesNotThrowAnyException();
  }

  @Test
  void startsForOthersWithKeysOrByExplicitChoice() {
    assertThatCode(() -> check(KEY, false, "0.0.0.0")).doesNotThrowAnyException();
    assertThatCode(() -> check(NONE, true, "0.0.0.0")).doesNotThrowAnyException();
    assertThatCode(() -> check(KEY, false, null)).doesNotThrowAnyException();
  }

  @Test
  void refusesToBeOpenToOthersByOversight() {
    assertThatThrownBy(() -> check(NONE, false, "0.0.0.0"))
        .hasMessageContaining("0.0.0.0", "no API keys");
    assertThatThrownBy(() -> check(NONE, false, "10.1.2.3")).hasMessageContaining("10.1.2.3");
    assertThatThrownBy(() -> check(NONE, false, null)).hasMessageContaining("every address");
  }

  @Test
  void refusesKeysThatCanBeGuessed() {
    assertThatThrownBy(() -> check(List.of("0123456789abcde"), false, "127.0.0.1"))
        .hasMessageContaining("fewer than 16 characters")
        .message()
        .doesNotContain("0123456789abcde");
    assertThatThrownBy(() -> check(List.of("a              b", " ".repeat(20)), true, "127.0.0.1"))
        .isInstanceOf(UnsafeStartException.class);
  }

  @Test
  void tellsTheOperatorInAFewLines(CapturedOutput output) {
    SpringApplication server = new SpringApplication(BackpropServer.class);

    assertThatThrownBy(() -> server.run("--server.address=0.0.0.0", "--server.port=0"))
        .hasRootCauseInstanceOf(UnsafeStartException.class);

    assertThat(output)
        .contains("APPLICATION FAILED TO START", "anybody who reaches it could use it")
        .contains("backprop.security.allow-unauthenticated=true")
        .doesNotContain("\tat ", "Caused by", "Exception");
  }

  @Test
  void defaultsAreSafe() {
    SecurityProperties defaults =
        new Binder(new MapConfigurationPropertySource())
            .bindOrCreate("backprop.security", SecurityProperties.class);

    assertThat(defaults.apiKeys()).isEmpty();
    assertThat(defaults.allowUnauthenticated()).isFalse();
    assertThat(defaults.allowedHosts()).containsExactly("localhost", "127.0.0.1", "[::1]");
  }

  @Test
  void keepsKeysOutOfText() {
    assertThat(new SecurityProperties(KEY, false, HOSTS).toString()).doesNotContain(KEY.getFirst());
  }

  private static void check(List<String> keys, boolean allow, @Nullable String address)
      throws Exception {
    StartGuard.check(
        new SecurityProperties(keys, allow, HOSTS),
        address == null ? null : InetAddress.getByName(address));
  }
}
