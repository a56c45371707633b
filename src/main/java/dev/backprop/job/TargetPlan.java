package dev.backprop.job;

import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.Loss;
import dev.backprop.dataset.Column;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.NumberColumn;
import dev.backprop.dataset.preprocessing.MissingValues;
import dev.backprop.dataset.preprocessing.Preprocessor;
import dev.backprop.dataset.preprocessing.Target;
import dev.backprop.model.spec.ActivationJson;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.model.spec.LossJson;
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
    Loss loss,
    Target target) {

  /// Fills in what the spec leaves out.
  ///
  /// @param errors takes all that does not fit
  /// @return null if the columns, the task, the output and the loss do not go together
  static @Nullable TargetPlan of(JobSpec spec, Dataset data, InputErrors errors) {
    List<String> names = data.columns().stream().map(Column::name).toList();
    String weights = spec.weights();
    String split = ValidationPlan.column(spec);
    List<String> targets =
        spec.targets() == null
            ? List.of(
                names.reversed().stream()
                    .filter(name -> !name.equals(weights) && !name.equals(split))
                    .findFirst()
                    .orElse(names.getLast()))
            : spec.targets();
    List<String> features =
        spec.features() == null
            ? names.stream()
                .filter(
                    name -> !targets.contains(name) && !name.equals(weights) && !name.equals(split))
                .toList()
            : spec.features();
    Task task = spec.task() == null ? taskOf(data, targets) : spec.task();
    NetworkSettings.Output output = spec.network() == null ? null : spec.network().output();
    TrainingSettings training = spec.training();
    Loss givenLoss = training == null ? null : training.loss();
    Activation activation =
        output == null || output.activation() == null
            ? defaultOutput(task, givenLoss)
            : output.activation();
    Loss loss = givenLoss == null ? defaultLoss(task, activation) : givenLoss;

    InputErrors own = new InputErrors();
    checkNamedOnce(targets, own);
    if (task == Task.CLASSIFICATION && targets.size() != 1) {
      own.add(
          "#/targets",
          "classification has one target column, not %d; several columns of 0 and 1 are the task multilabel"
              .formatted(targets.size()));
    } else {
      MissingValues missing =
          PreprocessingPlan.of(spec.preprocessing(), task, activation).missing();
      Preprocessor.check(data, features, target(task, targets), missing, own);
      if (weights != null) {
        Preprocessor.checkWeights(data, weights, features, target(task, targets), errors);
      }
    }
    checkOutput(task, activation, loss, own);
    if (own.isEmpty() && task == Task.REGRESSION) {
      checkRange(loss, data, targets, own);
    }
    own.toList().forEach(error -> errors.add(inRequest(error, spec)));
    return own.isEmpty()
        ? new TargetPlan(
            features, targets, task, activation, loss, target(task, targets, activation, data))
        : null;
  }

  /// Adds every feature that the training rows say nothing about.
  ///
  /// @return whether there is none
  boolean checkTrainingRows(JobSpec spec, Dataset data, int[] rows, InputErrors errors) {
    InputErrors own = new InputErrors();
    Preprocessor.checkTrainingRows(data, features, rows, own);
    own.toList().forEach(error -> errors.add(inRequest(error, spec)));
    return own.isEmpty();
  }

  private static Task taskOf(Dataset data, List<String> targets) {
    boolean classes =
        targets.stream()
            .map(data::column)
            .flatMap(Optional::stream)
            .anyMatch(
                column ->
                    switch (column.type()) {
                      case CATEGORY, BOOLEAN -> true;
                      case NUMBER, DATE, IGNORED -> false;
                    });
    return classes ? Task.CLASSIFICATION : Task.REGRESSION;
  }

  private static Activation defaultOutput(Task task, @Nullable Loss loss) {
    List<Activation> fitting = LossTable.outputs(task, loss);
    return fitting.isEmpty() ? LossTable.outputs(task, null).getFirst() : fitting.getFirst();
  }

  private static Loss defaultLoss(Task task, Activation output) {
    List<Loss> fitting = LossTable.losses(task, output);
    return fitting.isEmpty() ? LossTable.losses(task, null).getFirst() : fitting.getFirst();
  }

  private static Target target(Task task, List<String> targets) {
    return switch (task) {
      case CLASSIFICATION -> new Target.Classes(targets.getFirst(), false);
      case MULTILABEL -> new Target.Labels(targets);
      case REGRESSION -> new Target.Values(targets);
    };
  }

  /// Two classes behind anything but softmax are one output.
  private static Target target(Task task, List<String> targets, Activation output, Dataset data) {
    Target target = target(task, targets);
    return !(output instanceof Activation.Softmax)
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

  static void checkOutput(Task task, Activation output, Loss loss, InputErrors errors) {
    List<Loss> losses = LossTable.losses(task, output);
    if (losses.isEmpty()) {
      errors.add(
          "#/network/output/activation",
          "the task %s does not work with the output %s; one of: %s"
              .formatted(
                  Words.of(task),
                  ActivationJson.name(output),
                  LossTable.names(LossTable.outputs(task, null), ActivationJson::name)));
    } else if (!LossTable.fits(task, output, loss)) {
      errors.add(
          "#/training/loss",
          "the loss %s does not work behind the output %s; one of: %s. %s"
              .formatted(
                  LossJson.name(loss),
                  ActivationJson.name(output),
                  LossTable.names(losses, LossJson::name),
                  advice(task, loss)));
    }
  }

  private static String advice(Task task, Loss loss) {
    List<Activation> outputs = LossTable.outputs(task, loss);
    return outputs.isEmpty()
        ? "%s is for the task %s."
            .formatted(
                LossJson.name(loss),
                LossTable.tasks(loss).stream().map(Words::of).collect(Collectors.joining(" or ")))
        : "%s works behind the output %s."
            .formatted(
                LossJson.name(loss),
                outputs.stream().map(ActivationJson::name).collect(Collectors.joining(" or ")));
  }

  static void checkRange(Loss loss, Dataset data, List<String> targets, InputErrors errors) {
    boolean fractions = loss instanceof Loss.BinaryCrossEntropy;
    if (!fractions && !(loss instanceof Loss.Poisson)) {
      return;
    }
    for (int i = 0; i < targets.size(); i++) {
      if (data.column(targets.get(i)).orElseThrow() instanceof NumberColumn column
          && !(column.min() >= 0 && (!fractions || column.max() <= 1))) {
        errors.add(
            "#/targets/" + i,
            "%s needs targets from 0 %s, column '%s' has %s to %s"
                .formatted(
                    LossJson.name(loss),
                    fractions ? "to 1" : "on",
                    column.name(),
                    column.min(),
                    column.max()));
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
