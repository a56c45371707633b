package dev.backprop.insight;

import dev.backprop.dataset.MemoryLimit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Limits of evaluations, which run one at a time.
///
/// @param maxMemory memory of one: a size or a share of the heap
/// @param maxWork floating-point operations of one
@ConfigurationProperties("backprop.insight")
record InsightProperties(
    @DefaultValue("10%") MemoryLimit maxMemory, @DefaultValue("1e13") double maxWork) {}
