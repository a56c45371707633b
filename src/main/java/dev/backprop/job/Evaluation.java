package dev.backprop.job;

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
import dev.backprop.model.Metrics;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Measures what a training came to.
final class Evaluation {

  /// Rows that go through the network together, at most.
  static final int ROWS = 256;

  private final Backprop backprop;
  private final Scoring scoring;
  private final boolean probabilities;
  private final int rows;

  Evaluation(PreparedJob prepared, Parameters parameters, Products products) {
    this(
        parameters,
        prepared.training().loss(),
        prepared.preprocessor().target(),
        Math.min(ROWS, prepared.rows()),
        products);
  }

  /// @param rows that go through the network together
  Evaluation(Parameters parameters, Loss loss, TargetEncoder target, int rows, Products products) {
    backprop = new Backprop(new Network(parameters, products), loss, rows, products);
    scoring = scoring(target, loss);
    probabilities = areProbabilities(target, parameters.spec().output().activation());
    this.rows = rows;
  }

  /// Whether the outputs say how probable each class is: several sigmoids do not sum to 1.
  static boolean areProbabilities(TargetEncoder target, Activation output) {
    return output instanceof Activation.Softmax
        || (output instanceof Activation.Sigmoid && target.outputs() == 1);
  }

  /// What makes outputs right or wrong: the largest output of a class, every output on the right
  /// side of the loss's threshold, or how far numbers are off.
  static Scoring scoring(TargetEncoder target, Loss loss) {
    return switch (target) {
      case TargetEncoder.Classes classes when !classes.binary() -> new Scoring.LargestOutput();
      case TargetEncoder.Classes _, TargetEncoder.Labels _ -> new Scoring.Labels(loss.threshold());
      case TargetEncoder.Values values -> new Scoring.Errors(units(values));
    };
  }

  /// In what units the errors of numbers are told.
  static Units units(TargetEncoder target) {
    return target instanceof TargetEncoder.Values values ? units(values) : Units.OWN;
  }

  private static Units units(TargetEncoder.Values targets) {
    return new Units(
        targets.scalers().stream()
            .map(scaler -> new Units.Unit(scaler.offset(), scaler.scale()))
            .toList());
  }

  Metrics metrics(Examples training, @Nullable Examples validation) {
    Result validated = validation == null ? null : measure(validation);
    Result trained = measure(training);
    return Metrics.of(
        trained.loss(),
        trained.metrics(),
        validated == null ? null : validated.loss(),
        validated == null ? Map.of() : validated.metrics());
  }

  /// Where the numbers became too large, if the training loss is not finite.
  Overflow overflow() {
    return Overflow.in(backprop);
  }

  /// What was measured on some rows.
  record Result(double loss, Map<Metric, Double> metrics) {}

  Result measure(Examples examples) {
    Tally tally = scoring.newFinalTally(examples.y(), examples.w(), probabilities);
    double loss = 0;
    for (int from = 0; from < examples.rows(); from += rows) {
      Examples part = examples.rows(from, Math.min(rows, examples.rows() - from));
      loss += backprop.loss(part.x(), part.y(), part.w()) * part.rows();
      if (!Double.isFinite(loss)) {
        return new Result(loss, Map.of());
      }
      tally.add(backprop.outputs(), part.y(), part.w());
    }
    return new Result(loss / examples.rows(), tally.scores());
  }
}
