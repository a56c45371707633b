package dev.backprop.insight;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.metric.ClassCounts;
import dev.backprop.core.metric.Tally;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.DatasetRepository;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.model.Appraiser;
import dev.backprop.model.Evaluation;
import dev.backprop.model.Gate;
import dev.backprop.model.Model;
import dev.backprop.problem.EnumNames;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.JsonErrors;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Measures models on data sets.
///
/// One at a time, so that any number of callers needs no more memory than one. The inputs are made
/// slice by slice, and between two slices other requests have their turn.
@Component
class Evaluator implements Appraiser {

  /// Numbers of a slice, about: 16 MB, so that a wide network takes fewer rows.
  private static final int ROOM = 4_000_000;

  /// A multiplication and an addition for each parameter.
  private static final double OPERATIONS = 2;

  private final DatasetRepository datasets;
  private final Products products;
  private final InsightProperties properties;
  private final Semaphore turn = new Semaphore(1, true);

  Evaluator(DatasetRepository datasets, Products products, InsightProperties properties) {
    this.datasets = datasets;
    this.products = products;
    this.properties = properties;
  }

  @Override
  public double measure(Model model, Gate gate) {
    InputErrors errors = new InputErrors();
    String id = Objects.requireNonNull(gate.dataset());
    Dataset data = datasets.find(id).orElse(null);
    if (data == null) {
      errors.add(
          "#/gate/dataset",
          "there is no data set '%s' on this server to measure with; set another gate, or DELETE this one"
              .formatted(JsonErrors.shorten(id)));
      throw errors.toProblem(ProblemType.INVALID_SPECIFICATION);
    }
    EvaluationView evaluation = evaluate(model, data, "#/gate/dataset");
    String metric = EnumNames.of(Objects.requireNonNull(gate.metric()));
    Double value = evaluation.metrics().get(metric);
    if (value == null) {
      errors.add(
          "#/gate/metric",
          "version %d has no %s on this data set; it has %s"
              .formatted(
                  model.version(), metric, String.join(", ", evaluation.metrics().keySet())));
      throw errors.toProblem(ProblemType.INVALID_SPECIFICATION);
    }
    return value;
  }

  /// How good a model is on a data set.
  ///
  /// @param pointer where the data set stands in the request
  /// @throws ProblemException [ProblemType#INVALID_SPECIFICATION] if the model cannot be measured
  ///   with it, [ProblemType#LIMIT_EXCEEDED]
  EvaluationView evaluate(Model model, Dataset data, String pointer) {
    InputErrors errors = new InputErrors();
    model.preprocessor().check(data, errors, pointer);
    errors.throwIfAny(ProblemType.INVALID_SPECIFICATION);
    int rows = slice(model, data);
    checkLimits(model, data, rows, pointer);
    turn.acquireUninterruptibly();
    try {
      return measure(model, data, rows, pointer);
    } finally {
      turn.release();
    }
  }

  private EvaluationView measure(Model model, Dataset data, int rows, String pointer) {
    Loss loss = loss(model);
    TargetEncoder target = model.preprocessor().target();
    Matrix targets =
        model.preprocessor().encodeTargets(data, IntStream.range(0, data.rows()).toArray());
    ClassCounts counts = counts(target, loss);
    Evaluation.Result result =
        new Evaluation(model.parameters(), loss, target, rows, products)
            .measure(
                targets,
                null,
                (from, count) -> inputs(model, data, from, count),
                counts == null ? Tally.none() : counts);
    if (!Double.isFinite(result.loss())) {
      InputErrors errors = new InputErrors();
      errors.add(
          pointer,
          "the network's outputs or the loss are not finite numbers for these rows, which are far"
              + " outside of the training range");
      throw errors.toProblem(ProblemType.INVALID_SPECIFICATION);
    }
    return EvaluationView.of(model, data, result, labels(target), counts);
  }

  @SuppressWarnings("ThreadPriorityCheck") // only time depends on the scheduler
  private static Matrix inputs(Model model, Dataset data, int from, int count) {
    Thread.yield();
    return model.preprocessor().encodeFeatures(data, IntStream.range(from, from + count).toArray());
  }

  private static Loss loss(Model model) {
    return Objects.requireNonNull(Objects.requireNonNull(model.spec().training()).loss());
  }

  private static @Nullable ClassCounts counts(TargetEncoder target, Loss loss) {
    return switch (target) {
      case TargetEncoder.Classes _ -> ClassCounts.ofClasses(target.outputs(), loss.threshold());
      case TargetEncoder.Labels _ -> ClassCounts.ofLabels(target.outputs(), loss.threshold());
      case TargetEncoder.Values _ -> null;
    };
  }

  private static List<String> labels(TargetEncoder target) {
    return switch (target) {
      case TargetEncoder.Classes classes -> classes.labels();
      case TargetEncoder.Labels labels -> labels.columns();
      case TargetEncoder.Values _ -> List.of();
    };
  }

  private static long numbersPerRow(NetworkSpec network) {
    return network.inputs() + 3 * network.layers().stream().mapToLong(LayerSpec::units).sum();
  }

  private static int slice(Model model, Dataset data) {
    long room = ROOM / numbersPerRow(model.parameters().spec());
    return Math.clamp(Math.min(room, data.rows()), 1, Evaluation.ROWS);
  }

  /// Targets of all rows with an int and a long beside each, a slice of inputs and of each layer,
  /// the gradients that come with a network that measures its loss.
  private void checkLimits(Model model, Dataset data, int rows, String pointer) {
    NetworkSpec network = model.parameters().spec();
    double parameters = network.parameterCount();
    double bytes =
        Float.BYTES * (network.outputs() + 3.0) * data.rows()
            + Float.BYTES * (double) numbersPerRow(network) * rows
            + Float.BYTES * parameters;
    double work = OPERATIONS * parameters * data.rows();
    InputErrors errors = new InputErrors();
    if (bytes > properties.maxMemory().bytes()) {
      errors.add(
          pointer,
          "the evaluation needs about %.0f bytes of memory; the limit of backprop.insight.max-memory is %d. Fewer rows need less."
              .formatted(bytes, properties.maxMemory().bytes()));
    }
    if (work > properties.maxWork()) {
      errors.add(
          pointer,
          "%d rows through %.0f parameters are %.1e floating-point operations; the limit of backprop.insight.max-work is %.1e"
              .formatted(data.rows(), parameters, work, properties.maxWork()));
    }
    errors.throwIfAny(ProblemType.LIMIT_EXCEEDED);
  }
}
