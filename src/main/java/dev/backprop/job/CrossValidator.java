package dev.backprop.job;

import dev.backprop.core.linalg.Products;
import dev.backprop.core.metric.Metric;
import dev.backprop.core.train.Examples;
import dev.backprop.core.train.StopReason;
import dev.backprop.core.train.Trainer;
import dev.backprop.core.train.TrainingMonitor;
import dev.backprop.core.train.TrainingOutcome;
import dev.backprop.model.CrossValidation;
import dev.backprop.model.Evaluation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Trains without each fold in turn, as the model was trained, and measures on the fold what came
/// of it. The fold decides nothing: neither when to stop nor which epoch is best.
final class CrossValidator {

  private final PreparedJob whole;
  private final Folds folds;
  private final Products products;
  private final IntFunction<TrainingMonitor> monitors;
  private final List<Evaluation.Result> results = new ArrayList<>();
  private @Nullable Fold current;

  /// @param whole the training on all rows
  /// @param monitors one for the training without each fold, counted from 0
  CrossValidator(
      PreparedJob whole, Folds folds, Products products, IntFunction<TrainingMonitor> monitors) {
    this.whole = whole;
    this.folds = folds;
    this.products = products;
    this.monitors = monitors;
  }

  /// What came of it.
  ///
  /// @param measured null if it was stopped, or with an error
  /// @param stopped why the job was asked to stop meanwhile, or null
  /// @param error of a fold, or null
  record Result(
      @Nullable CrossValidation measured, @Nullable StopReason stopped, @Nullable JobError error) {

    /// Of no folds.
    static final Result NONE = new Result(null, null, null);
  }

  /// Whether a training ended because the job is to end.
  static boolean isStop(StopReason reason) {
    return reason == StopReason.CANCELLED || reason == StopReason.SHUTDOWN;
  }

  /// The training without a fold, which a pause leaves as it is.
  private record Fold(PreparedJob part, Trainer trainer, TrainingMonitor monitor) {}

  /// Goes on to the end or until a pause.
  ///
  /// @return null if it was paused
  @Nullable Result runOrPause() {
    while (results.size() < folds.count()) {
      int number = results.size();
      Fold fold = current == null ? begin(number) : current;
      current = fold;
      TrainingOutcome outcome = fold.trainer().trainOrPause(fold.monitor());
      if (outcome == null) {
        return null;
      }
      current = null;
      if (isStop(outcome.reason())) {
        return new Result(null, outcome.reason(), null);
      }
      TrainingOutcome.Best best = outcome.best();
      if (best == null || outcome.divergence() != null) {
        return new Result(null, null, error(number, outcome.reason()));
      }
      PreparedJob part = fold.part();
      Evaluation evaluation = part.evaluation(best.parameters(), products);
      Evaluation.Result result =
          evaluation.measure(part.validationRows().encode(part.preprocessor()));
      if (!Double.isFinite(result.loss())) {
        return new Result(null, null, error(number, StopReason.DIVERGED));
      }
      results.add(result);
    }
    return new Result(summary(), null, null);
  }

  private Fold begin(int number) {
    PreparedJob part = folds.without(whole, number);
    Examples training = part.trainingRows().encode(part.preprocessor());
    Trainer trainer =
        new Trainer(
            part.training(), part.startingParameters(), training, null, part.scoring(), products);
    return new Fold(part, trainer, monitors.apply(number));
  }

  private JobError error(int fold, StopReason reason) {
    boolean late = reason == StopReason.TIME_LIMIT;
    return new JobError(
        late ? "timeLimit" : "diverged",
        "The training without fold %d of %d %s. The model is trained on all rows, but there is no crossValidation of it."
            .formatted(
                fold + 1,
                folds.count(),
                late
                    ? "had no time for an epoch; give it more seconds"
                    : "diverged; try a smaller learning rate"));
  }

  private CrossValidation summary() {
    Map<String, CrossValidation.Spread> metrics = new LinkedHashMap<>();
    for (Metric metric : Metric.values()) {
      double[] scores =
          results.stream()
              .filter(result -> result.metrics().containsKey(metric))
              .mapToDouble(result -> result.metrics().getOrDefault(metric, 0.0))
              .toArray();
      if (scores.length == results.size()) {
        metrics.put(Words.of(metric), CrossValidation.Spread.of(scores));
      }
    }
    double[] losses = results.stream().mapToDouble(Evaluation.Result::loss).toArray();
    return new CrossValidation(folds.count(), CrossValidation.Spread.of(losses), metrics);
  }
}
