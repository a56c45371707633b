package dev.backprop.job;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/// What Prometheus hears of jobs. No job has a series of its own.
final class JobMetrics {

  private final MeterRegistry registry;
  private final Timer waiting;

  JobMetrics(MeterRegistry registry) {
    this.registry = registry;
    waiting =
        Timer.builder("backprop.job.wait")
            .description("Time that jobs waited in the queue")
            .register(registry);
  }

  void waited(Duration time) {
    waiting.record(time.isNegative() ? Duration.ZERO : time);
  }

  void ended(JobStatus status, Duration time) {
    Timer.builder("backprop.job.training")
        .description("Time that jobs trained, by the status they ended with")
        .tag("status", Words.of(status))
        .register(registry)
        .record(time);
  }
}
