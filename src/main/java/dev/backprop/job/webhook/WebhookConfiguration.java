package dev.backprop.job.webhook;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/// Puts the calling of webhooks together.
@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {

  @Bean
  WebhookThreads webhookThreads() {
    return new WebhookThreads();
  }

  @Bean
  WebhookCalls webhooks(
      WebhookProperties properties,
      WebhookThreads threads,
      JsonMapper json,
      Clock clock,
      MeterRegistry registry) {
    WebhookClient client =
        properties.enabled()
            ? new GuardedWebhookClient(
                properties, SystemDefaultDnsResolver.INSTANCE, threads.timer(), clock)
            : (_, _, _) -> {
              throw new IllegalStateException("webhooks are off");
            };
    WebhookCalls webhooks =
        new WebhookCalls(
            client,
            properties,
            new RetryPolicy(
                properties.maxAttempts(), RandomGenerator.of("SecureRandom")::nextDouble),
            json,
            clock,
            threads.calls(),
            (delay, task) -> {
              var _ = threads.timer().schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
            },
            new WebhookCounts(registry));
    Gauge.builder("backprop.webhooks.pending", webhooks, WebhookCalls::pending)
        .description("Webhooks that are being called or wait for another try")
        .register(registry);
    return webhooks;
  }
}
