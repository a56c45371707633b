package dev.backprop.job;

import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.train.TrainingSpec;
import dev.backprop.model.Evaluation;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.ProblemType;
import java.util.Locale;

/// Refuses what a server could not bear, before anything is allocated for it.
final class JobLimits {

  /// One multiplication and one addition for each weight: forward, for the deltas, for the
  /// gradient.
  static final double OPERATIONS = 6;

  /// θ, the best θ, the gradient, and one more while the best is measured.
  private static final int COPIES = 4;

  /// Of a row beside its inputs and outputs: its weight, and two for its place in a ROC curve.
  private static final int OF_A_ROW = 3;

  private final JobProperties properties;

  JobLimits(JobProperties properties) {
    this.properties = properties;
  }

  /// Ends the request with every limit that a job exceeds.
  ///
  /// @param threads that it asks for
  /// @param rows of training and validation together
  void check(NetworkSpec network, TrainingSpec training, int threads, int trainingRows, int rows) {
    check(network, training, threads, trainingRows, rows, 0);
  }

  /// The same for a job that goes on with a training for each fold, on the rows of the others: one
  /// row is in all trainings but one, and so in as many as there are folds.
  void check(
      NetworkSpec network,
      TrainingSpec training,
      int threads,
      int trainingRows,
      int rows,
      int folds) {
    InputErrors errors = new InputErrors();
    if (threads > properties.maxThreads()) {
      errors.add(
          "#/training/threads",
          "%s threads; the limit of backprop.jobs.max-threads is %s"
              .formatted(Words.count(threads), Words.count(properties.maxThreads())));
    }
    long parameters = network.parameterCount();
    if (parameters > properties.maxParameters()) {
      errors.add(
          "#/network/hidden",
          "%s need %s of parameters (%s numbers in the network); the limit of backprop.jobs.max-parameters is %s numbers (%s)"
              .formatted(
                  largestLayer(network),
                  Words.bytes((double) parameters * Float.BYTES),
                  Words.count(parameters),
                  Words.count(properties.maxParameters()),
                  Words.bytes((double) properties.maxParameters() * Float.BYTES)));
    }
    if (training.epochs() > properties.maxEpochs()) {
      errors.add(
          "#/training/epochs",
          "%s epochs; the limit of backprop.jobs.max-epochs is %s"
              .formatted(Words.count(training.epochs()), Words.count(properties.maxEpochs())));
    }
    int evaluations = training.optimizer().evaluationsPerStep();
    double work =
        OPERATIONS
            * parameters
            * trainingRows
            * training.epochs()
            * evaluations
            * Math.max(1, folds);
    if (work > properties.maxWork()) {
      errors.add(
          "#/training/epochs",
          "%s epochs of %s rows through %s parameters%s%s are %s floating-point operations; the limit of backprop.jobs.max-work is %s"
              .formatted(
                  Words.count(training.epochs()),
                  Words.count(trainingRows),
                  Words.count(parameters),
                  evaluations == 1 ? "" : ", up to %d times each,".formatted(evaluations),
                  folds == 0 ? "" : ", %d times for the folds,".formatted(folds),
                  scientific(work),
                  scientific(properties.maxWork())));
    }
    double ofTheModel = folds == 0 ? 0 : (double) parameters * Float.BYTES;
    double memory = memory(network, training, trainingRows, rows) + ofTheModel;
    if (memory > properties.maxMemory().bytes()) {
      errors.add(
          "#",
          "the training needs about %s of memory; the limit of backprop.jobs.max-memory is %s. A smaller network or batchSize needs less."
              .formatted(
                  Words.bytes(memory), Words.bytes((double) properties.maxMemory().bytes())));
    }
    long largest = largestMatrix(network, training, trainingRows, rows);
    if (largest > Integer.MAX_VALUE) {
      errors.add(
          "#",
          "the training needs a table of %s numbers, an array holds at most %s. Fewer rows or units, or a smaller batchSize, need less."
              .formatted(Words.count(largest), Words.count(Integer.MAX_VALUE)));
    }
    errors.throwIfAny(ProblemType.LIMIT_EXCEEDED);
  }

  /// Bytes for parameters, moments, encoded rows, copies of those of a batch, and a number for each
  /// unit and row of a batch, forward and back, with one more where the derivative needs the sums,
  /// two with dropout, for what is left of its outputs and for the mask, and one more with
  /// normalization.
  static double memory(NetworkSpec network, TrainingSpec training, int trainingRows, int rows) {
    double parameters =
        (double) network.parameterCount() * (COPIES + training.optimizer().numbersPerParameter())
            + (double) network.statisticsCount() * COPIES;
    double numbersPerRow =
        network.layers().stream()
            .mapToDouble(layer -> (double) numbersPerUnit(layer) * layer.units())
            .sum();
    int batchRows = training.batchSize().rows(trainingRows);
    double columns = (double) network.inputs() + network.outputs() + OF_A_ROW;
    double disturbed = training.regularization().disturbsInputs() ? network.inputs() : 0;
    int rowsAtOnce = rowsAtOnce(batchRows, rows);
    int evaluated = rows > trainingRows ? rows - trainingRows : trainingRows;
    int copied = batchRows + (evaluated > rowsAtOnce ? rowsAtOnce : 0);
    return Float.BYTES
        * (parameters
            + numbersPerRow * rowsAtOnce
            + columns * (rows + copied)
            + disturbed * batchRows);
  }

  /// The same of a job, which keeps its model while it trains without folds.
  static double memory(PreparedJob job) {
    double ofTheModel =
        job.folds() == null ? 0 : (double) job.network().parameterCount() * Float.BYTES;
    return memory(job.network(), job.training(), job.trainingRows().count(), job.rows())
        + ofTheModel;
  }

  private static int numbersPerUnit(LayerSpec layer) {
    int normalized = layer.isNormalized() ? 1 : 0;
    if (layer.hasDropout()) {
      return 4 + normalized;
    }
    return (layer.activation().needsSums() ? 3 : 2) + normalized;
  }

  /// Losses are measured in larger batches than a training's own may be.
  private static int rowsAtOnce(int batchRows, int rows) {
    return Math.max(batchRows, Math.min(Evaluation.ROWS, rows));
  }

  /// Numbers of the largest matrix: encoded rows, or the units of a layer for a batch.
  private static long largestMatrix(
      NetworkSpec network, TrainingSpec training, int trainingRows, int rows) {
    long columns = Math.max(network.inputs(), network.outputs());
    long units = network.layers().stream().mapToLong(layer -> layer.units()).max().orElse(0);
    return Math.max(
        columns * Math.max(trainingRows, rows - trainingRows),
        units * rowsAtOnce(training.batchSize().rows(trainingRows), rows));
  }

  private static String largestLayer(NetworkSpec network) {
    int largest = 0;
    for (int layer = 1; layer < network.layers().size(); layer++) {
      if (weights(network, layer) > weights(network, largest)) {
        largest = layer;
      }
    }
    return largest == 0
        ? "%d inputs × %d units".formatted(network.inputs(), network.layers().getFirst().units())
        : "%d × %d units".formatted(network.fanIn(largest), network.layers().get(largest).units());
  }

  private static long weights(NetworkSpec network, int layer) {
    return (long) network.fanIn(layer) * network.layers().get(layer).units();
  }

  private static String scientific(double value) {
    return String.format(Locale.ROOT, "%.1e", value);
  }
}
