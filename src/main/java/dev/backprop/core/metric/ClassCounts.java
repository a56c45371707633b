package dev.backprop.core.metric;

import dev.backprop.core.linalg.Matrix;
import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;

/// Counts for each class the rows that it has, that it gets, and that it gets rightly, and of up to
/// [#SHOWN] classes which are taken for which. Weights do not matter.
public final class ClassCounts implements Tally {

  /// Of more classes there is no matrix, which would have the square of their number of cells.
  public static final int SHOWN = 100;

  private static final float HALF = 0.5f;

  private final boolean exclusive;
  private final float threshold;
  private final long[] had;
  private final long[] got;
  private final long[] right;
  private final long @Nullable [][] matrix;

  private ClassCounts(int classes, boolean exclusive, float threshold) {
    this.exclusive = exclusive;
    this.threshold = threshold;
    had = new long[classes];
    got = new long[classes];
    right = new long[classes];
    matrix = exclusive && classes <= SHOWN ? new long[classes][classes] : null;
  }

  /// Of classes of which each row has one.
  ///
  /// @param outputs one for each class, or one alone for the second of two
  /// @param threshold the least output alone that stands for the second class
  public static ClassCounts ofClasses(int outputs, float threshold) {
    return new ClassCounts(Math.max(2, outputs), true, threshold);
  }

  /// Of labels of which each row has any number.
  ///
  /// @param threshold the least output that stands for a label
  public static ClassCounts ofLabels(int outputs, float threshold) {
    return new ClassCounts(outputs, false, threshold);
  }

  /// Rows of each class.
  public long[] had() {
    return had;
  }

  /// Rows that each class was predicted for.
  public long[] got() {
    return got;
  }

  /// Rows of each class that it was predicted for.
  public long[] right() {
    return right;
  }

  /// Rows of each class (first index) by the class that was predicted for them; null where a row
  /// may have several, or where there are too many.
  public long @Nullable [][] matrix() {
    return matrix;
  }

  @Override
  public void add(Matrix outputs, Matrix targets, @Nullable Matrix w) {
    for (int row = 0; row < outputs.rows(); row++) {
      if (exclusive) {
        int own = ClassTally.own(targets, row);
        int predicted = ClassTally.chosen(outputs, row, threshold);
        had[own]++;
        got[predicted]++;
        right[own] += own == predicted ? 1 : 0;
        if (matrix != null) {
          matrix[own][predicted]++;
        }
      } else {
        addLabels(outputs, targets, row);
      }
    }
  }

  private void addLabels(Matrix outputs, Matrix targets, int row) {
    for (int label = 0; label < had.length; label++) {
      boolean has = targets.get(row, label) >= HALF;
      boolean gets = outputs.get(row, label) >= threshold;
      had[label] += has ? 1 : 0;
      got[label] += gets ? 1 : 0;
      right[label] += has && gets ? 1 : 0;
    }
  }

  @Override
  public void giveTo(ObjDoubleConsumer<Metric> taker) {}

  @Override
  public void reset() {
    throw new UnsupportedOperationException("counts are of one pass over the rows");
  }
}
