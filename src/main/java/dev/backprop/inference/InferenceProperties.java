package dev.backprop.inference;

import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Limits of predictions.
///
/// @param maxRows rows of one request
@Validated
@ConfigurationProperties("backprop.inference")
record InferenceProperties(@DefaultValue("10000") @Positive int maxRows) {}
