package dev.backprop.job.webhook;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/// When a call that failed is tried again: after 5, 20, 80 … seconds, each a fifth more or less, so
/// that many that failed together do not come back together.
///
/// @param maxAttempts how often it is tried in all
/// @param random numbers from 0 to 1
record RetryPolicy(int maxAttempts, DoubleSupplier random) {

  private static final Duration FIRST = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofHours(6);
  private static final Duration LONGEST_ASKED_FOR = Duration.ofHours(24);
  private static final int FACTOR = 4;
  private static final double JITTER = 0.2;

  /// The time to wait, or null to give up.
  ///
  /// @param attempts that have failed, at least 1
  /// @param retryAfter what the other side asks for, or null; no shorter time is waited then
  @Nullable Duration delay(int attempts, @Nullable Duration retryAfter) {
    if (attempts >= maxAttempts) {
      return null;
    }
    double seconds =
        Math.min(
            (double) LONGEST.toSeconds(), FIRST.toSeconds() * Math.pow(FACTOR, attempts - 1.0));
    double jitter = 1 + JITTER * (2 * random.getAsDouble() - 1);
    Duration delay = Duration.ofMillis((long) (1_000 * seconds * jitter));
    if (retryAfter == null || retryAfter.compareTo(delay) < 0) {
      return delay;
    }
    return retryAfter.compareTo(LONGEST_ASKED_FOR) < 0 ? retryAfter : LONGEST_ASKED_FOR;
  }
}
