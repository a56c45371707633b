package dev.backprop.job;

import dev.backprop.core.nn.Activation;
import dev.backprop.dataset.preprocessing.Preprocessing;
import dev.backprop.dataset.preprocessing.Scaling;
import dev.backprop.model.spec.ActivationJson;
import dev.backprop.model.spec.PreprocessingSettings;
import dev.backprop.model.spec.Task;
import dev.backprop.problem.InputErrors;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The preprocessing of a spec with every default filled in.
final class PreprocessingPlan {

  private static final PreprocessingSettings NOTHING =
      new PreprocessingSettings(null, null, null, null, null, null);

  private PreprocessingPlan() {}

  /// Adds it if the two settings of scaling contradict each other.
  static void check(@Nullable PreprocessingSettings given, InputErrors errors) {
    if (given == null || given.standardize() == null || given.scaling() == null) {
      return;
    }
    if (given.standardize() != (given.scaling() == Scaling.STANDARDIZE)) {
      errors.add(
          "#/preprocessing/standardize",
          "%s contradicts the scaling %s; leave standardize out, it is short for the scalings standardize and none"
              .formatted(given.standardize(), Words.of(given.scaling())));
    }
  }

  /// Adds it if targets are to be standardized that cannot be.
  static void checkTargets(
      @Nullable PreprocessingSettings given, TargetPlan target, InputErrors errors) {
    if (given == null
        || !Boolean.TRUE.equals(given.standardizeTargets())
        || canStandardize(target.task(), target.output())) {
      return;
    }
    errors.add(
        "#/preprocessing/standardizeTargets",
        "is for regression with the output linear, this is %s with the output %s; leave it out"
            .formatted(Words.of(target.task()), ActivationJson.name(target.output())));
  }

  /// Other outputs are bounded, or bent at a place that means something.
  private static boolean canStandardize(Task task, Activation output) {
    return task == Task.REGRESSION && output instanceof Activation.Linear;
  }

  /// Fills in what the settings leave out.
  ///
  /// @param settings pass the checks
  static Preprocessing of(@Nullable PreprocessingSettings settings, Task task, Activation output) {
    PreprocessingSettings given = Objects.requireNonNullElse(settings, NOTHING);
    Preprocessing usual = Preprocessing.DEFAULT;
    return new Preprocessing(
        scaling(given),
        Objects.requireNonNullElse(given.minCategoryCount(), usual.minCategoryCount()),
        Objects.requireNonNullElse(given.missing(), usual.missing()),
        Objects.requireNonNullElse(given.unseenCategory(), usual.unseenCategory()),
        Objects.requireNonNullElse(given.standardizeTargets(), canStandardize(task, output)));
  }

  private static Scaling scaling(PreprocessingSettings given) {
    if (given.scaling() != null) {
      return given.scaling();
    }
    if (given.standardize() != null) {
      return given.standardize() ? Scaling.STANDARDIZE : Scaling.NONE;
    }
    return Preprocessing.DEFAULT.scaling();
  }

  /// For the caller.
  static PreprocessingSettings settings(Preprocessing complete) {
    return new PreprocessingSettings(
        complete.scaling() == Scaling.STANDARDIZE,
        complete.scaling(),
        complete.minCategoryCount(),
        complete.missing(),
        complete.unseenCategory(),
        complete.standardizeTargets());
  }
}
