package dev.backprop.inference;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.nn.Loss;
import dev.backprop.dataset.preprocessing.EncodedRow;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the network says of one row, or why it says nothing.
///
/// @param label of a classification
/// @param labels of a multilabel classification: those with a probability of one half or more
/// @param probabilities of each label
/// @param margins of each label in place of probabilities, where the loss was hinge
/// @param values of a regression, by target
/// @param flags what to be wary of: features out of the training range, unseen categories, missing
///   values
/// @param error why the row was not scored
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Prediction(
    @Schema(description = "The class with the highest probability or margin", example = "virginica")
        @Nullable String label,
    @Schema(
            description =
                "Multilabel: the labels with a probability of one half or more, or a margin from 0 on")
        @Nullable List<String> labels,
    @Schema(example = "{\"setosa\": 0.0, \"versicolor\": 0.04, \"virginica\": 0.96}")
        @Nullable Map<String, Float> probabilities,
    @Schema(
            description =
                "How far each label is on its side, 1 and more being safe; in place of probabilities"
                    + " for a network trained with the loss hinge")
        @Nullable Map<String, Float> margins,
    @Schema(description = "Regression: a number for each target", example = "{\"y1\": 0.94}")
        @Nullable Map<String, Float> values,
    @Schema(description = "What to be wary of", example = "[]") @Nullable List<String> flags,
    @Schema(description = "Why this row was not scored, in place of all else")
        @Nullable String error) {

  /// A row with more flags is strange as a whole.
  private static final int FLAGS = 20;

  /// A row that could not be scored.
  static Prediction refused(String error) {
    return new Prediction(null, null, null, null, null, null, error);
  }

  /// The probabilities, margins or values, or null where the row was not scored.
  public @Nullable Scores scores() {
    Map<String, Float> numbers =
        probabilities != null ? probabilities : margins != null ? margins : values;
    return (Scores) numbers;
  }

  /// A scored row.
  ///
  /// @param loss what the network was trained with, which says what its outputs mean
  /// @param outputs of the network, a row each
  /// @param row of the outputs
  static Prediction of(
      TargetEncoder target, Loss loss, Matrix outputs, int row, EncodedRow encoded) {
    float[] numbers =
        target.decode(
            Arrays.copyOfRange(
                outputs.values(), outputs.offset(row), outputs.offset(row) + outputs.columns()));
    for (float number : numbers) {
      if (!Float.isFinite(number)) {
        return refused(
            "the network's output is not a finite number for this row, which is far outside of the training range");
      }
    }
    List<String> flags = flags(encoded.flags());
    return switch (target) {
      case TargetEncoder.Classes classes when classes.binary() -> {
        float second = numbers[0];
        float[] both = {2 * loss.threshold() - second, second};
        // on the border the second, as the accuracy has it
        String label = classes.labels().get(second >= loss.threshold() ? 1 : 0);
        yield labelled(label, null, new Scores(classes.labels(), both), loss, flags);
      }
      case TargetEncoder.Classes classes -> {
        Scores scores = new Scores(classes.labels(), numbers);
        yield labelled(classes.labels().get(scores.largest()), null, scores, loss, flags);
      }
      case TargetEncoder.Labels several -> {
        Scores scores = new Scores(several.columns(), numbers);
        yield labelled(null, scores.namesFrom(loss.threshold()), scores, loss, flags);
      }
      case TargetEncoder.Values values ->
          new Prediction(
              null, null, null, null, new Scores(values.columns(), numbers), flags, null);
    };
  }

  private static List<String> flags(List<EncodedRow.Flag> all) {
    if (all.isEmpty()) {
      return List.of();
    }
    List<String> flags = new ArrayList<>();
    all.stream().limit(FLAGS).map(EncodedRow.Flag::toString).forEach(flags::add);
    if (all.size() > FLAGS) {
      flags.add("and %d more".formatted(all.size() - FLAGS));
    }
    return flags;
  }

  /// @param scores of each label: margins behind hinge, else probabilities
  private static Prediction labelled(
      @Nullable String label,
      @Nullable List<String> labels,
      Scores scores,
      Loss loss,
      List<String> flags) {
    return loss instanceof Loss.Hinge
        ? new Prediction(label, labels, null, scores, null, flags, null)
        : new Prediction(label, labels, scores, null, null, flags, null);
  }
}
