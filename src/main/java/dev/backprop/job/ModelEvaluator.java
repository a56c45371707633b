package dev.backprop.job;

import dev.backprop.core.linalg.Products;
import dev.backprop.core.metric.Calibration;
import dev.backprop.core.nn.Parameters;
import dev.backprop.core.train.Examples;
import dev.backprop.core.train.StopReason;
import dev.backprop.core.train.TrainingOutcome;
import dev.backprop.core.train.TrainingOutcome.Divergence;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.model.Evaluation;
import dev.backprop.model.Metrics;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Measures what has come of the training of a job, and says what went wrong with it.
///
/// @param job whose training has ended
record ModelEvaluator(Job job, PreparedJob prepared, Products products) {

  /// Measures the best parameters with all rows, and calibrates their outputs with those of
  /// validation.
  ///
  /// @param rows that it was trained with
  /// @param validation rows, or null without any
  Trained evaluate(TrainingOutcome outcome, Examples rows, @Nullable Examples validation) {
    PreparedJob last = prepared.with(job.legIn(outcome.epochs() + 1));
    DivergenceAdvice advice = new DivergenceAdvice(last, rows);
    JobError error = error(outcome, advice);
    TrainingOutcome.Best best = outcome.best();
    if (best == null || outcome.epochs() == 0) {
      return Trained.nothing(outcome.reason(), outcome.epochs(), error);
    }
    Evaluation evaluation = prepared.evaluation(best.parameters(), products);
    Metrics metrics = evaluation.metrics(rows, validation);
    if (!Double.isFinite(Objects.requireNonNull(metrics.trainingLoss()))) {
      // where there are validation rows, they alone decided what is best
      String what =
          "The loss of the training rows was no longer a finite number after epoch %d."
              .formatted(best.report().epoch());
      JobError diverged = advice.error(what, evaluation.overflow());
      return Trained.nothing(StopReason.DIVERGED, outcome.epochs(), diverged);
    }
    Calibration calibration = validation == null ? null : calibrate(best.parameters(), validation);
    return new Trained(outcome.reason(), outcome.epochs(), best, metrics, calibration, error);
  }

  private static @Nullable JobError error(TrainingOutcome outcome, DivergenceAdvice advice) {
    Divergence divergence = outcome.divergence();
    if (divergence != null) {
      return advice.error(divergence, outcome.best() != null);
    }
    if (outcome.reason() == StopReason.TIME_LIMIT && outcome.epochs() == 0) {
      return new JobError(
          "timeLimit", "The time was over before the first epoch was. Give it more seconds.");
    }
    return null;
  }

  private @Nullable Calibration calibrate(Parameters parameters, Examples validation) {
    TargetEncoder target = prepared.preprocessor().target();
    return new CalibrationFit(parameters, target, Evaluation.units(target), products)
        .of(validation);
  }
}
