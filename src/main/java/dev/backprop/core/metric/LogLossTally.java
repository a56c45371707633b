package dev.backprop.core.metric;

import dev.backprop.core.linalg.Matrix;
import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;

/// Adds up `−ln p`, where p is the probability that a row's own class has got, cut off at the
/// smallest step of a float from 1, so that one impossible row is not everything.
final class LogLossTally implements Tally {

  private static final double LEAST = Math.ulp(1f);

  private double sum;
  private double all;

  @Override
  public void add(Matrix outputs, Matrix targets, @Nullable Matrix w) {
    for (int row = 0; row < outputs.rows(); row++) {
      double weight = Weights.of(w, row);
      double p = probability(outputs, row, ClassTally.own(targets, row));
      sum -= weight * Math.log(Math.max(LEAST, p));
      all += weight;
    }
  }

  private static double probability(Matrix outputs, int row, int own) {
    if (outputs.columns() > 1) {
      return outputs.get(row, own);
    }
    double second = outputs.get(row, 0);
    return own == 1 ? second : 1 - second;
  }

  @Override
  public void giveTo(ObjDoubleConsumer<Metric> taker) {
    taker.accept(Metric.LOG_LOSS, sum / all);
  }

  @Override
  public void reset() {
    sum = 0;
    all = 0;
  }
}
