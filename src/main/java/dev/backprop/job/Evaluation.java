package dev.backprop.job;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.nn.Backprop;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.Network;
import dev.backprop.core.nn.Parameters;
import dev.backprop.core.train.Examples;
import dev.backprop.dataset.TargetEncoder;
import dev.backprop.model.Metrics;
import org.jspecify.annotations.Nullable;

/// Measures what a training came to.
final class Evaluation {

  /// Rows that go through the network together, at most.
  static final int ROWS = 256;

  /// Targets are 0 and 1.
  private static final float HALF = 0.5f;

  private final Backprop backprop;
  private final TargetEncoder target;
  private final float threshold;
  private final int rows;

  Evaluation(PreparedJob prepared, Parameters parameters, Products products) {
    this(
        parameters,
        prepared.training().loss(),
        prepared.preprocessor().target(),
        Math.min(ROWS, prepared.dataset().rows()),
        products);
  }

  /// @param rows that go through the network together
  Evaluation(Parameters parameters, Loss loss, TargetEncoder target, int rows, Products products) {
    backprop = new Backprop(new Network(parameters, products), loss, rows, products);
    this.target = target;
    threshold = loss.threshold();
    this.rows = rows;
  }

  Metrics metrics(Examples training, @Nullable Examples validation) {
    Result trained = measure(training);
    Result validated = validation == null ? null : measure(validation);
    return new Metrics(
        trained.loss(),
        validated == null ? null : validated.loss(),
        trained.accuracy(),
        validated == null ? null : validated.accuracy());
  }

  private record Result(double loss, @Nullable Double accuracy) {}

  private Result measure(Examples examples) {
    double loss = 0;
    long right = 0;
    for (int from = 0; from < examples.rows(); from += rows) {
      int count = Math.min(rows, examples.rows() - from);
      Matrix y = examples.y().rows(from, count);
      loss += backprop.loss(examples.x().rows(from, count), y) * count;
      for (int row = 0; row < count; row++) {
        right += isRight(backprop.outputs(), y, row) ? 1 : 0;
      }
    }
    boolean labels = !(target instanceof TargetEncoder.Values);
    return new Result(loss / examples.rows(), labels ? (double) right / examples.rows() : null);
  }

  /// Whether the row gets the label that it has: the largest output of a class, or every output on
  /// the right side of the loss's threshold.
  private boolean isRight(Matrix outputs, Matrix y, int row) {
    if (target instanceof TargetEncoder.Classes classes && !classes.binary()) {
      return largest(outputs, row) == largest(y, row);
    }
    for (int column = 0; column < y.columns(); column++) {
      if (outputs.get(row, column) >= threshold != y.get(row, column) >= HALF) {
        return false;
      }
    }
    return true;
  }

  private static int largest(Matrix matrix, int row) {
    int largest = 0;
    for (int column = 1; column < matrix.columns(); column++) {
      if (matrix.get(row, column) > matrix.get(row, largest)) {
        largest = column;
      }
    }
    return largest;
  }
}
