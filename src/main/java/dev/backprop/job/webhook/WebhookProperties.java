package dev.backprop.job.webhook;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Which webhooks are called, and how.
///
/// @param allowedHosts hosts that may be called, such as `hooks.example.com` or, for all below it,
///   `*.example.com`; with none, no webhooks are taken
/// @param secret signs what is sent: `whsec_` and 24 to 64 bytes in base64
/// @param allowInternalAddresses whether allowed hosts may be in this machine's own network, and
///   then by plain `http` too
/// @param maxAttempts how often a call is tried
/// @param timeout for a call from its connection to the head of the answer
/// @param maxPending calls that may wait for another try; more are given up
@Validated
@ConfigurationProperties("backprop.webhooks")
public record WebhookProperties(
    @DefaultValue List<String> allowedHosts,
    @Nullable String secret,
    @DefaultValue("false") boolean allowInternalAddresses,
    @DefaultValue("8") @Positive int maxAttempts,
    @DefaultValue("10s") @DurationMin(millis = 100) Duration timeout,
    @DefaultValue("1000") @Positive int maxPending) {

  /// Copies the list.
  public WebhookProperties {
    allowedHosts = List.copyOf(allowedHosts);
  }

  /// Whether any may be called.
  public boolean enabled() {
    return !allowedHosts.isEmpty();
  }

  @AssertTrue(
      message =
          "backprop.webhooks.secret must be whsec_ and 24 to 64 bytes in base64, such as the output"
              + " of: echo whsec_$(openssl rand -base64 32)")
  boolean isSecretUsable() {
    return secret == null ? !enabled() : WebhookSignature.isUsable(secret);
  }

  /// Leaves out the secret.
  @Override
  public String toString() {
    return "WebhookProperties[allowedHosts=%s, maxAttempts=%d]"
        .formatted(allowedHosts, maxAttempts);
  }
}
