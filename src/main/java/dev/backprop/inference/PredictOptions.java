package dev.backprop.inference;

import dev.backprop.core.metric.Calibration;
import dev.backprop.core.metric.ConformalIntervals;
import dev.backprop.core.metric.TemperatureScaling;
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
/// @param calibrated whether probabilities are those of the model's temperature
/// @param interval the share of rows that are to lie within the intervals, above 0 and below 1;
///   null for none
record PredictOptions(
    @Nullable Integer topK,
    @Nullable Float threshold,
    boolean calibrated,
    @Nullable Double interval) {

  /// Predictions as they come.
  static final PredictOptions NONE = new PredictOptions(null, null, false, null);

  private static final String UNVALIDATED =
      "the model was trained without validation rows; train it with some, such as"
          + " \"validation\": {\"fraction\": 0.2}";

  /// What a request asks for.
  ///
  /// @param parameters of the query, each with its values; empty for [#NONE]
  /// @throws dev.backprop.problem.ProblemException [ProblemType#INVALID_REQUEST] with all that
  ///   cannot be read
  static PredictOptions of(Map<String, String[]> parameters) {
    if (parameters.isEmpty()) {
      return NONE;
    }
    QueryReader query = new QueryReader(parameters, "topK", "threshold", "calibrated", "interval");
    Integer topK = query.wholeNumber("topK");
    Double threshold = query.fraction("threshold");
    boolean calibrated = query.flag("calibrated");
    Double interval = query.share("interval");
    query.throwIfWrong();
    return new PredictOptions(
        topK, threshold == null ? null : threshold.floatValue(), calibrated, interval);
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
    if (calibrated) {
      checkCalibrated(model, errors);
    }
    if (interval != null) {
      checkInterval(model, interval, errors);
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

  private static void checkCalibrated(Model model, InputErrors errors) {
    Calibration calibration = model.calibration();
    if (calibration instanceof TemperatureScaling) {
      return;
    }
    String why =
        model.preprocessor().target() instanceof TargetEncoder.Values
            ? "the model gives numbers; interval says how far they can be trusted"
            : loss(model) instanceof Loss.Hinge
                ? "the model was trained with hinge and gives margins; train it with a cross-entropy"
                : UNVALIDATED;
    errors.add("#/calibrated", "calibrated is for probabilities; " + why);
  }

  private static void checkInterval(Model model, double coverage, InputErrors errors) {
    String why = null;
    if (!(model.preprocessor().target() instanceof TargetEncoder.Values)) {
      why =
          "the model gives labels, whose probabilities say how sure it is; calibrated makes them better";
    } else if (!(model.calibration() instanceof ConformalIntervals intervals)) {
      why = UNVALIDATED;
    } else if (!intervals.reaches(coverage)) {
      why =
          "a coverage of %s takes %d validation rows or more, the model had %d, which are enough for %s"
              .formatted(
                  coverage,
                  ConformalIntervals.rowsFor(coverage),
                  intervals.rows(),
                  Math.floor(1000.0 * intervals.rows() / (intervals.rows() + 1)) / 1000);
    }
    if (why != null) {
      errors.add("#/interval", "interval is for numbers of models with validation rows; " + why);
    }
  }

  /// What is added to and taken from each number for its interval, or null for none.
  ///
  /// @param model that these options fit
  float @Nullable [] halfWidths(Model model) {
    return interval != null && model.calibration() instanceof ConformalIntervals intervals
        ? intervals.halfWidths(interval)
        : null;
  }

  /// What the sums of the output layer are divided by, 1 for nothing.
  ///
  /// @param model that these options fit
  double temperature(Model model) {
    return calibrated && model.calibration() instanceof TemperatureScaling scaling
        ? scaling.temperature()
        : 1;
  }

  static Loss loss(Model model) {
    return Objects.requireNonNull(Objects.requireNonNull(model.spec().training()).loss());
  }
}
