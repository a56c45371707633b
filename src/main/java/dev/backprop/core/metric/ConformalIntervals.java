package dev.backprop.core.metric;

import dev.backprop.core.linalg.Matrix;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Intervals around predicted numbers by split conformal prediction: of rows like those that it was
/// fitted on, at least the share that is asked for lies within, whatever the network and the
/// distribution are. Each target has intervals of its own; that two of them hold at once is less
/// probable.
///
/// An interval reaches as far to both sides as the ⌈(n + 1)·coverage⌉-th smallest of the n absolute
/// errors. Of more rows than [#KEPT] as many errors are kept, at even distances in their order; the
/// next larger one stands in for those between, so that intervals get wider by it, never narrower.
///
/// Lei, G'Sell, Rinaldo, Tibshirani, Wasserman: Distribution-Free Predictive Inference for
/// Regression, JASA 113, 2018. Angelopoulos, Bates: A Gentle Introduction to Conformal Prediction
/// and Distribution-Free Uncertainty Quantification, arXiv:2107.07511, 2021.
public final class ConformalIntervals implements Calibration {

  /// Errors that are kept of a target, at most.
  public static final int KEPT = 1000;

  /// Errors that are kept of all targets together, about.
  private static final int KEPT_OF_ALL = 100_000;

  private static final int FEWEST = 20;

  /// Half of the last digit that a coverage such as 0.9 is exact to, times many rows.
  private static final double ROUNDING = 1e-9;

  private final int rows;
  private final List<float[]> errors;

  /// @param rows n
  /// @param errors of each target, sorted; kept
  /// @throws IllegalArgumentException if a target has none, or more than rows
  public ConformalIntervals(int rows, List<float[]> errors) {
    for (float[] kept : errors) {
      if (kept.length == 0 || kept.length > rows) {
        throw new IllegalArgumentException("%d errors of %d rows".formatted(kept.length, rows));
      }
    }
    this.rows = rows;
    this.errors = List.copyOf(errors);
  }

  /// Measures the absolute errors.
  ///
  /// @param outputs of the network, n × k
  /// @param targets what was right, n × k
  /// @param units in which the errors are told
  /// @return null if an output is not finite
  public static @Nullable ConformalIntervals fit(Matrix outputs, Matrix targets, Units units) {
    int rows = outputs.rows();
    int kept = Math.min(rows, kept(outputs.columns()));
    float[] all = new float[rows];
    float[][] errors = new float[outputs.columns()][kept];
    for (int target = 0; target < errors.length; target++) {
      for (int row = 0; row < rows; row++) {
        double error = (double) outputs.get(row, target) - targets.get(row, target);
        all[row] = (float) (Math.abs(error) * units.scale(target));
      }
      Arrays.sort(all);
      if (!Float.isFinite(all[rows - 1])) {
        return null;
      }
      for (int i = 0; i < kept; i++) {
        errors[target][i] = all[rank(i + 1, rows, kept) - 1];
      }
    }
    return new ConformalIntervals(rows, List.of(errors));
  }

  /// How many errors are kept of each target, at most.
  ///
  /// @param targets how many there are
  public static int kept(int targets) {
    return Math.clamp(KEPT_OF_ALL / targets, FEWEST, KEPT);
  }

  /// `⌈i·n/m⌉`, the rank among all of the i-th error that is kept.
  private static int rank(int i, int n, int m) {
    return (int) (((long) i * n + m - 1) / m);
  }

  @Override
  public int rows() {
    return rows;
  }

  /// The sorted errors that are kept of each target, not to be changed.
  public List<float[]> errors() {
    return errors;
  }

  /// Whether there are enough rows for this coverage.
  ///
  /// @param coverage above 0 and below 1
  public boolean reaches(double coverage) {
    return rank(coverage) <= rows;
  }

  /// The fewest rows that are enough for this coverage.
  ///
  /// @param coverage above 0 and below 1
  public static long rowsFor(double coverage) {
    return (long) Math.ceil(coverage / (1 - coverage) - ROUNDING);
  }

  private long rank(double coverage) {
    return Math.max(1, (long) Math.ceil((rows + 1.0) * coverage - ROUNDING));
  }

  /// How far the interval of each target reaches to both sides, in the units of the targets.
  ///
  /// @param coverage that is reached, above 0 and below 1
  public float[] halfWidths(double coverage) {
    if (!reaches(coverage)) {
      throw new IllegalArgumentException("%d rows for a coverage of %s".formatted(rows, coverage));
    }
    long rank = rank(coverage);
    float[] widths = new float[errors.size()];
    for (int target = 0; target < widths.length; target++) {
      float[] kept = errors.get(target);
      widths[target] = kept[(int) ((rank - 1) * kept.length / rows)];
    }
    return widths;
  }
}
