package dev.backprop.system.json;

import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/// Limits of what is read from a connection.
///
/// @param maxJsonBody the largest JSON body that is read
/// @param maxJsonDepth how deep arrays and objects in JSON may be nested
@Validated
@ConfigurationProperties("backprop.http")
public record HttpProperties(
    @DefaultValue("16MB") DataSize maxJsonBody, @DefaultValue("32") @Positive int maxJsonDepth) {}
