package dev.backprop.job;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.metric.Calibration;
import dev.backprop.core.metric.ConformalIntervals;
import dev.backprop.core.metric.TemperatureScaling;
import dev.backprop.core.metric.Units;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.Activations;
import dev.backprop.core.nn.Network;
import dev.backprop.core.nn.Parameters;
import dev.backprop.core.train.Examples;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.model.Evaluation;
import org.jspecify.annotations.Nullable;

/// Finds out on the validation rows how far the outputs of a trained network can be trusted.
final class CalibrationFit {

  /// Numbers that are looked at, at most: more rows tell no more, and take memory.
  private static final int NUMBERS = 1 << 20;

  private final Network network;
  private final TargetEncoder target;
  private final Units units;

  /// @param units in which the errors of numbers are told
  CalibrationFit(Parameters parameters, TargetEncoder target, Units units, Products products) {
    network = new Network(parameters, products);
    this.target = target;
    this.units = units;
  }

  /// Null where outputs are margins, or not finite.
  @Nullable Calibration of(Examples validation) {
    Activation output = network.spec().output().activation();
    if (target instanceof TargetEncoder.Values) {
      Chosen chosen = choose(validation, output);
      return ConformalIntervals.fit(chosen.outputs, chosen.y, units);
    }
    boolean softmax = output instanceof Activation.Softmax;
    if (!softmax && !(output instanceof Activation.Sigmoid)) {
      return null;
    }
    Chosen chosen = choose(validation, new Activation.Linear());
    return TemperatureScaling.fit(chosen.outputs, chosen.y, chosen.w, softmax);
  }

  /// Rows at even distances.
  private record Chosen(Matrix outputs, Matrix y, @Nullable Matrix w) {}

  /// @param f what is applied to Z_L
  private Chosen choose(Examples all, Activation f) {
    int outputs = network.spec().outputs();
    int count = Math.min(all.rows(), Math.max(1, NUMBERS / outputs));
    Chosen chosen =
        new Chosen(
            new Matrix(count, outputs),
            new Matrix(count, outputs),
            all.w() == null ? null : new Matrix(count, 1));
    int step = Math.min(Evaluation.ROWS, all.rows());
    Activations room = new Activations(network.spec(), step);
    int at = 0;
    for (int from = 0; from < all.rows(); from += step) {
      Examples part = all.rows(from, Math.min(step, all.rows() - from));
      Matrix z = network.forwardToOutput(part.x(), room);
      f.applyInPlace(z);
      for (int row = 0; row < part.rows(); row++) {
        if ((long) (from + row) * count / all.rows() == at) {
          copy(z, row, chosen.outputs, at);
          copy(part.y(), row, chosen.y, at);
          if (part.w() != null && chosen.w != null) {
            copy(part.w(), row, chosen.w, at);
          }
          at++;
        }
      }
    }
    return chosen;
  }

  private static void copy(Matrix from, int row, Matrix to, int at) {
    System.arraycopy(from.values(), from.offset(row), to.values(), to.offset(at), to.columns());
  }
}
