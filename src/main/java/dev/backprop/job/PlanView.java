package dev.backprop.job;

import dev.backprop.model.spec.JobSpec;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a job would be, as the API shows it.
@Schema(name = "Plan", description = "What a job would be, measured without training it")
record PlanView(
    @Schema(
            description =
                "What would be trained, every default filled in. `dataset` is null for data that"
                    + " were sent along: they are not kept.")
        JobSpec spec,
    @Schema(description = "The columns of the data set as they were read or inferred")
        List<PlannedColumn> columns,
    @Schema(
            description = "The inputs of the network, in their order",
            example = "[\"petal_length\", \"color=red\"]")
        List<String> inputs,
    @Schema(description = "Training rows", example = "120") int trainingRows,
    @Schema(description = "Validation rows", example = "30") int validationRows,
    @Schema(description = "How many numbers the network would learn", example = "259")
        long parameterCount,
    @Schema(
            description =
                "Memory that the training needs beside the data set: parameters, the optimizer's"
                    + " numbers, encoded rows and what a batch leaves in each layer. It is what"
                    + " backprop.jobs.max-memory limits.",
            example = "48312")
        long memoryBytes,
    @Schema(
            description =
                "Measured now: the mean time of a step, over up to 16 mini-batches of this job that"
                    + " are trained again and again for 0.8 s, times the steps of an epoch; what an"
                    + " epoch does beside them; and the time of up to 256 validation rows, measured"
                    + " for 0.2 s, times their number. Other jobs of the server slow it down as they"
                    + " slow down a training. Null if too little memory is free to measure it.",
            example = "0.0021")
        @Nullable Double secondsPerEpoch,
    @Schema(
            description =
                "Of all epochs, if neither a loss nor the time limit ends them before, with those of"
                    + " the trainings without each fold where there are folds",
            example = "0.42")
        @Nullable Double seconds,
    @Schema(
            description =
                "When a worker would be free at the latest if the job were posted now, see"
                    + " `estimatedStart` of a job; null as long as nothing has been measured")
        @Nullable Instant estimatedStart,
    @Schema(description = "All epochs or the time limit later; null if the start or the time is")
        @Nullable Instant estimatedFinish,
    Baselines baselines) {

  @Schema(
      name = "Baselines",
      description =
          "What the network has to beat. Baselines learn from up to 10,000 of the training rows,"
              + " spread evenly, and are measured on as many of the rows below.")
  record Baselines(
      @Schema(description = "Validation rows, or training rows if there are none") Rows measuredOn,
      @Schema(example = "30") int rows,
      List<Baseline> scores) {}

  @Schema(
      name = "Baseline",
      description =
          "`majorityClass` gives each class its share of the training rows, `mean` each target its"
              + " mean. `linearModel` is a network without hidden layer, by up to 100 steps of"
              + " L-BFGS within a second: softmax or logistic regression, or least squares; it is"
              + " left out if it had more than 250,000 parameters.")
  record Baseline(
      BaselineName name,
      @Schema(
              description = "The metrics that the model of the job would have",
              example = "{\"accuracy\": 0.3333}")
          Map<String, Double> metrics) {}

  /// A predictor that costs next to nothing.
  enum BaselineName {
    /// A constant: the shares of the classes.
    MAJORITY_CLASS,
    /// A constant: the means of the targets.
    MEAN,
    /// A network without hidden layer.
    LINEAR_MODEL
  }

  /// Which rows.
  enum Rows {
    /// Those to measure with.
    VALIDATION,
    /// Those to train with.
    TRAINING
  }
}
