package dev.backprop.job.event;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the streams of events together.
@Configuration(proxyBeanMethods = false)
class EventConfiguration {

  @Bean
  EventStreams eventStreams(EventProperties properties, MeterRegistry registry) {
    EventStreams streams = new EventStreams(properties, Ticker.SYSTEM);
    Gauge.builder("backprop.events.streams", streams, EventStreams::open)
        .description("Open streams of events")
        .register(registry);
    return streams;
  }
}
