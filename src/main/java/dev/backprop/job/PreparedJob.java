package dev.backprop.job;

import dev.backprop.core.linalg.Products;
import dev.backprop.core.metric.Scoring;
import dev.backprop.core.nn.Initializer;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Parameters;
import dev.backprop.core.train.TrainingSpec;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.DatasetRepository;
import dev.backprop.dataset.preprocessing.Preprocessor;
import dev.backprop.dataset.preprocessing.Split;
import dev.backprop.model.Evaluation;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.model.spec.Priority;
import dev.backprop.model.spec.Task;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A job with nothing left open: what the worker trains, and what the caller is shown of it.
///
/// @param spec with every default filled in
/// @param name of the model
/// @param task what to learn
/// @param lease keeps the data sets while the job needs them
/// @param split training and validation rows of the data set
/// @param preprocessor fitted on the training rows
/// @param network its shape
/// @param initializer draws the weights, where no parameters are given
/// @param initialParameters given by the caller, or null
/// @param training how to train
/// @param timeLimit from the start of the training, or null
/// @param source whose parameters it starts from, or null; kept here, a model may be deleted
///   meanwhile
/// @param weights how much each row counts
/// @param scoring what each epoch measures beside the loss
/// @param threads that it asks for
/// @param validation the data set whose rows are all for validation, or null where those of the
///   split are
/// @param folds for cross-validation, or null
record PreparedJob(
    JobSpec spec,
    String name,
    Task task,
    DatasetRepository.Lease lease,
    Split split,
    Preprocessor preprocessor,
    NetworkSpec network,
    Initializer initializer,
    @Nullable Parameters initialParameters,
    TrainingSpec training,
    @Nullable Duration timeLimit,
    @Nullable Origin source,
    RowWeights weights,
    Scoring scoring,
    int threads,
    @Nullable Dataset validation,
    @Nullable Folds folds) {

  /// What it comes before in the queue.
  Priority priority() {
    return spec.priority() == null ? Priority.NORMAL : spec.priority();
  }

  Dataset dataset() {
    return lease.dataset();
  }

  ExampleRows trainingRows() {
    return ExampleRows.training(dataset(), split, weights);
  }

  ExampleRows validationRows() {
    return ExampleRows.validation(dataset(), split, weights, validation);
  }

  /// Where the training starts.
  Parameters startingParameters() {
    if (source != null) {
      Parameters copy = new Parameters(network); // whose dropout may be another
      copy.copyFrom(source.parameters());
      return copy;
    }
    return initialParameters == null
        ? initializer.initialize(network, training.seed())
        : initialParameters;
  }

  /// Measures parameters with the rows of this job.
  Evaluation evaluation(Parameters parameters, Products products) {
    return new Evaluation(
        parameters,
        training.loss(),
        preprocessor.target(),
        Math.min(Evaluation.ROWS, rows()),
        products);
  }

  /// The same training of other rows of the data set.
  PreparedJob of(
      Split rows,
      Preprocessor fitted,
      NetworkSpec shape,
      RowWeights weightsOfRows,
      Scoring inUnits) {
    return new PreparedJob(
        spec,
        name,
        task,
        lease,
        rows,
        fitted,
        shape,
        initializer,
        initialParameters,
        training,
        timeLimit,
        source,
        weightsOfRows,
        inUnits,
        threads,
        null,
        null);
  }

  /// The same job under other settings.
  PreparedJob with(JobCourse.Leg leg) {
    return new PreparedJob(
        leg.spec(),
        name,
        task,
        lease,
        split,
        preprocessor,
        network,
        initializer,
        initialParameters,
        leg.training(),
        leg.timeLimit(),
        source,
        weights,
        scoring,
        threads,
        validation,
        folds);
  }

  /// The same training once more: it ends after as many epochs as it went through, whatever ended
  /// it then, and no folds are measured.
  PreparedJob again(int epochs) {
    return new PreparedJob(
        spec,
        name,
        task,
        lease,
        split,
        preprocessor,
        network,
        initializer,
        initialParameters,
        training.withEpochs(epochs),
        null,
        source,
        weights,
        scoring,
        threads,
        validation,
        null);
  }

  /// How many rows it trains and validates with.
  int rows() {
    return trainingRows().count() + validationRows().count();
  }
}
