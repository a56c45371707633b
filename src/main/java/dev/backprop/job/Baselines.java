package dev.backprop.job;

import dev.backprop.core.linalg.Products;
import dev.backprop.core.metric.Metric;
import dev.backprop.core.nn.Parameters;
import dev.backprop.core.train.EpochReport;
import dev.backprop.core.train.Examples;
import dev.backprop.core.train.StopReason;
import dev.backprop.core.train.TrainingMonitor;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.model.Evaluation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What a network has to beat: a constant, and a linear model. Both learn from at most [#MOST_ROWS]
/// of the training rows and are measured on as many of the validation rows, or of the training rows
/// if there are none.
final class Baselines {

  private static final int MOST_ROWS = 10_000;

  /// Encoded inputs, 32 MB.
  private static final int MOST_CELLS = 8_000_000;

  /// L-BFGS keeps 23 numbers for each.
  private static final int MOST_PARAMETERS = 250_000;

  private static final int STEPS = 100;
  private static final Duration LIMIT = Duration.ofSeconds(1);

  private final Products products;
  private final LongSupplier nanoTime;

  /// @param nanoTime measures durations, as [System#nanoTime] does
  Baselines(Products products, LongSupplier nanoTime) {
    this.products = products;
    this.nanoTime = nanoTime;
  }

  PlanView.Baselines of(PreparedJob job) {
    int inputs = job.preprocessor().inputs();
    int most = Math.clamp(MOST_CELLS / inputs, 1, MOST_ROWS);
    boolean validated = job.validationRows().count() > 0;
    Examples training = job.trainingRows().sample(most).encode(job.preprocessor());
    Examples measured =
        validated ? job.validationRows().sample(most).encode(job.preprocessor()) : training;
    TargetEncoder target = job.preprocessor().target();
    LinearModel model = new LinearModel(target);
    Set<Metric> metrics = metrics(job);
    List<PlanView.Baseline> baselines = new ArrayList<>();
    Parameters constant = model.constant(training);
    baselines.add(score(name(target), model, constant, measured, metrics));
    if (model.parameterCount(inputs) <= MOST_PARAMETERS) {
      Parameters trained = model.train(constant, training, STEPS, products, limit());
      baselines.add(score(PlanView.BaselineName.LINEAR_MODEL, model, trained, measured, metrics));
    }
    return new PlanView.Baselines(
        validated ? PlanView.Rows.VALIDATION : PlanView.Rows.TRAINING, measured.rows(), baselines);
  }

  private static PlanView.BaselineName name(TargetEncoder target) {
    return switch (target) {
      case TargetEncoder.Classes _, TargetEncoder.Labels _ -> PlanView.BaselineName.MAJORITY_CLASS;
      case TargetEncoder.Values _ -> PlanView.BaselineName.MEAN;
    };
  }

  /// What the model of the job will have.
  private static Set<Metric> metrics(PreparedJob job) {
    TargetEncoder target = job.preprocessor().target();
    boolean probabilities =
        Evaluation.areProbabilities(target, job.network().output().activation());
    return Evaluation.scoring(target, job.training().loss()).all(target.outputs(), probabilities);
  }

  private PlanView.Baseline score(
      PlanView.BaselineName name,
      LinearModel model,
      Parameters parameters,
      Examples examples,
      Set<Metric> metrics) {
    Map<Metric, Double> scores =
        model.evaluation(parameters, examples, products).measure(examples).metrics();
    Map<String, Double> named = new LinkedHashMap<>();
    for (Metric metric : Metric.values()) {
      Double score = scores.get(metric);
      if (score != null && metrics.contains(metric)) {
        named.put(Words.of(metric), score);
      }
    }
    return new PlanView.Baseline(name, named);
  }

  private TrainingMonitor limit() {
    long end = nanoTime.getAsLong() + LIMIT.toNanos();
    return new TrainingMonitor() {
      @Override
      public @Nullable StopReason stopRequested() {
        return nanoTime.getAsLong() >= end ? StopReason.TIME_LIMIT : null;
      }

      @Override
      public void epochEnded(EpochReport report) {}
    };
  }
}
