package dev.backprop.inference;

import dev.backprop.core.nn.Loss;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.model.Model;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.ProblemType;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How a request wants its predictions told. Each is a query parameter, so that streams have them
/// too.
///
/// @param topK how many of the most probable labels to give, from 1 on; null for all of them
/// @param threshold the least probability with which a label is given, from 0 to 1; null for the
///   loss's own
record PredictOptions(@Nullable Integer topK, @Nullable Float threshold) {

  /// Predictions as they come.
  static final PredictOptions NONE = new PredictOptions(null, null);

  /// What a request asks for.
  ///
  /// @param parameters of the query, each with its values; empty for [#NONE]
  /// @throws dev.backprop.problem.ProblemException [ProblemType#INVALID_REQUEST] with all that
  ///   cannot be read
  static PredictOptions of(Map<String, String[]> parameters) {
    if (parameters.isEmpty()) {
      return NONE;
    }
    QueryReader query = new QueryReader(parameters, "topK", "threshold");
    Integer topK = query.wholeNumber("topK");
    Double threshold = query.fraction("threshold");
    query.throwIfWrong();
    return new PredictOptions(topK, threshold == null ? null : threshold.floatValue());
  }

  /// Checks that the options make sense for what the model has learned.
  ///
  /// @throws dev.backprop.problem.ProblemException [ProblemType#INVALID_SPECIFICATION] with all
  ///   that do not
  void requireFit(Model model) {
    InputErrors errors = new InputErrors();
    if (topK != null && model.preprocessor().target() instanceof TargetEncoder.Values) {
      errors.add("#/topK", "topK chooses among labels, the model gives numbers; leave it out");
    }
    if (threshold != null) {
      checkThreshold(model, errors);
    }
    errors.throwIfAny(ProblemType.INVALID_SPECIFICATION);
  }

  private static void checkThreshold(Model model, InputErrors errors) {
    String why =
        switch (model.preprocessor().target()) {
          case TargetEncoder.Values _ -> "the model gives numbers; leave it out";
          case TargetEncoder.Classes classes when classes.labels().size() > 2 ->
              "the model tells %d classes apart and gives the most probable one; topK gives more of them"
                  .formatted(classes.labels().size());
          case TargetEncoder.Classes _, TargetEncoder.Labels _ ->
              loss(model) instanceof Loss.Hinge
                  ? "the model was trained with hinge and gives margins; compare those with a number of your own"
                  : null;
        };
    if (why != null) {
      errors.add(
          "#/threshold",
          "threshold decides by the probability of the second of two classes or of each label; "
              + why);
    }
  }

  static Loss loss(Model model) {
    return Objects.requireNonNull(Objects.requireNonNull(model.spec().training()).loss());
  }
}
