package dev.backprop.inference;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Requests as they come out of JSON.
final class Requests {

  private static final JsonMapper JSON = new JsonMapper();

  private Requests() {}

  /// Rows of values in the order of the features.
  static PredictRequest inputs(List<? extends @Nullable Object> rows) {
    return of("inputs", rows);
  }

  /// Rows as objects from feature to value.
  static PredictRequest rows(List<? extends @Nullable Object> rows) {
    return of("rows", rows);
  }

  private static PredictRequest of(String form, List<? extends @Nullable Object> rows) {
    return read(JSON.writeValueAsString(Map.of(form, rows)));
  }

  /// The request of a body.
  static PredictRequest read(String json) {
    return JSON.readValue(json, PredictRequest.class);
  }
}
