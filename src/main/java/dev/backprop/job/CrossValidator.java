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

  Result run() {
    List<Evaluation.Result> results = new ArrayList<>();
    for (int fold = 0; fold < folds.count(); fold++) {
      PreparedJob part = folds.without(whole, fold);
      TrainingOutcome outcome = train(part, monitors.apply(fold));
      if (isStop(outcome.reason())) {
        return new Result(null, outcome.reason(), null);
      }
      TrainingOutcome.Best best = outcome.best();
      if (best == null || outcome.divergence() != null) {
        return new Result(null, null, error(fold, outcome.reason()));
      }
      Evaluation evaluation = part.evaluation(best.parameters(), products);
      Evaluation.Result result =
          evaluation.measure(part.validationRows().encode(part.preprocessor()));
      if (!Double.isFinite(result.loss())) {
        return new Result(null, null, error(fold, StopReason.DIVERGED));
      }
      results.add(result);
    }
    return new Result(summary(results), null, null);
  }

  /// In a method of its own, so that the trainer's memory is free when the fold is measured.
  private TrainingOutcome train(PreparedJob part, TrainingMonitor monitor) {
    Examples training = part.trainingRows().encode(part.preprocessor());
    return new Trainer(
            part.training(), part.startingParameters(), training, null, part.scoring(), products)
        .train(monitor);
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

  private CrossValidation summary(List<Evaluation.Result> results) {
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
