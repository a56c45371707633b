package dev.backprop.job.event;

import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// The live streams of events.
///
/// @param maxStreams streams that may be open; one more is refused with 429. Leave some of
///   `server.tomcat.max-connections` to others
/// @param heartbeat how often each gets a comment, so that nothing on the way takes it for dead
@Validated
@ConfigurationProperties("backprop.events")
public record EventProperties(
    @DefaultValue("1500") @Positive int maxStreams,
    @DefaultValue("15s") @DurationMin(millis = 100) Duration heartbeat) {}
