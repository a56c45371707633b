package dev.backprop.model.onnx;

import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.Loss;
import dev.backprop.model.spec.ActivationJson;
import dev.backprop.model.spec.Task;
import dev.backprop.problem.ProblemException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the outputs of a network mean.
///
/// @param output the activation; behind a linear output whose numbers are logits, softmax or
///   sigmoid
/// @param loss that belongs to the output
record ImportedTask(Task task, Activation output, Loss loss) {

  /// Follows from the output, or from what the caller says.
  ///
  /// @param given by the caller, or null
  static ImportedTask of(@Nullable Task given, DenseNetwork network) {
    Activation output = network.output();
    int count = network.outputs();
    if (output instanceof Activation.Softmax && count < 2) {
      throw InvalidOnnx.because(
          "Softmax has 1 output, which is always 1; two classes are 2 outputs of softmax or 1 of sigmoid.");
    }
    Task task = given == null ? follows(output, count) : given;
    return switch (task) {
      case REGRESSION -> {
        if (output instanceof Activation.Softmax) {
          throw unfit(task, output, "softmax gives probabilities");
        }
        yield new ImportedTask(task, output, new Loss.MeanSquaredError());
      }
      case CLASSIFICATION -> ofProbabilities(task, logits(output, count > 1), output);
      case MULTILABEL -> ofProbabilities(task, logits(output, false), output);
    };
  }

  private static Task follows(Activation output, int count) {
    return switch (output) {
      case Activation.Softmax _ -> Task.CLASSIFICATION;
      case Activation.Sigmoid _ -> count == 1 ? Task.CLASSIFICATION : Task.MULTILABEL;
      default -> Task.REGRESSION;
    };
  }

  private static Activation logits(Activation output, boolean exclusive) {
    if (!(output instanceof Activation.Linear)) {
      return output;
    }
    return exclusive ? new Activation.Softmax() : new Activation.Sigmoid();
  }

  private static ImportedTask ofProbabilities(Task task, Activation output, Activation own) {
    return switch (output) {
      case Activation.Softmax _ when task == Task.CLASSIFICATION ->
          new ImportedTask(task, output, new Loss.CategoricalCrossEntropy());
      case Activation.Sigmoid _ -> new ImportedTask(task, output, new Loss.BinaryCrossEntropy());
      default ->
          throw unfit(
              task, own, "it takes probabilities, or a linear output whose numbers are logits");
    };
  }

  private static ProblemException unfit(Task task, Activation output, String reason) {
    return InvalidOnnx.because(
        "The task %s does not work with the output %s: %s."
            .formatted(task.name().toLowerCase(Locale.ROOT), ActivationJson.name(output), reason));
  }
}
