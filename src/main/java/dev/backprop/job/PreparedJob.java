package dev.backprop.job;

import dev.backprop.core.metric.Scoring;
import dev.backprop.core.nn.Initializer;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Parameters;
import dev.backprop.core.train.TrainingSpec;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.DatasetRepository;
import dev.backprop.dataset.Preprocessor;
import dev.backprop.dataset.Split;
import dev.backprop.model.Model;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.model.spec.Task;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A job with nothing left open: what the worker trains, and what the caller is shown of it.
///
/// @param spec with every default filled in
/// @param name of the model
/// @param task what to learn
/// @param lease keeps the data set while the job needs it
/// @param split training and validation rows
/// @param preprocessor fitted on the training rows
/// @param network its shape
/// @param initializer draws the weights, where no parameters are given
/// @param initialParameters given by the caller, or null
/// @param training how to train
/// @param timeLimit from the start of the training, or null
/// @param source the model whose parameters it starts from, or null; kept here, the model may be
///   deleted meanwhile
/// @param weights how much each row counts
/// @param scoring what each epoch measures beside the loss
/// @param threads that it asks for
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
    @Nullable Model source,
    RowWeights weights,
    Scoring scoring,
    int threads) {

  Dataset dataset() {
    return lease.dataset();
  }
}
