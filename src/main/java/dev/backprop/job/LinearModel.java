package dev.backprop.job;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Parameters;
import dev.backprop.core.train.BatchSize;
import dev.backprop.core.train.Examples;
import dev.backprop.core.train.GradientClipping;
import dev.backprop.core.train.Lbfgs;
import dev.backprop.core.train.Regularization;
import dev.backprop.core.train.Schedule;
import dev.backprop.core.train.Trainer;
import dev.backprop.core.train.TrainingMonitor;
import dev.backprop.core.train.TrainingOutcome;
import dev.backprop.core.train.TrainingSpec;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.model.Evaluation;
import java.util.List;

/// A network without a hidden layer: softmax or logistic regression for classes and labels, least
/// squares for numbers. It begins as the constant that fits its examples best: their shares of the
/// classes, or their means.
final class LinearModel {

  /// The least share of a class, whose logarithm has to be finite.
  private static final double LEAST_SHARE = 1e-6;

  private final Activation output;
  private final Loss loss;
  private final TargetEncoder target;

  LinearModel(TargetEncoder target) {
    this.target = target;
    output =
        switch (target) {
          case TargetEncoder.Classes classes when !classes.binary() -> new Activation.Softmax();
          case TargetEncoder.Classes _, TargetEncoder.Labels _ -> new Activation.Sigmoid();
          case TargetEncoder.Values _ -> new Activation.Linear();
        };
    loss =
        switch (target) {
          case TargetEncoder.Classes classes when !classes.binary() ->
              new Loss.CategoricalCrossEntropy();
          case TargetEncoder.Classes _, TargetEncoder.Labels _ -> new Loss.BinaryCrossEntropy();
          case TargetEncoder.Values _ -> new Loss.MeanSquaredError();
        };
  }

  /// How many numbers it has for so many inputs.
  long parameterCount(int inputs) {
    return (inputs + 1L) * target.outputs();
  }

  /// The best constant.
  Parameters constant(Examples examples) {
    Parameters parameters =
        new Parameters(
            new NetworkSpec(
                examples.x().columns(), List.of(new LayerSpec(target.outputs(), output))));
    Matrix biases = parameters.biases(0);
    for (int column = 0; column < target.outputs(); column++) {
      biases.set(0, column, (float) bias(mean(examples, column)));
    }
    return parameters;
  }

  private static double mean(Examples examples, int column) {
    Matrix weights = examples.w();
    double sum = 0;
    double all = 0;
    for (int row = 0; row < examples.rows(); row++) {
      double weight = weights == null ? 1 : weights.get(row, 0);
      sum += weight * examples.y().get(row, column);
      all += weight;
    }
    return sum / all;
  }

  /// The sum behind which the activation gives a mean.
  private double bias(double mean) {
    if (output instanceof Activation.Linear) {
      return mean;
    }
    double share = Math.clamp(mean, LEAST_SHARE, 1 - LEAST_SHARE);
    return output instanceof Activation.Softmax ? Math.log(share) : Math.log(share / (1 - share));
  }

  /// Steps of L-BFGS from the constant on, as many as the monitor lets it do.
  ///
  /// @param steps at most
  /// @return the best parameters that it came to
  Parameters train(
      Parameters constant,
      Examples examples,
      int steps,
      Products products,
      TrainingMonitor monitor) {
    TrainingSpec spec =
        new TrainingSpec(
            loss,
            new Lbfgs(Lbfgs.DEFAULT_LEARNING_RATE),
            new Schedule.Constant(),
            steps,
            new BatchSize.Full(),
            false,
            0,
            Regularization.NONE,
            new GradientClipping.None(),
            null,
            null);
    TrainingOutcome outcome = new Trainer(spec, constant, examples, null, products).train(monitor);
    return outcome.best() == null ? constant : outcome.best().parameters();
  }

  /// Measures parameters of its shape.
  Evaluation evaluation(Parameters parameters, Examples examples, Products products) {
    int rows = Math.min(Evaluation.ROWS, examples.rows());
    return new Evaluation(parameters, loss, target, rows, products);
  }
}
