package dev.backprop.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import java.util.Map;

/// A version of a trained model.
///
/// @param name of the model
/// @param version counted from 1 under the name
/// @param createdAt when the training ended
/// @param task `classification`, `multilabel` or `regression`
/// @param parameterCount how many numbers the network has learned
/// @param spec what it was made from, as the API documents it
/// @param schema what a raw row has and a prediction gives, as the API documents it
/// @param metrics how good it is, such as `validationAccuracy`
@JsonIgnoreProperties(ignoreUnknown = true)
public record Model(
    String name,
    int version,
    Instant createdAt,
    String task,
    long parameterCount,
    Map<String, Object> spec,
    Map<String, Object> schema,
    Map<String, Double> metrics) {}
