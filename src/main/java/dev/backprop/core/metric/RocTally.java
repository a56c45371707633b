package dev.backprop.core.metric;

import dev.backprop.core.linalg.Matrix;
import java.util.Arrays;
import java.util.Map;

/// Keeps the last output of each row, by which rows of the second of two classes should lie above
/// those of the first.
///
/// Hanley, McNeil: The Meaning and Use of the Area under a Receiver Operating Characteristic (ROC)
/// Curve, Radiology 143, 1982.
final class RocTally implements Tally {

  private final float[] first;
  private final float[] second;
  private int firsts;
  private int seconds;

  /// @param targets of all the rows that it will hear of
  RocTally(Matrix targets) {
    int ones = 0;
    for (int row = 0; row < targets.rows(); row++) {
      ones += ClassTally.own(targets, row);
    }
    first = new float[targets.rows() - ones];
    second = new float[ones];
  }

  @Override
  public void add(Matrix outputs, Matrix targets) {
    for (int row = 0; row < outputs.rows(); row++) {
      float output = outputs.get(row, outputs.columns() - 1);
      if (ClassTally.own(targets, row) == 1) {
        second[seconds++] = output;
      } else {
        first[firsts++] = output;
      }
    }
  }

  /// The share of the pairs of both classes that lie in the right order, half of those that are
  /// equal; nothing where one class has no row.
  @Override
  public Map<Metric, Double> scores() {
    if (firsts == 0 || seconds == 0) {
      return Map.of();
    }
    Arrays.sort(first, 0, firsts);
    Arrays.sort(second, 0, seconds);
    double pairs = 0;
    int below = 0;
    int notAbove = 0;
    for (int i = 0; i < seconds; i++) {
      while (below < firsts && first[below] < second[i]) {
        below++;
      }
      while (notAbove < firsts && first[notAbove] <= second[i]) {
        notAbove++;
      }
      pairs += (below + notAbove) / 2.0;
    }
    return Map.of(Metric.ROC_AUC, pairs / firsts / seconds);
  }

  @Override
  public void reset() {
    firsts = 0;
    seconds = 0;
  }
}
