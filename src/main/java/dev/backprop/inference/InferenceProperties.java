package dev.backprop.inference;

import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/// Limits of predictions.
///
/// CSV and NDJSON are streams, of which no more than a slice is kept: nothing limits their length.
///
/// @param maxRows rows of one request that is kept as a whole: of JSON and of tensors
/// @param maxLine characters of one line of CSV or NDJSON
/// @param maxTensors bytes of the binary tensors of one request
@Validated
@ConfigurationProperties("backprop.inference")
public record InferenceProperties(
    @DefaultValue("10000") @Positive int maxRows,
    @DefaultValue("1000000") @Positive int maxLine,
    @DefaultValue("64MB") DataSize maxTensors) {}
