package dev.backprop.core.metric;

import dev.backprop.core.linalg.Matrix;
import java.util.Map;

/// What makes the outputs for a row right, or how far they are off.
public sealed interface Scoring {

  /// An empty tally.
  ///
  /// @param targets of all the rows that it will hear of, in any order
  Tally newTally(Matrix targets);

  /// There is nothing to measure.
  record None() implements Scoring {
    @Override
    public Tally newTally(Matrix targets) {
      return new Tally() {
        @Override
        public void add(Matrix outputs, Matrix targets) {}

        @Override
        public Map<Metric, Double> scores() {
          return Map.of();
        }

        @Override
        public void reset() {}
      };
    }
  }

  /// One class of several: a row is right if its largest output is where its largest target is; of
  /// equal ones the first counts.
  record LargestOutput() implements Scoring {
    @Override
    public Tally newTally(Matrix targets) {
      return new AccuracyTally(this::isRight);
    }

    private boolean isRight(Matrix outputs, Matrix targets, int row) {
      return largest(outputs, row) == largest(targets, row);
    }

    private static int largest(Matrix matrix, int row) {
      float[] values = matrix.values();
      int from = matrix.offset(row);
      int largest = 0;
      for (int column = 1; column < matrix.columns(); column++) {
        if (values[from + column] > values[from + largest]) {
          largest = column;
        }
      }
      return largest;
    }
  }

  /// Labels that a row has or has not: it is right if every output is on the side of its target,
  /// which is 0 or 1.
  ///
  /// @param threshold the least output that stands for 1
  record Labels(float threshold) implements Scoring {

    private static final float HALF = 0.5f;

    @Override
    public Tally newTally(Matrix targets) {
      return new AccuracyTally(this::isRight);
    }

    private boolean isRight(Matrix outputs, Matrix targets, int row) {
      for (int column = 0; column < targets.columns(); column++) {
        if (outputs.get(row, column) >= threshold != targets.get(row, column) >= HALF) {
          return false;
        }
      }
      return true;
    }
  }

  /// Numbers, which are more or less off.
  record Errors() implements Scoring {
    @Override
    public Tally newTally(Matrix targets) {
      return new ErrorTally(targets);
    }
  }
}
