package dev.backprop.core.metric;

import dev.backprop.core.linalg.Matrix;
import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;

/// Adds up the weights of the rows whose own class has one of the five largest outputs; of equal
/// ones the first count.
final class TopTally implements Tally {

  static final int COUNT = 5;

  private double right;
  private double all;

  @Override
  public void add(Matrix outputs, Matrix targets, @Nullable Matrix w) {
    for (int row = 0; row < outputs.rows(); row++) {
      double weight = Weights.of(w, row);
      all += weight;
      if (before(outputs, row, ClassTally.own(targets, row)) < COUNT) {
        right += weight;
      }
    }
  }

  /// How many outputs come before one.
  private static int before(Matrix outputs, int row, int own) {
    float ownOutput = outputs.get(row, own);
    int before = 0;
    for (int column = 0; column < outputs.columns(); column++) {
      float output = outputs.get(row, column);
      if (output > ownOutput || (output == ownOutput && column < own)) {
        before++;
      }
    }
    return before;
  }

  @Override
  public void giveTo(ObjDoubleConsumer<Metric> taker) {
    taker.accept(Metric.TOP5_ACCURACY, right / all);
  }

  @Override
  public void reset() {
    right = 0;
    all = 0;
  }
}
