package dev.backprop.inference;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the network says of one row, or why it says nothing.
///
/// @param label of a classification
/// @param labels of a multilabel classification: those with a probability of one half, or the
///   threshold, or more
/// @param probabilities of each label
/// @param margins of each label in place of probabilities, where the loss was hinge
/// @param top in place of both, where only some were asked for: those with the most, in order
/// @param values of a regression, by target
/// @param intervals that the true values lie within as often as was asked for, by target
/// @param flags what to be wary of: features out of the training range, unseen categories, missing
///   values
/// @param error why the row was not scored
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Prediction(
    @Schema(
            description =
                "The class with the highest probability or margin; with threshold, the second of two"
                    + " classes from there on",
            example = "virginica")
        @Nullable String label,
    @Schema(
            description =
                "Multilabel: the labels with a probability of threshold (default: one half) or more,"
                    + " or a margin from 0 on")
        @Nullable List<String> labels,
    @Schema(example = "{\"setosa\": 0.0, \"versicolor\": 0.04, \"virginica\": 0.96}")
        @Nullable Map<String, Float> probabilities,
    @Schema(
            description =
                "How far each label is on its side, 1 and more being safe; in place of probabilities"
                    + " for a network trained with the loss hinge")
        @Nullable Map<String, Float> margins,
    @Schema(
            description =
                "With topK, in place of probabilities or margins: the labels with the highest ones,"
                    + " the highest first")
        @Nullable List<RankedLabel> top,
    @Schema(description = "Regression: a number for each target", example = "{\"y1\": 0.94}")
        @Nullable Map<String, Float> values,
    @Schema(
            description =
                "With interval, for each target: its least and its largest value with that coverage",
            example = "{\"y1\": [0.83, 1.05]}")
        @Nullable Map<String, Interval> intervals,
    @Schema(description = "What to be wary of", example = "[]") @Nullable List<String> flags,
    @Schema(description = "Why this row was not scored, in place of all else")
        @Nullable String error) {

  /// A row that could not be scored.
  static Prediction refused(String error) {
    return new Prediction(null, null, null, null, null, null, null, null, error);
  }

  /// The probabilities, margins or values, or null where the row was not scored.
  public @Nullable NamedScores scores() {
    Map<String, Float> numbers =
        probabilities != null ? probabilities : margins != null ? margins : values;
    return (NamedScores) numbers;
  }

  /// A row with a number for each label.
  ///
  /// @param scores margins or probabilities
  static Prediction ofLabels(
      @Nullable String label,
      @Nullable List<String> labels,
      NamedScores scores,
      boolean margins,
      List<String> flags) {
    return margins
        ? new Prediction(label, labels, null, scores, null, null, null, flags, null)
        : new Prediction(label, labels, scores, null, null, null, null, flags, null);
  }

  /// A row with the most probable labels only.
  static Prediction ofTop(
      @Nullable String label,
      @Nullable List<String> labels,
      List<RankedLabel> top,
      List<String> flags) {
    return new Prediction(label, labels, null, null, top, null, null, flags, null);
  }

  /// A row with a number for each target.
  static Prediction ofValues(
      NamedScores values, @Nullable Map<String, Interval> intervals, List<String> flags) {
    return new Prediction(null, null, null, null, null, values, intervals, flags, null);
  }
}
