package dev.backprop.job;

import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.Loss;
import dev.backprop.model.spec.ActivationJson;
import dev.backprop.model.spec.LossJson;
import dev.backprop.model.spec.Task;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which output activation and which loss fit which task and each other. What is left out of a spec
/// is the first that fits the rest.
final class LossTable {

  /// Tasks for which each of the outputs works with each of the losses.
  private record Row(List<Task> tasks, List<Activation> outputs, List<Loss> losses) {

    boolean has(Task task, @Nullable Activation output, @Nullable Loss loss) {
      return tasks.contains(task)
          && (output == null || outputs.stream().anyMatch(each -> sameKind(each, output)))
          && (loss == null || losses.stream().anyMatch(each -> sameKind(each, loss)));
    }
  }

  private static final List<Task> REGRESSION = List.of(Task.REGRESSION);
  private static final List<Task> CLASSES = List.of(Task.CLASSIFICATION);
  private static final List<Task> CLASSES_OR_LABELS = List.of(Task.CLASSIFICATION, Task.MULTILABEL);

  private static final List<Row> ROWS =
      List.of(
          new Row(
              REGRESSION,
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
                  new Activation.Softsign()),
              List.of(
                  new Loss.MeanSquaredError(),
                  new Loss.MeanAbsoluteError(),
                  new Loss.Huber(Loss.Huber.DEFAULT_DELTA),
                  new Loss.LogCosh(),
                  new Loss.Quantile(Loss.Quantile.DEFAULT_Q))),
          new Row(
              REGRESSION,
              List.of(new Activation.Sigmoid()),
              List.of(new Loss.BinaryCrossEntropy())),
          new Row(REGRESSION, List.of(new Activation.Softplus()), List.of(new Loss.Poisson())),
          new Row(
              CLASSES,
              List.of(new Activation.Softmax()),
              List.of(new Loss.CategoricalCrossEntropy(), new Loss.MeanSquaredError())),
          new Row(
              CLASSES_OR_LABELS,
              List.of(new Activation.Sigmoid()),
              List.of(new Loss.BinaryCrossEntropy(), new Loss.MeanSquaredError())),
          new Row(
              CLASSES_OR_LABELS,
              List.of(new Activation.Linear(), new Activation.Tanh()),
              List.of(new Loss.Hinge())));

  private LossTable() {}

  /// Whether the three work together.
  static boolean fits(Task task, Activation output, Loss loss) {
    return ROWS.stream().anyMatch(row -> row.has(task, output, loss));
  }

  /// The outputs for a task and, if one is given, a loss.
  static List<Activation> outputs(Task task, @Nullable Loss loss) {
    return distinct(
        ROWS.stream()
            .filter(row -> row.has(task, null, loss))
            .flatMap(row -> row.outputs().stream()));
  }

  /// The losses for a task and, if one is given, an output.
  static List<Loss> losses(Task task, @Nullable Activation output) {
    return distinct(
        ROWS.stream()
            .filter(row -> row.has(task, output, null))
            .flatMap(row -> row.losses().stream()));
  }

  /// The tasks that a loss is for.
  static List<Task> tasks(Loss loss) {
    return Stream.of(Task.values())
        .filter(task -> ROWS.stream().anyMatch(row -> row.has(task, null, loss)))
        .toList();
  }

  /// The table for the OpenAPI document.
  static String markdown() {
    StringBuilder table = new StringBuilder("| task | output | loss |\n|---|---|---|\n");
    for (Row row : ROWS) {
      table
          .append("| ")
          .append(names(row.tasks(), Words::of))
          .append(" | ")
          .append(names(row.outputs(), ActivationJson::name))
          .append(" | ")
          .append(names(row.losses(), LossJson::name))
          .append(" |\n");
    }
    return table.toString();
  }

  static <T> String names(List<T> things, Function<? super T, String> name) {
    return things.stream().map(name).collect(Collectors.joining(", "));
  }

  private static boolean sameKind(Object a, Object b) {
    return a.getClass() == b.getClass();
  }

  private static <T> List<T> distinct(Stream<T> things) {
    return things.distinct().toList();
  }
}
