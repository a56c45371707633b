package dev.backprop.job;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.metric.Metric;
import dev.backprop.core.metric.Scoring;
import dev.backprop.core.metric.Tally;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.train.Watched;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.model.Evaluation;
import dev.backprop.model.spec.ActivationJson;
import dev.backprop.model.spec.EarlyStoppingSettings;
import dev.backprop.model.spec.TrainingSettings;
import dev.backprop.problem.InputErrors;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What each epoch measures beside the loss.
///
/// @param metrics for the caller
/// @param scoring for the trainer
record MetricPlan(List<Metric> metrics, Scoring scoring) {

  private static final String WATCHED = "#/training/earlyStopping/metric";

  /// The metrics of the settings, or those that the task usually has.
  ///
  /// @param errors takes each metric that there is not for the task and its outputs
  static MetricPlan of(
      @Nullable TrainingSettings settings, TargetPlan plan, Dataset data, InputErrors errors) {
    TargetEncoder target = plan.target().encoder(data);
    Scoring scoring = Evaluation.scoring(target, plan.loss());
    Set<Metric> all =
        scoring.all(target.outputs(), Evaluation.areProbabilities(target, plan.output()));
    List<Metric> given = settings == null ? null : settings.metrics();
    List<Metric> metrics =
        given == null ? List.copyOf(scoring.usual()) : checked(given, all, plan, target, errors);
    List<Metric> measured = withWatched(settings, metrics, all, plan, target, errors);
    return new MetricPlan(measured, new Scoring.Selected(scoring, Set.copyOf(measured)));
  }

  /// The same in the units of targets that were scaled.
  ///
  /// @param target fitted
  MetricPlan inUnitsOf(TargetEncoder target, Loss loss) {
    return new MetricPlan(
        metrics, new Scoring.Selected(Evaluation.scoring(target, loss), Set.copyOf(metrics)));
  }

  /// The metrics and, where it is not among them, the one that early stopping watches.
  private static List<Metric> withWatched(
      @Nullable TrainingSettings settings,
      List<Metric> metrics,
      Set<Metric> all,
      TargetPlan plan,
      TargetEncoder target,
      InputErrors errors) {
    EarlyStoppingSettings stopping = settings == null ? null : settings.earlyStopping();
    Watched watched = stopping == null ? null : stopping.metric();
    Metric metric = watched == null ? null : watched.metric();
    if (metric == null || metrics.contains(metric)) {
      return metrics;
    }
    if (!all.contains(metric)) {
      errors.add(WATCHED, misfit(metric, all, plan, target.outputs()));
    }
    return Stream.concat(metrics.stream(), Stream.of(metric)).toList();
  }

  /// Adds it if the rows whose metric is watched do not define it.
  ///
  /// @param y their targets
  /// @param w their weights, or null
  void checkDefined(Watched watched, Matrix y, @Nullable Matrix w, InputErrors errors) {
    Metric metric = watched.metric();
    if (metric == null) {
      return;
    }
    Tally tally = scoring.newTally(Set.of(metric), y, w);
    tally.add(y, y, w);
    if (tally.scores().isEmpty()) {
      errors.add(
          WATCHED,
          "the %s rows have no %s, which needs %s; watch something else"
              .formatted(
                  watched.isOfValidation() ? "validation" : "training",
                  Words.of(metric),
                  metric == Metric.MAPE ? "targets other than 0" : "rows of both classes"));
    }
  }

  private static List<Metric> checked(
      List<Metric> given,
      Set<Metric> all,
      TargetPlan plan,
      TargetEncoder target,
      InputErrors errors) {
    List<Metric> metrics = new ArrayList<>();
    Set<Metric> taken = EnumSet.noneOf(Metric.class);
    for (int i = 0; i < given.size(); i++) {
      Metric metric = given.get(i);
      String pointer = "#/training/metrics/" + i;
      if (metric == null) {
        continue; // it could not be read, which is an error already
      }
      if (!all.contains(metric)) {
        errors.add(pointer, misfit(metric, all, plan, target.outputs()));
      } else if (!taken.add(metric)) {
        errors.add(pointer, Words.of(metric) + " is named twice");
      } else {
        metrics.add(metric);
      }
    }
    return metrics;
  }

  private static String misfit(Metric metric, Set<Metric> all, TargetPlan plan, int outputs) {
    return "there is no %s of the task %s with %d %s of %s; there is: %s"
        .formatted(
            Words.of(metric),
            Words.of(plan.task()),
            outputs,
            outputs == 1 ? "output" : "outputs",
            ActivationJson.name(plan.output()),
            all.stream().map(Words::of).collect(Collectors.joining(", ")));
  }
}
