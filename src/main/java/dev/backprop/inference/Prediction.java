package dev.backprop.inference;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.backprop.core.linalg.Matrix;
import dev.backprop.dataset.EncodedRow;
import dev.backprop.dataset.TargetEncoder;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the network says of one row, or why it says nothing.
///
/// @param label of a classification
/// @param labels of a multilabel classification: those with a probability of one half or more
/// @param probabilities of each label
/// @param values of a regression, by target
/// @param flags what to be wary of: features out of the training range, unseen categories
/// @param error why the row was not scored
@JsonInclude(JsonInclude.Include.NON_NULL)
record Prediction(
    @Schema(description = "The class with the highest probability", example = "virginica")
        @Nullable String label,
    @Schema(description = "Multilabel: the labels with a probability of one half or more")
        @Nullable List<String> labels,
    @Schema(example = "{\"setosa\": 0.0, \"versicolor\": 0.04, \"virginica\": 0.96}")
        @Nullable Map<String, Float> probabilities,
    @Schema(description = "Regression: a number for each target", example = "{\"y1\": 0.94}")
        @Nullable Map<String, Float> values,
    @Schema(description = "What to be wary of", example = "[]") @Nullable List<String> flags,
    @Schema(description = "Why this row was not scored, in place of all else")
        @Nullable String error) {

  private static final float HALF = 0.5f;

  /// A row that could not be scored.
  static Prediction refused(String error) {
    return new Prediction(null, null, null, null, null, error);
  }

  /// A scored row.
  ///
  /// @param outputs of the network, a row each
  /// @param row of the outputs
  static Prediction of(TargetEncoder target, Matrix outputs, int row, EncodedRow encoded) {
    for (int i = 0; i < outputs.columns(); i++) {
      if (!Float.isFinite(outputs.get(row, i))) {
        return refused(
            "the network's output is not a finite number for this row, which is far outside of the training range");
      }
    }
    List<String> flags = encoded.flags().stream().map(EncodedRow.Flag::toString).toList();
    return switch (target) {
      case TargetEncoder.Classes classes -> {
        Map<String, Float> probabilities = probabilities(classes, outputs, row);
        String label = label(classes, probabilities);
        yield new Prediction(label, null, probabilities, null, flags, null);
      }
      case TargetEncoder.Labels several -> {
        Map<String, Float> probabilities = byName(several.columns(), outputs, row);
        List<String> labels = new ArrayList<>(several.columns());
        labels.removeIf(label -> probabilities.getOrDefault(label, 0f) < HALF);
        yield new Prediction(null, labels, probabilities, null, flags, null);
      }
      case TargetEncoder.Values values ->
          new Prediction(null, null, null, byName(values.columns(), outputs, row), flags, null);
    };
  }

  private static Map<String, Float> probabilities(
      TargetEncoder.Classes classes, Matrix outputs, int row) {
    if (!classes.binary()) {
      return byName(classes.labels(), outputs, row);
    }
    Map<String, Float> probabilities = new LinkedHashMap<>();
    float second = outputs.get(row, 0);
    probabilities.put(classes.labels().getFirst(), 1 - second);
    probabilities.put(classes.labels().getLast(), second);
    return probabilities;
  }

  private static Map<String, Float> byName(List<String> names, Matrix outputs, int row) {
    Map<String, Float> numbers = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      numbers.put(names.get(i), outputs.get(row, i));
    }
    return numbers;
  }

  /// The likeliest; of two with one half each the second, as the accuracy has it.
  private static String label(TargetEncoder.Classes classes, Map<String, Float> probabilities) {
    String second = classes.labels().getLast();
    if (classes.binary()) {
      return probabilities.getOrDefault(second, 0f) >= HALF ? second : classes.labels().getFirst();
    }
    return probabilities.entrySet().stream()
        .reduce((a, b) -> b.getValue() > a.getValue() ? b : a)
        .orElseThrow()
        .getKey();
  }
}
