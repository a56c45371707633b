package dev.backprop.core.metric;

import dev.backprop.core.linalg.Matrix;
import java.util.Map;

/// Counts the rows that are right.
final class AccuracyTally implements Tally {

  private final Judge judge;
  private long right;
  private long rows;

  AccuracyTally(Judge judge) {
    this.judge = judge;
  }

  /// Decides about a row.
  @FunctionalInterface
  interface Judge {
    boolean isRight(Matrix outputs, Matrix targets, int row);
  }

  @Override
  public void add(Matrix outputs, Matrix targets) {
    for (int row = 0; row < outputs.rows(); row++) {
      if (judge.isRight(outputs, targets, row)) {
        right++;
      }
    }
    rows += outputs.rows();
  }

  @Override
  public Map<Metric, Double> scores() {
    return Map.of(Metric.ACCURACY, (double) right / rows);
  }

  @Override
  public void reset() {
    right = 0;
    rows = 0;
  }
}
