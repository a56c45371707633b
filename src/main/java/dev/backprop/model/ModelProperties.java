package dev.backprop.model;

import dev.backprop.dataset.MemoryLimit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Limits of models.
///
/// @param maxMemory memory for all models together: a size or a share of the heap
@ConfigurationProperties("backprop.models")
public record ModelProperties(@DefaultValue("25%") MemoryLimit maxMemory) {}
