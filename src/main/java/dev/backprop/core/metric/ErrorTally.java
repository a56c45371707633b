package dev.backprop.core.metric;

import dev.backprop.core.linalg.Matrix;
import java.util.Arrays;
import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;

/// Adds up the errors `e = a − y` of each output in double precision.
final class ErrorTally implements Tally {

  /// `Σ w·(y − ȳ)²` of each output over all rows, which no training changes.
  private final double[] variations;

  private final Units units;
  private final double[] squares;
  private final double[] sizes;
  private double all;

  ErrorTally(Matrix targets, @Nullable Matrix w, Units units) {
    this.units = units;
    variations = variations(targets, w);
    squares = new double[targets.columns()];
    sizes = new double[targets.columns()];
  }

  private static double[] variations(Matrix targets, @Nullable Matrix w) {
    double[] sums = new double[targets.columns()];
    double[] variations = new double[targets.columns()];
    double all = 0;
    for (int row = 0; row < targets.rows(); row++) {
      double weight = Weights.of(w, row);
      all += weight;
      for (int column = 0; column < sums.length; column++) {
        sums[column] += weight * targets.get(row, column);
      }
    }
    for (int row = 0; row < targets.rows(); row++) {
      double weight = Weights.of(w, row);
      for (int column = 0; column < sums.length; column++) {
        double difference = targets.get(row, column) - sums[column] / all;
        variations[column] += weight * difference * difference;
      }
    }
    return variations;
  }

  @Override
  public void add(Matrix outputs, Matrix targets, @Nullable Matrix w) {
    float[] as = outputs.values();
    float[] ys = targets.values();
    for (int row = 0; row < outputs.rows(); row++) {
      int fromA = outputs.offset(row);
      int fromY = targets.offset(row);
      double weight = Weights.of(w, row);
      all += weight;
      for (int column = 0; column < squares.length; column++) {
        double error = (double) as[fromA + column] - ys[fromY + column];
        squares[column] += weight * error * error;
        sizes[column] += weight * Math.abs(error);
      }
    }
  }

  @Override
  public void giveTo(ObjDoubleConsumer<Metric> taker) {
    double rmse = 0;
    double mae = 0;
    double r2 = 0;
    for (int column = 0; column < squares.length; column++) {
      rmse += units.scale(column) * Math.sqrt(squares[column] / all);
      mae += units.scale(column) * sizes[column] / all;
      r2 += r2(squares[column], variations[column]);
    }
    double outputs = squares.length;
    taker.accept(Metric.RMSE, rmse / outputs);
    taker.accept(Metric.MAE, mae / outputs);
    taker.accept(Metric.R2, r2 / outputs);
  }

  private static double r2(double squares, double variation) {
    if (variation == 0) {
      return squares == 0 ? 1 : 0;
    }
    return 1 - squares / variation;
  }

  @Override
  public void reset() {
    Arrays.fill(squares, 0);
    Arrays.fill(sizes, 0);
    all = 0;
  }
}
