package dev.backprop.core.metric;

import dev.backprop.core.linalg.Matrix;
import java.util.Arrays;
import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;

/// Adds up for each class the weights of the rows that it has, that it gets, and that it gets
/// rightly. A row of weight 0 is as if it were not there.
final class ClassTally implements Tally {

  private static final float HALF = 0.5f;

  private final float threshold;
  private final double[] had;
  private final double[] got;
  private final double[] right;

  /// @param outputs one for each class, or one alone for the second of two
  /// @param threshold the least output alone that stands for the second class
  ClassTally(int outputs, float threshold) {
    this.threshold = threshold;
    int classes = Math.max(2, outputs);
    had = new double[classes];
    got = new double[classes];
    right = new double[classes];
  }

  /// The class that the targets of a row name.
  static int own(Matrix targets, int row) {
    return chosen(targets, row, HALF);
  }

  static int chosen(Matrix values, int row, float threshold) {
    if (values.columns() == 1) {
      return values.get(row, 0) >= threshold ? 1 : 0;
    }
    return Scoring.LargestOutput.largest(values, row);
  }

  @Override
  public void add(Matrix outputs, Matrix targets, @Nullable Matrix w) {
    for (int row = 0; row < outputs.rows(); row++) {
      int own = own(targets, row);
      int predicted = chosen(outputs, row, threshold);
      double weight = Weights.of(w, row);
      had[own] += weight;
      got[predicted] += weight;
      if (own == predicted) {
        right[own] += weight;
      }
    }
  }

  /// Recall is averaged over the classes that some row has, F1 over those that some row has or
  /// gets.
  @Override
  public void giveTo(ObjDoubleConsumer<Metric> taker) {
    double recalls = 0;
    double f1s = 0;
    int present = 0;
    int touched = 0;
    for (int i = 0; i < had.length; i++) {
      if (had[i] > 0) {
        recalls += right[i] / had[i];
        present++;
      }
      if (had[i] + got[i] > 0) {
        f1s += 2.0 * right[i] / (had[i] + got[i]);
        touched++;
      }
    }
    taker.accept(Metric.BALANCED_ACCURACY, recalls / present);
    taker.accept(Metric.MACRO_F1, f1s / touched);
  }

  @Override
  public void reset() {
    Arrays.fill(had, 0);
    Arrays.fill(got, 0);
    Arrays.fill(right, 0);
  }
}
