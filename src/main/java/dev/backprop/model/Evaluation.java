package dev.backprop.model;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.metric.Metric;
import dev.backprop.core.metric.Scoring;
import dev.backprop.core.metric.Tally;
import dev.backprop.core.metric.Units;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.Backprop;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.Network;
import dev.backprop.core.nn.Overflow;
import dev.backprop.core.nn.Parameters;
import dev.backprop.core.train.Examples;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Measures how good parameters are on rows.
public final class Evaluation {

  /// Rows that go through the network together, at most.
  public static final int ROWS = 256;

  private final Backprop backprop;
  private final Scoring scoring;
  private final boolean probabilities;
  private final int rows;

  /// @param rows that go through the network together
  public Evaluation(
      Parameters parameters, Loss loss, TargetEncoder target, int rows, Products products) {
    backprop = new Backprop(new Network(parameters, products), loss, rows, products);
    scoring = scoring(target, loss);
    probabilities = areProbabilities(target, parameters.spec().output().activation());
    this.rows = rows;
  }

  /// Whether the outputs say how probable each class is: several sigmoids do not sum to 1.
  public static boolean areProbabilities(TargetEncoder target, Activation output) {
    return output instanceof Activation.Softmax
        || (output instanceof Activation.Sigmoid && target.outputs() == 1);
  }

  /// What makes outputs right or wrong: the largest output of a class, every output on the right
  /// side of the loss's threshold, or how far numbers are off.
  public static Scoring scoring(TargetEncoder target, Loss loss) {
    return switch (target) {
      case TargetEncoder.Classes classes when !classes.binary() -> new Scoring.LargestOutput();
      case TargetEncoder.Classes _, TargetEncoder.Labels _ -> new Scoring.Labels(loss.threshold());
      case TargetEncoder.Values values -> new Scoring.Errors(units(values));
    };
  }

  /// In what units the errors of numbers are told.
  public static Units units(TargetEncoder target) {
    return target instanceof TargetEncoder.Values values ? units(values) : Units.OWN;
  }

  private static Units units(TargetEncoder.Values targets) {
    return new Units(
        targets.scalers().stream()
            .map(scaler -> new Units.Unit(scaler.offset(), scaler.scale()))
            .toList());
  }

  /// What a model has after its training.
  public Metrics metrics(Examples training, @Nullable Examples validation) {
    Result validated = validation == null ? null : measure(validation);
    Result trained = measure(training);
    return Metrics.of(
        trained.loss(),
        trained.metrics(),
        validated == null ? null : validated.loss(),
        validated == null ? Map.of() : validated.metrics());
  }

  /// Where the numbers became too large, if the training loss is not finite.
  public Overflow overflow() {
    return Overflow.in(backprop);
  }

  /// What was measured on some rows.
  ///
  /// @param loss not finite where a part of the rows has no finite one; there are no metrics then
  public record Result(double loss, Map<Metric, Double> metrics) {}

  /// Measures rows that are there.
  public Result measure(Examples examples) {
    return measure(
        examples.y(), examples.w(), (from, count) -> examples.x().rows(from, count), Tally.none());
  }

  /// Makes the inputs of rows when it is their turn.
  @FunctionalInterface
  public interface Inputs {

    /// The inputs of `count` rows from `from` on.
    Matrix rows(int from, int count);
  }

  /// Measures rows whose inputs need not be there all at once.
  ///
  /// @param y targets of all rows
  /// @param w weight of each row, n × 1; null where all are 1
  /// @param also hears of the same rows
  public Result measure(Matrix y, @Nullable Matrix w, Inputs x, Tally also) {
    Tally tally = scoring.newFinalTally(y, w, probabilities);
    double loss = 0;
    for (int from = 0; from < y.rows(); from += rows) {
      int count = Math.min(rows, y.rows() - from);
      Matrix targets = y.rows(from, count);
      Matrix weights = w == null ? null : w.rows(from, count);
      loss += backprop.loss(x.rows(from, count), targets, weights) * count;
      if (!Double.isFinite(loss)) {
        return new Result(loss, Map.of());
      }
      tally.add(backprop.outputs(), targets, weights);
      also.add(backprop.outputs(), targets, weights);
    }
    return new Result(loss / y.rows(), tally.scores());
  }
}
