package dev.backprop.job.webhook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// Counts what became of webhooks.
final class WebhookCounts {

  private final Counter delivered;
  private final Counter failed;
  private final Counter dropped;

  WebhookCounts(MeterRegistry registry) {
    delivered = counter(registry, "delivered");
    failed = counter(registry, "failed");
    dropped = counter(registry, "dropped");
  }

  private static Counter counter(MeterRegistry registry, String outcome) {
    return Counter.builder("backprop.webhooks")
        .description("Webhooks of jobs that have ended")
        .tag("outcome", outcome)
        .register(registry);
  }

  void delivered() {
    delivered.increment();
  }

  void failed() {
    failed.increment();
  }

  void dropped() {
    dropped.increment();
  }
}
