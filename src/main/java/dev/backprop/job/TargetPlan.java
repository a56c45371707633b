package dev.backprop.job;

import dev.backprop.core.nn.Activation;
import dev.backprop.dataset.CategoryColumn;
import dev.backprop.dataset.Column;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.NumberColumn;
import dev.backprop.dataset.Preprocessor;
import dev.backprop.dataset.Target;
import dev.backprop.model.Task;
import dev.backprop.model.spec.ActivationJson;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.model.spec.LossName;
import dev.backprop.model.spec.NetworkSettings;
import dev.backprop.model.spec.TrainingSettings;
import dev.backprop.problem.InputError;
import dev.backprop.problem.InputErrors;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
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
    Activation output,
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
    Activation given = output == null ? null : output.activation();
    Activation activation = given == null ? defaultOutput(task) : given;
    TrainingSettings training = spec.training();
    LossName loss =
        training == null || training.loss() == null
            ? defaultLoss(task, activation)
            : training.loss();

    InputErrors own = new InputErrors();
    if (task == Task.CLASSIFICATION && targets.size() > 1) {
      own.add(
          "#/targets",
          "classification has one target column, not %d; several columns of 0 and 1 are the task multilabel"
              .formatted(targets.size()));
    } else {
      Preprocessor.check(data, features, target(task, targets, false), own);
    }
    Target target = target(task, targets, activation instanceof Activation.Sigmoid);
    if (own.isEmpty() && target instanceof Target.Classes(String column, boolean binary)) {
      boolean two = new Target.Classes(column, false).encoder(data).labels().size() == 2;
      target = new Target.Classes(column, binary && two);
    }
    checkOutput(task, activation, loss, own);
    if (own.isEmpty() && loss == LossName.BINARY_CROSS_ENTROPY && task == Task.REGRESSION) {
      checkFractions(data, targets, own);
    }
    own.toList().forEach(error -> errors.add(inRequest(error, spec)));
    return own.isEmpty() ? new TargetPlan(features, targets, task, activation, loss, target) : null;
  }

  private static Task taskOf(Dataset data, List<String> targets) {
    boolean categories =
        targets.stream()
            .map(data::column)
            .flatMap(Optional::stream)
            .anyMatch(column -> column instanceof CategoryColumn);
    return categories ? Task.CLASSIFICATION : Task.REGRESSION;
  }

  private static Activation defaultOutput(Task task) {
    return switch (task) {
      case CLASSIFICATION -> new Activation.Softmax();
      case MULTILABEL -> new Activation.Sigmoid();
      case REGRESSION -> new Activation.Linear();
    };
  }

  private static LossName defaultLoss(Task task, Activation output) {
    if (task == Task.REGRESSION) {
      return LossName.MEAN_SQUARED_ERROR;
    }
    return output instanceof Activation.Softmax
        ? LossName.CATEGORICAL_CROSS_ENTROPY
        : LossName.BINARY_CROSS_ENTROPY;
  }

  private static Target target(Task task, List<String> targets, boolean sigmoid) {
    return switch (task) {
      case CLASSIFICATION -> new Target.Classes(targets.getFirst(), sigmoid);
      case MULTILABEL -> new Target.Labels(targets);
      case REGRESSION -> new Target.Values(targets);
    };
  }

  /// The table of what fits: the task decides the output, the output the loss.
  private static void checkOutput(Task task, Activation output, LossName loss, InputErrors errors) {
    List<Activation> fitting =
        switch (task) {
          case CLASSIFICATION -> List.of(new Activation.Softmax(), new Activation.Sigmoid());
          case MULTILABEL -> List.of(new Activation.Sigmoid());
          case REGRESSION ->
              List.of(
                  new Activation.Linear(),
                  new Activation.Sigmoid(),
                  new Activation.HardSigmoid(),
                  new Activation.Tanh(),
                  new Activation.Relu(),
                  new Activation.LeakyRelu(Activation.LeakyRelu.DEFAULT_SLOPE),
                  new Activation.Elu(Activation.Elu.DEFAULT_ALPHA),
                  new Activation.Selu(),
                  new Activation.Softplus(),
                  new Activation.Softsign());
        };
    if (fitting.stream().noneMatch(fit -> fit.getClass() == output.getClass())) {
      errors.add(
          "#/network/output/activation",
          "the task %s does not work with the output %s; one of: %s"
              .formatted(
                  Words.of(task),
                  ActivationJson.name(output),
                  fitting.stream().map(ActivationJson::name).collect(Collectors.joining(", "))));
    } else if (!loss.loss().fits(output)) {
      List<LossName> losses =
          List.of(LossName.values()).stream()
              .filter(candidate -> candidate.loss().fits(output))
              .toList();
      errors.add(
          "#/training/loss",
          "the loss %s does not work behind the output %s; one of: %s"
              .formatted(Words.of(loss), ActivationJson.name(output), Words.of(losses)));
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
