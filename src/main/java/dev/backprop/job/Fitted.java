package dev.backprop.job;

import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.preprocessing.Preprocessing;
import dev.backprop.dataset.preprocessing.Preprocessor;
import dev.backprop.dataset.preprocessing.Split;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.problem.InputErrors;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the columns and rows of the data become.
///
/// @param validation a second data set, or null
/// @param metrics in the units of the targets
/// @param folds null where there are none
record Fitted(
    Dataset data,
    @Nullable Dataset validation,
    TargetPlan target,
    MetricPlan metrics,
    Split split,
    Preprocessing preprocessing,
    Preprocessor preprocessor,
    RowWeights weights,
    @Nullable Folds folds) {

  ExampleRows trainingRows() {
    return ExampleRows.training(data, split, weights);
  }

  ExampleRows validationRows() {
    return ExampleRows.validation(data, split, weights, validation);
  }

  /// Decides for the columns, divides the rows and fits to those of the training.
  ///
  /// @param start the model to start from, or null
  /// @param formIsWrong whether the request has errors already that make a split pointless
  /// @return null, exactly if errors were added, or there were such
  static @Nullable Fitted of(
      JobSpec spec,
      @Nullable WarmStart start,
      Dataset data,
      @Nullable Dataset validation,
      boolean formIsWrong,
      InputErrors errors) {
    TargetPlan target = target(spec, start, data, errors);
    MetricPlan metrics =
        target == null ? null : MetricPlan.of(spec.training(), target, data, errors);
    if (target != null) {
      RowWeights.check(spec, target, data, errors);
    }
    if (target != null && start == null) {
      PreprocessingPlan.checkTargets(spec.preprocessing(), target, errors);
    }
    Split split =
        formIsWrong || target == null ? null : ValidationPlan.split(spec, data, target, errors);
    if (target == null || metrics == null || split == null) {
      return null;
    }
    if (start == null && !target.checkTrainingRows(spec, data, split.trainingRows(), errors)) {
      return null;
    }
    Preprocessing preprocessing =
        start == null
            ? PreprocessingPlan.of(spec.preprocessing(), target.task(), target.output())
            : start.preprocessing();
    Function<Split, Preprocessor> fitting =
        rows ->
            Preprocessor.fit(
                data, target.features(), target.target(), rows.trainingRows(), preprocessing);
    Preprocessor preprocessor =
        start == null ? fitting.apply(split) : start.origin().preprocessor();
    Folds folds = Folds.of(spec, start, target, metrics, data, fitting, errors);
    if (validation != null) {
      ValidationPlan.check(validation, data, preprocessor, spec, target, errors);
    }
    if (!errors.isEmpty()) {
      return null;
    }
    RowWeights weights = RowWeights.of(spec, target, data, split, errors);
    Fitted fitted =
        new Fitted(
            data,
            validation,
            target,
            metrics.inUnitsOf(preprocessor.target(), target.loss()),
            split,
            preprocessing,
            preprocessor,
            weights,
            folds);
    if (validation != null) {
      fitted.validationRows().checkWeights("validation", "#/validation/dataset", errors);
    }
    if (folds != null && !weights.areOne()) {
      folds.checkWeights(errors);
    }
    return errors.isEmpty() ? fitted : null;
  }

  private static @Nullable TargetPlan target(
      JobSpec spec, @Nullable WarmStart start, Dataset data, InputErrors errors) {
    if (!columnsAreReadable(spec) || (start == null && spec.warmStart() != null)) {
      return null;
    }
    if (start == null) {
      return TargetPlan.of(spec, data, errors);
    }
    TargetPlan target = start.target(spec.training(), data, errors);
    if (target != null && spec.weights() != null) {
      Preprocessor.checkWeights(data, spec.weights(), target.features(), target.target(), errors);
    }
    return target;
  }

  /// A name that could not be read is absent from its list.
  private static boolean columnsAreReadable(JobSpec spec) {
    return Stream.of(spec.features(), spec.targets())
        .filter(Objects::nonNull)
        .flatMap(List::stream)
        .allMatch(Objects::nonNull);
  }
}
