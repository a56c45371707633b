package dev.backprop.job;

import dev.backprop.dataset.CategoryColumn;
import dev.backprop.dataset.Column;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.NumberColumn;
import dev.backprop.dataset.Preprocessor;
import dev.backprop.dataset.Target;
import dev.backprop.model.spec.ActivationName;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.model.spec.LossName;
import dev.backprop.model.spec.NetworkSettings;
import dev.backprop.model.spec.Task;
import dev.backprop.model.spec.TrainingSettings;
import dev.backprop.problem.InputError;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.JsonErrors;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which columns are learned from and which are learned, as what, behind which output and with
/// which loss: the part of a spec that hangs together by the task.
///
/// @param features the columns to predict from
/// @param targets the columns to predict
/// @param task what to learn
/// @param output activation of the output layer
/// @param loss what to minimize
/// @param target how the targets become numbers
record TargetPlan(
    List<String> features,
    List<String> targets,
    Task task,
    ActivationName output,
    LossName loss,
    Target target) {

  /// Fills in what the spec leaves out.
  ///
  /// @param errors takes all that does not fit
  /// @return null, exactly if errors were added
  static @Nullable TargetPlan of(JobSpec spec, Dataset data, InputErrors errors) {
    List<String> names = data.columns().stream().map(Column::name).toList();
    List<String> targets = spec.targets() == null ? List.of(names.getLast()) : spec.targets();
    List<String> features =
        spec.features() == null
            ? names.stream().filter(name -> !targets.contains(name)).toList()
            : spec.features();
    Task task = spec.task() == null ? taskOf(data, targets) : spec.task();
    NetworkSettings.Output output = spec.network() == null ? null : spec.network().output();
    ActivationName given = output == null ? null : output.activation();
    ActivationName activation = given == null ? defaultOutput(task) : given;
    TrainingSettings training = spec.training();
    LossName loss =
        training == null || training.loss() == null
            ? defaultLoss(task, activation)
            : training.loss();

    InputErrors own = new InputErrors();
    checkNamedOnce(targets, own);
    if (task == Task.CLASSIFICATION && targets.size() != 1) {
      own.add(
          "#/targets",
          "classification has one target column, not %d; several columns of 0 and 1 are the task multilabel"
              .formatted(targets.size()));
    } else {
      Preprocessor.check(data, features, target(task, targets), own);
    }
    checkOutput(task, activation, loss, own);
    if (own.isEmpty() && loss == LossName.BINARY_CROSS_ENTROPY && task == Task.REGRESSION) {
      checkFractions(data, targets, own);
    }
    own.toList().forEach(error -> errors.add(inRequest(error, spec)));
    return own.isEmpty()
        ? new TargetPlan(
            features, targets, task, activation, loss, target(task, targets, activation, data))
        : null;
  }

  private static Task taskOf(Dataset data, List<String> targets) {
    boolean categories =
        targets.stream()
            .map(data::column)
            .flatMap(Optional::stream)
            .anyMatch(column -> column instanceof CategoryColumn);
    return categories ? Task.CLASSIFICATION : Task.REGRESSION;
  }

  private static ActivationName defaultOutput(Task task) {
    return switch (task) {
      case CLASSIFICATION -> ActivationName.SOFTMAX;
      case MULTILABEL -> ActivationName.SIGMOID;
      case REGRESSION -> ActivationName.LINEAR;
    };
  }

  private static LossName defaultLoss(Task task, ActivationName output) {
    if (task == Task.REGRESSION) {
      return LossName.MEAN_SQUARED_ERROR;
    }
    return output == ActivationName.SOFTMAX
        ? LossName.CATEGORICAL_CROSS_ENTROPY
        : LossName.BINARY_CROSS_ENTROPY;
  }

  private static Target target(Task task, List<String> targets) {
    return switch (task) {
      case CLASSIFICATION -> new Target.Classes(targets.getFirst(), false);
      case MULTILABEL -> new Target.Labels(targets);
      case REGRESSION -> new Target.Values(targets);
    };
  }

  /// Two classes behind sigmoid are one output.
  private static Target target(
      Task task, List<String> targets, ActivationName output, Dataset data) {
    Target target = target(task, targets);
    return output == ActivationName.SIGMOID
            && target instanceof Target.Classes classes
            && classes.encoder(data).labels().size() == 2
        ? new Target.Classes(classes.column(), true)
        : target;
  }

  private static void checkNamedOnce(List<String> targets, InputErrors errors) {
    Set<String> taken = new HashSet<>();
    for (int i = 0; i < targets.size(); i++) {
      if (!taken.add(targets.get(i))) {
        errors.add(
            "#/targets/" + i,
            "column '%s' is named twice".formatted(JsonErrors.shorten(targets.get(i))));
      }
    }
  }

  /// The table of what fits: the task decides the output, the output the loss.
  private static void checkOutput(
      Task task, ActivationName output, LossName loss, InputErrors errors) {
    List<ActivationName> fitting =
        switch (task) {
          case CLASSIFICATION -> List.of(ActivationName.SOFTMAX, ActivationName.SIGMOID);
          case MULTILABEL -> List.of(ActivationName.SIGMOID);
          case REGRESSION ->
              List.of(
                  ActivationName.LINEAR,
                  ActivationName.SIGMOID,
                  ActivationName.TANH,
                  ActivationName.RELU);
        };
    if (!fitting.contains(output)) {
      errors.add(
          "#/network/output/activation",
          "the task %s does not work with the output %s; one of: %s"
              .formatted(Words.of(task), Words.of(output), Words.of(fitting)));
    } else if (!loss.loss().fits(output.activation())) {
      List<LossName> losses =
          List.of(LossName.values()).stream()
              .filter(candidate -> candidate.loss().fits(output.activation()))
              .toList();
      errors.add(
          "#/training/loss",
          "the loss %s does not work behind the output %s; one of: %s"
              .formatted(Words.of(loss), Words.of(output), Words.of(losses)));
    }
  }

  private static void checkFractions(Dataset data, List<String> targets, InputErrors errors) {
    for (int i = 0; i < targets.size(); i++) {
      if (data.column(targets.get(i)).orElseThrow() instanceof NumberColumn column
          && !(column.min() >= 0 && column.max() <= 1)) {
        errors.add(
            "#/targets/" + i,
            "binaryCrossEntropy needs targets from 0 to 1, column '%s' has %s to %s"
                .formatted(column.name(), column.min(), column.max()));
      }
    }
  }

  /// An error about a column that the caller did not name is an error of the data set.
  private static InputError inRequest(InputError error, JobSpec spec) {
    String pointer = Objects.requireNonNullElse(error.pointer(), "#");
    boolean implied =
        (spec.features() == null && pointer.startsWith("#/features"))
            || (spec.targets() == null && pointer.startsWith("#/targets"));
    return implied ? InputError.at("#/dataset", error.detail()) : error;
  }
}
