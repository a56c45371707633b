package dev.backprop.search;

import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Limits of searches.
///
/// @param maxRunning searches that may run at the same time; one more is refused with 429
/// @param maxTrials trials that a search may ask for
/// @param retained ended searches that are kept, the newest
@Validated
@ConfigurationProperties("backprop.searches")
record SearchProperties(
    @DefaultValue("10") @Positive int maxRunning,
    @DefaultValue("1000") @Positive int maxTrials,
    @DefaultValue("100") @Positive int retained) {}
