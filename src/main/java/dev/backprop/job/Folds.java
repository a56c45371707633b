package dev.backprop.job;

import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.train.Watched;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.preprocessing.Preprocessor;
import dev.backprop.dataset.preprocessing.Split;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.ProblemException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The trainings of a cross-validation, each on the rows of all folds but one.
final class Folds {

  private static final String POINTER = "#/validation/folds";

  private final List<Split> splits;
  private final JobSpec spec;
  private final TargetPlan plan;
  private final MetricPlan metrics;
  private final Dataset data;
  private final Function<Split, Preprocessor> fitting;

  private Folds(
      List<Split> splits,
      JobSpec spec,
      TargetPlan plan,
      MetricPlan metrics,
      Dataset data,
      Function<Split, Preprocessor> fitting) {
    this.splits = splits;
    this.spec = spec;
    this.plan = plan;
    this.metrics = metrics;
    this.data = data;
    this.fitting = fitting;
  }

  /// The folds that a spec asks for.
  ///
  /// @param start what the job starts from, or null
  /// @param fitting of a preprocessor to the training rows of a split
  /// @param errors takes what does not go with them
  /// @return null where there are to be none, or errors were added
  static @Nullable Folds of(
      JobSpec spec,
      @Nullable WarmStart start,
      TargetPlan plan,
      MetricPlan metrics,
      Dataset data,
      Function<Split, Preprocessor> fitting,
      InputErrors errors) {
    Integer folds = spec.validation() == null ? null : spec.validation().folds();
    if (folds == null) {
      return null;
    }
    if (start != null) {
      errors.add(
          POINTER,
          "the model of the warm start may have seen the rows of each fold; %s, or validate otherwise, such as with {\"fraction\": 0.2}"
              .formatted(start.origin().isFork() ? "post a new job" : "leave warmStart out"));
    }
    if (spec.network() != null && spec.network().initialParameters() != null) {
      errors.add(
          POINTER,
          "the training rows of a fold may have fewer categories, and so inputs, than"
              + " initialParameters are for; leave one of the two out");
    }
    try {
      long seed = TrainingPlan.seed(spec.training());
      List<Split> splits =
          Split.folds(data.rows(), folds, seed, ValidationPlan.classes(plan, data));
      for (Split split : splits) {
        if (!plan.checkTrainingRows(spec, data, split.trainingRows(), errors)) {
          return null;
        }
      }
      return new Folds(splits, spec, plan, metrics, data, fitting);
    } catch (ProblemException e) {
      errors.addAll(e.errors());
      return null;
    }
  }

  int count() {
    return splits.size();
  }

  /// The rows of the smallest training: the first fold is one of the largest.
  int fewestTrainingRows() {
    return splits.getFirst().trainingRows().length;
  }

  /// Adds it if the rows of a fold, or those of the others, count nothing.
  void checkWeights(InputErrors errors) {
    for (int fold = 0; fold < splits.size() && errors.isEmpty(); fold++) {
      RowWeights.of(spec, plan, data, splits.get(fold), errors);
    }
  }

  /// Adds it if the training rows of a fold do not define the metric that is watched.
  void checkDefined(Watched watched, InputErrors errors) {
    if (watched.metric() == null) {
      return; // a loss is always there
    }
    for (int fold = 0; fold < splits.size() && errors.isEmpty(); fold++) {
      Split split = splits.get(fold);
      ExampleRows rows = ExampleRows.training(data, split, weights(split));
      metrics.checkDefined(watched, rows.targets(fitting.apply(split)), rows.weights(), errors);
    }
  }

  private RowWeights weights(Split split) {
    return RowWeights.of(spec, plan, data, split, new InputErrors());
  }

  /// The training without a fold: all that depends on its rows is made from them alone.
  ///
  /// @param whole the training on all rows
  /// @param fold counted from 0
  PreparedJob without(PreparedJob whole, int fold) {
    Split split = splits.get(fold);
    Preprocessor preprocessor = fitting.apply(split);
    NetworkSpec network = new NetworkSpec(preprocessor.inputs(), whole.network().layers());
    MetricPlan inUnits = metrics.inUnitsOf(preprocessor.target(), plan.loss());
    return whole.of(split, preprocessor, network, weights(split), inUnits.scoring());
  }
}
