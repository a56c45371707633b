package dev.backprop.core.metric;

import dev.backprop.core.linalg.Matrix;
import java.util.Arrays;
import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;

/// Keeps the last output of each row, by which rows of the second of two classes should lie above
/// those of the first.
///
/// Hanley, McNeil: The Meaning and Use of the Area under a Receiver Operating Characteristic (ROC)
/// Curve, Radiology 143, 1982.
final class RocTally implements Tally {

  /// Of each row the output in the upper half, in bits that sort as it does, and the weight in the
  /// lower one, below 0 for the first class.
  private final long[] marks;

  private int rows;

  /// @param rows how many it will hear of
  RocTally(int rows) {
    marks = new long[rows];
  }

  @Override
  public void add(Matrix outputs, Matrix targets, @Nullable Matrix w) {
    for (int row = 0; row < outputs.rows(); row++) {
      float output = outputs.get(row, outputs.columns() - 1);
      float weight = (float) Weights.of(w, row);
      marks[rows] = mark(output, ClassTally.own(targets, row) == 1 ? weight : -weight);
      rows++;
    }
  }

  private static long mark(float output, float weight) {
    int bits = Float.floatToIntBits(output + 0f); // makes 0 of -0
    int sortable = bits < 0 ? bits ^ Integer.MAX_VALUE : bits;
    return ((long) sortable << Integer.SIZE) | Integer.toUnsignedLong(Float.floatToIntBits(weight));
  }

  private static int output(long mark) {
    return (int) (mark >> Integer.SIZE);
  }

  private static float weight(long mark) {
    return Float.intBitsToFloat((int) mark);
  }

  /// The weight of the pairs of both classes that lie in the right order, and half of those that
  /// are equal, among all; nothing where one class has no weight. A pair weighs the product of
  /// both.
  @Override
  public void giveTo(ObjDoubleConsumer<Metric> taker) {
    Arrays.sort(marks, 0, rows);
    double below = 0;
    double all = 0;
    double pairs = 0;
    int from = 0;
    while (from < rows) {
      double first = 0;
      double second = 0;
      int to = from;
      for (; to < rows && output(marks[to]) == output(marks[from]); to++) {
        float weight = weight(marks[to]);
        first += Math.max(-weight, 0);
        second += Math.max(weight, 0);
      }
      pairs += second * (below + first / 2);
      below += first;
      all += second;
      from = to;
    }
    if (below > 0 && all > 0) {
      taker.accept(Metric.ROC_AUC, pairs / below / all);
    }
  }

  @Override
  public void reset() {
    rows = 0;
  }
}
