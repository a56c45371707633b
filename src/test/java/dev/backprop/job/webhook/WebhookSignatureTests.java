package dev.backprop.job.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class WebhookSignatureTests {

  /// The vector that the reference libraries of Standard Webhooks are tested with.
  @Test
  void isThatOfTheStandard() {
    assertThat(
            new WebhookSignature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                .of("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, "{\"test\": 2432232314}"))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void needsASecretOfTheRightForm() {
    assertThatIllegalArgumentException().isThrownBy(() -> new WebhookSignature("whsec_abc"));
  }
}
