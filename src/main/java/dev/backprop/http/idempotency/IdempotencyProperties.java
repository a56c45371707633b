package dev.backprop.http.idempotency;

import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/// How long and how many first replies are kept for requests with an `Idempotency-Key`.
///
/// @param retention how long a reply is kept after it was given
/// @param maxReplies how many are kept, the newest
/// @param maxMemory memory for all of them; the oldest beyond it are forgotten
@Validated
@ConfigurationProperties("backprop.idempotency")
record IdempotencyProperties(
    @DefaultValue("24h") @DurationMin(seconds = 1) Duration retention,
    @DefaultValue("10000") @Positive int maxReplies,
    @DefaultValue("16MB") DataSize maxMemory) {}
