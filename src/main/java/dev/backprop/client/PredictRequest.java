package dev.backprop.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Raw rows to predict for, in one of two forms.
///
/// @param inputs rows of values in the order of the model's features
/// @param rows objects from feature to value
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PredictRequest(
    @Nullable List<? extends List<?>> inputs, @Nullable List<? extends Map<String, ?>> rows) {

  /// Rows of values in the order of the model's features.
  public static PredictRequest inputs(List<? extends List<?>> inputs) {
    return new PredictRequest(inputs, null);
  }

  /// Objects from feature to value.
  public static PredictRequest rows(List<? extends Map<String, ?>> rows) {
    return new PredictRequest(null, rows);
  }

  /// One object from feature to value.
  public static PredictRequest row(Map<String, ?> row) {
    return rows(List.of(row));
  }
}
