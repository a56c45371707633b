package dev.backprop.core.metric;

import dev.backprop.core.linalg.Matrix;
import java.util.Arrays;
import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;

/// Adds up `|a − y| / |y|` of each output. Targets of 0 have no relative error and are left out.
final class PercentageTally implements Tally {

  private final Units units;
  private final double[] sums;
  private final double[] all;

  PercentageTally(int outputs, Units units) {
    this.units = units;
    sums = new double[outputs];
    all = new double[outputs];
  }

  @Override
  public void add(Matrix outputs, Matrix targets, @Nullable Matrix w) {
    for (int row = 0; row < outputs.rows(); row++) {
      for (int column = 0; column < sums.length; column++) {
        double scaled = targets.get(row, column);
        double target = units.value(column, scaled);
        if (target != 0) {
          double weight = Weights.of(w, row);
          sums[column] +=
              weight * units.scale(column) * Math.abs((outputs.get(row, column) - scaled) / target);
          all[column] += weight;
        }
      }
    }
  }

  /// The mean over the outputs that have a target other than 0; nothing where none has.
  @Override
  public void giveTo(ObjDoubleConsumer<Metric> taker) {
    double sum = 0;
    int outputs = 0;
    for (int column = 0; column < sums.length; column++) {
      if (all[column] > 0) {
        sum += sums[column] / all[column];
        outputs++;
      }
    }
    if (outputs > 0) {
      taker.accept(Metric.MAPE, sum / outputs);
    }
  }

  @Override
  public void reset() {
    Arrays.fill(sums, 0);
    Arrays.fill(all, 0);
  }
}
