package dev.backprop.core.metric;

import dev.backprop.core.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What makes the outputs for a row right, or how far they are off.
public sealed interface Scoring {

  /// An empty tally.
  ///
  /// @param targets of all the rows that it will hear of, in any order
  /// @param w weight of each of them, n × 1; null where all are 1
  Tally newTally(Matrix targets, @Nullable Matrix w);

  /// An empty tally that measures more, for the end of a training.
  ///
  /// @param targets of all the rows that it will hear of, in any order
  /// @param w weight of each of them, n × 1; null where all are 1
  /// @param probabilities whether outputs are the probabilities of classes, which sum to 1
  Tally newFinalTally(Matrix targets, @Nullable Matrix w, boolean probabilities);

  /// There is nothing to measure.
  record None() implements Scoring {
    @Override
    public Tally newTally(Matrix targets, @Nullable Matrix w) {
      return Tally.none();
    }

    @Override
    public Tally newFinalTally(Matrix targets, @Nullable Matrix w, boolean probabilities) {
      return newTally(targets, w);
    }
  }

  /// One class of several: a row is right if its largest output is where its largest target is; of
  /// equal ones the first counts.
  record LargestOutput() implements Scoring {
    @Override
    public Tally newTally(Matrix targets, @Nullable Matrix w) {
      return new AccuracyTally(this::isRight);
    }

    @Override
    public Tally newFinalTally(Matrix targets, @Nullable Matrix w, boolean probabilities) {
      List<Tally> parts = new ArrayList<>();
      parts.add(newTally(targets, w));
      parts.add(new ClassTally(targets.columns(), 0));
      if (probabilities) {
        parts.add(new LogLossTally());
      }
      if (targets.columns() == 2) {
        parts.add(new RocTally(targets.rows()));
      }
      if (targets.columns() > TopTally.COUNT) {
        parts.add(new TopTally());
      }
      return new Tallies(parts);
    }

    private boolean isRight(Matrix outputs, Matrix targets, int row) {
      return largest(outputs, row) == largest(targets, row);
    }

    static int largest(Matrix matrix, int row) {
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
    public Tally newTally(Matrix targets, @Nullable Matrix w) {
      return new AccuracyTally(this::isRight);
    }

    /// One label alone is two classes.
    @Override
    public Tally newFinalTally(Matrix targets, @Nullable Matrix w, boolean probabilities) {
      if (targets.columns() > 1) {
        return newTally(targets, w);
      }
      List<Tally> parts = new ArrayList<>();
      parts.add(newTally(targets, w));
      parts.add(new ClassTally(1, threshold));
      parts.add(new RocTally(targets.rows()));
      if (probabilities) {
        parts.add(new LogLossTally());
      }
      return new Tallies(parts);
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
    public Tally newTally(Matrix targets, @Nullable Matrix w) {
      return new ErrorTally(targets, w);
    }

    @Override
    public Tally newFinalTally(Matrix targets, @Nullable Matrix w, boolean probabilities) {
      return new Tallies(List.of(newTally(targets, w), new PercentageTally(targets.columns())));
    }
  }
}
