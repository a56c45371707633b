package dev.backprop.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the network says of one row. What there is not for its task is null.
///
/// @param label of a classification
/// @param labels of a multilabel classification
/// @param probabilities of each label
/// @param margins in place of probabilities, for a network trained with the loss hinge
/// @param top in place of both with topK: the most probable labels, in order
/// @param values of a regression, by target
/// @param intervals with interval, by target: the least and the largest value
/// @param flags what to be wary of
/// @param error why the row was not scored, in place of all else
@JsonIgnoreProperties(ignoreUnknown = true)
public record Prediction(
    @Nullable String label,
    @Nullable List<String> labels,
    @Nullable Map<String, Double> probabilities,
    @Nullable Map<String, Double> margins,
    @Nullable List<RankedLabel> top,
    @Nullable Map<String, Double> values,
    @Nullable Map<String, List<Double>> intervals,
    @Nullable List<String> flags,
    @Nullable String error) {

  /// One of the most probable labels.
  ///
  /// @param probability or null, where there are margins
  /// @param margin or null, where there are probabilities
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record RankedLabel(String label, @Nullable Double probability, @Nullable Double margin) {}
}
