package dev.backprop.job;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.metric.Metric;
import dev.backprop.core.metric.Scoring;
import dev.backprop.core.metric.Tally;
import dev.backprop.core.nn.Backprop;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.Network;
import dev.backprop.core.nn.Parameters;
import dev.backprop.core.train.Examples;
import dev.backprop.dataset.TargetEncoder;
import dev.backprop.model.Metrics;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Measures what a training came to.
final class Evaluation {

  /// Rows that go through the network together, at most.
  static final int ROWS = 256;

  private final Backprop backprop;
  private final Scoring scoring;
  private final int rows;

  Evaluation(PreparedJob prepared, Parameters parameters, Products products) {
    this(
        parameters,
        prepared.training().loss(),
        prepared.preprocessor().target(),
        Math.min(ROWS, prepared.dataset().rows()),
        products);
  }

  /// @param rows that go through the network together
  Evaluation(Parameters parameters, Loss loss, TargetEncoder target, int rows, Products products) {
    backprop = new Backprop(new Network(parameters, products), loss, rows, products);
    scoring = scoring(target, loss);
    this.rows = rows;
  }

  /// What makes outputs right or wrong: the largest output of a class, every output on the right
  /// side of the loss's threshold, or how far numbers are off.
  static Scoring scoring(TargetEncoder target, Loss loss) {
    return switch (target) {
      case TargetEncoder.Classes classes when !classes.binary() -> new Scoring.LargestOutput();
      case TargetEncoder.Classes _, TargetEncoder.Labels _ -> new Scoring.Labels(loss.threshold());
      case TargetEncoder.Values _ -> new Scoring.Errors();
    };
  }

  Metrics metrics(Examples training, @Nullable Examples validation) {
    Result trained = measure(training);
    Result validated = validation == null ? null : measure(validation);
    Map<Metric, Double> held = validated == null ? Map.of() : validated.metrics();
    return new Metrics(
        trained.loss(),
        validated == null ? null : validated.loss(),
        trained.metrics().get(Metric.ACCURACY),
        held.get(Metric.ACCURACY),
        trained.metrics().get(Metric.RMSE),
        held.get(Metric.RMSE),
        trained.metrics().get(Metric.MAE),
        held.get(Metric.MAE),
        trained.metrics().get(Metric.R2),
        held.get(Metric.R2));
  }

  private record Result(double loss, Map<Metric, Double> metrics) {}

  private Result measure(Examples examples) {
    Tally tally = scoring.newTally(examples.y());
    double loss = 0;
    for (int from = 0; from < examples.rows(); from += rows) {
      int count = Math.min(rows, examples.rows() - from);
      Matrix y = examples.y().rows(from, count);
      loss += backprop.loss(examples.x().rows(from, count), y) * count;
      tally.add(backprop.outputs(), y);
    }
    return new Result(loss / examples.rows(), tally.scores());
  }
}
