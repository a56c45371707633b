package dev.backprop.core.metric;

import dev.backprop.core.linalg.Matrix;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What makes the outputs for a row right, or how far they are off.
public sealed interface Scoring {

  /// What is measured in each epoch.
  Set<Metric> usual();

  /// What can be measured.
  ///
  /// @param outputs of the network
  /// @param probabilities whether outputs are the probabilities of classes, which sum to 1
  Set<Metric> all(int outputs, boolean probabilities);

  /// An empty tally of some metrics.
  ///
  /// @param metrics of those that can be measured
  /// @param targets of all the rows that it will hear of, in any order
  /// @param w weight of each of them, n × 1; null where all are 1
  Tally newTally(Set<Metric> metrics, Matrix targets, @Nullable Matrix w);

  /// An empty tally of what is measured in each epoch.
  ///
  /// @param targets of all the rows that it will hear of, in any order
  /// @param w weight of each of them, n × 1; null where all are 1
  default Tally newTally(Matrix targets, @Nullable Matrix w) {
    return newTally(usual(), targets, w);
  }

  /// An empty tally of all that can be measured, for the end of a training.
  ///
  /// @param targets of all the rows that it will hear of, in any order
  /// @param w weight of each of them, n × 1; null where all are 1
  /// @param probabilities whether outputs are the probabilities of classes, which sum to 1
  default Tally newFinalTally(Matrix targets, @Nullable Matrix w, boolean probabilities) {
    return newTally(all(targets.columns(), probabilities), targets, w);
  }

  /// The same with other metrics in each epoch.
  ///
  /// @param base what makes outputs right
  /// @param usual of those that can be measured
  record Selected(Scoring base, Set<Metric> usual) implements Scoring {

    /// Copies the set.
    public Selected {
      usual = Set.copyOf(usual);
    }

    @Override
    public Set<Metric> all(int outputs, boolean probabilities) {
      return base.all(outputs, probabilities);
    }

    @Override
    public Tally newTally(Set<Metric> metrics, Matrix targets, @Nullable Matrix w) {
      return base.newTally(metrics, targets, w);
    }
  }

  /// There is nothing to measure.
  record None() implements Scoring {

    @Override
    public Set<Metric> usual() {
      return Set.of();
    }

    @Override
    public Set<Metric> all(int outputs, boolean probabilities) {
      return Set.of();
    }

    @Override
    public Tally newTally(Set<Metric> metrics, Matrix targets, @Nullable Matrix w) {
      return Tally.none();
    }
  }

  /// One class of several: a row is right if its largest output is where its largest target is; of
  /// equal ones the first counts.
  record LargestOutput() implements Scoring {

    @Override
    public Set<Metric> usual() {
      return EnumSet.of(Metric.ACCURACY);
    }

    @Override
    public Set<Metric> all(int outputs, boolean probabilities) {
      Set<Metric> all = EnumSet.of(Metric.ACCURACY, Metric.BALANCED_ACCURACY, Metric.MACRO_F1);
      if (probabilities) {
        all.add(Metric.LOG_LOSS);
      }
      if (outputs == 2) {
        all.add(Metric.ROC_AUC);
      }
      if (outputs > TopTally.COUNT) {
        all.add(Metric.TOP5_ACCURACY);
      }
      return all;
    }

    @Override
    public Tally newTally(Set<Metric> metrics, Matrix targets, @Nullable Matrix w) {
      return ofClasses(metrics, this::isRight, 0, targets);
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
    public Set<Metric> usual() {
      return EnumSet.of(Metric.ACCURACY);
    }

    /// One label alone is two classes.
    @Override
    public Set<Metric> all(int outputs, boolean probabilities) {
      Set<Metric> all = EnumSet.of(Metric.ACCURACY);
      if (outputs == 1) {
        all.addAll(EnumSet.of(Metric.BALANCED_ACCURACY, Metric.MACRO_F1, Metric.ROC_AUC));
        if (probabilities) {
          all.add(Metric.LOG_LOSS);
        }
      }
      return all;
    }

    @Override
    public Tally newTally(Set<Metric> metrics, Matrix targets, @Nullable Matrix w) {
      return ofClasses(metrics, this::isRight, threshold, targets);
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

  private static Tally ofClasses(
      Set<Metric> metrics, AccuracyTally.Judge judge, float threshold, Matrix targets) {
    List<Tally> parts = new ArrayList<>();
    if (metrics.contains(Metric.ACCURACY)) {
      parts.add(new AccuracyTally(judge));
    }
    if (metrics.contains(Metric.BALANCED_ACCURACY) || metrics.contains(Metric.MACRO_F1)) {
      parts.add(new ClassTally(targets.columns(), threshold));
    }
    if (metrics.contains(Metric.LOG_LOSS)) {
      parts.add(new LogLossTally());
    }
    if (metrics.contains(Metric.ROC_AUC)) {
      parts.add(new RocTally(targets.rows()));
    }
    if (metrics.contains(Metric.TOP5_ACCURACY)) {
      parts.add(new TopTally());
    }
    return new Tallies(parts, metrics);
  }

  /// Numbers, which are more or less off.
  ///
  /// @param units in which they are
  record Errors(Units units) implements Scoring {

    @Override
    public Set<Metric> usual() {
      return EnumSet.of(Metric.RMSE, Metric.MAE, Metric.R2);
    }

    @Override
    public Set<Metric> all(int outputs, boolean probabilities) {
      return EnumSet.of(Metric.RMSE, Metric.MAE, Metric.R2, Metric.MAPE);
    }

    @Override
    public Tally newTally(Set<Metric> metrics, Matrix targets, @Nullable Matrix w) {
      List<Tally> parts = new ArrayList<>();
      if (metrics.stream().anyMatch(usual()::contains)) {
        parts.add(new ErrorTally(targets, w, units));
      }
      if (metrics.contains(Metric.MAPE)) {
        parts.add(new PercentageTally(targets.columns(), units));
      }
      return new Tallies(parts, metrics);
    }
  }
}
