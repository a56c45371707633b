package dev.backprop.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/// Predictions, in the order of the rows.
///
/// @param model its name
/// @param version that answered
/// @param predictions one for each row
@JsonIgnoreProperties(ignoreUnknown = true)
public record PredictResponse(String model, int version, List<Prediction> predictions) {

  /// The prediction of the first row, which there is.
  public Prediction first() {
    return predictions.get(0);
  }
}
