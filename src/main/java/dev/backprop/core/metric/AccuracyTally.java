package dev.backprop.core.metric;

import dev.backprop.core.linalg.Matrix;
import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;

/// Adds up the weights of the rows that are right.
final class AccuracyTally implements Tally {

  private final Judge judge;
  private double right;
  private double all;

  AccuracyTally(Judge judge) {
    this.judge = judge;
  }

  /// Decides about a row.
  @FunctionalInterface
  interface Judge {
    boolean isRight(Matrix outputs, Matrix targets, int row);
  }

  @Override
  public void add(Matrix outputs, Matrix targets, @Nullable Matrix w) {
    for (int row = 0; row < outputs.rows(); row++) {
      double weight = Weights.of(w, row);
      all += weight;
      if (judge.isRight(outputs, targets, row)) {
        right += weight;
      }
    }
  }

  @Override
  public void giveTo(ObjDoubleConsumer<Metric> taker) {
    taker.accept(Metric.ACCURACY, right / all);
  }

  @Override
  public void reset() {
    right = 0;
    all = 0;
  }
}
