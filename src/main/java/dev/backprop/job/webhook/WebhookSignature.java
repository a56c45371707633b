package dev.backprop.job.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs messages with HMAC-SHA256, scheme `v1` of [Standard
/// Webhooks](https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md).
final class WebhookSignature {

  private static final String PREFIX = "whsec_";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SHORTEST = 24;
  private static final int LONGEST = 64;

  private final SecretKeySpec key;

  /// @param secret `whsec_` and 24 to 64 bytes in base64
  WebhookSignature(String secret) {
    if (!isUsable(secret)) {
      throw new IllegalArgumentException("the secret is not whsec_ and 24 to 64 bytes in base64");
    }
    key = new SecretKeySpec(bytes(secret), ALGORITHM);
  }

  /// Whether it has the form of a secret.
  static boolean isUsable(String secret) {
    try {
      int length = secret.startsWith(PREFIX) ? bytes(secret).length : 0;
      return length >= SHORTEST && length <= LONGEST;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static byte[] bytes(String secret) {
    return Base64.getDecoder().decode(secret.substring(PREFIX.length()));
  }

  /// The value of the header `webhook-signature`.
  ///
  /// @param timestamp of this call, in seconds since 1970
  String of(String id, long timestamp, String body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return "v1,"
          + Base64.getEncoder().encodeToString(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java has HMAC-SHA256", e);
    }
  }
}
