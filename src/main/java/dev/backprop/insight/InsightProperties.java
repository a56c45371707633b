package dev.backprop.insight;

import dev.backprop.dataset.MemoryLimit;
import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Limits of evaluations, which run one at a time.
///
/// @param maxMemory memory of one: a size or a share of the heap
/// @param maxWork floating-point operations of one
@ConfigurationProperties("backprop.insight")
@Validated
record InsightProperties(
    @DefaultValue("10%") MemoryLimit maxMemory, @DefaultValue("1e13") @Positive double maxWork) {}
