package dev.backprop.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.backprop.core.train.Mode;
import dev.backprop.core.train.Watched;
import dev.backprop.model.spec.JobSpec;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonSerialize;

/// A search: a job, and what to vary in it.
///
/// @param name the model's name; the best trial becomes its next version
/// @param job what each trial is, but for the fields of the space; a job that could be posted
/// @param space the fields to vary by their JSON Pointers into the job
/// @param parallel trials that wait or train at the same time
record SearchSpec(
    @Schema(
            description =
                "The model's name: the best trial becomes its next version. By default that of the"
                    + " job or its data set.",
            example = "iris")
        @Pattern(regexp = JobSpec.NAME, message = JobSpec.NAME_RULE)
        @Nullable String name,
    @Schema(
            description =
                "A job as POST /api/v1/jobs takes it, with a `validation`: what each trial is, but"
                    + " for the fields of the space")
        @JsonSerialize(using = JobJson.Writer.class)
        @NotNull(message = "a job is needed, as POST /api/v1/jobs takes it")
        @Valid
        @Nullable JobSpec job,
    @Schema(
            description =
                "The fields to vary, 1 to 16, each by its JSON Pointer (RFC 6901) into the job. A"
                    + " field that the job leaves out is added.",
            example =
                "{\"/training/optimizer/learningRate\": {\"type\": \"logUniform\", \"min\": 0.0001,"
                    + " \"max\": 0.1}}")
        @NotNull(message = "the fields to vary are needed, each by its JSON Pointer into the job")
        @Size(min = 1, max = SearchSpec.MAX_DIMENSIONS, message = "takes 1 to 16 fields")
        @Nullable Map<String, @Valid @Nullable SearchDimension> space,
    @Schema(description = "Which points of the space are tried. By default random.") @Valid
        @Nullable SearchStrategy strategy,
    @Schema(
            description =
                "What the trials are ranked by: the loss or a metric of the validation rows, as"
                    + " the model of a trial has it; with folds the mean over them. By default"
                    + " validationLoss.")
        @Nullable Watched metric,
    @Schema(
            description =
                "Which numbers are better: min for lower ones, max for higher ones. By default as"
                    + " for early stopping.")
        @Nullable Mode mode,
    @Schema(description = "When it ends. By default after 20 trials, or all of a grid.") @Valid
        @Nullable Budget budget,
    @Schema(
            description =
                "Seed of the points that are drawn. Trials train with the job's own seed.",
            defaultValue = "42")
        @Nullable Long seed,
    @Schema(
            description =
                "How many trials wait or train at the same time; at least 1, and never more than"
                    + " there are workers. By default as many as there are workers.",
            example = "2")
        @Min(value = 1, message = "at least 1")
        @Nullable Integer parallel) {

  /// No space has more dimensions.
  static final int MAX_DIMENSIONS = 16;

  /// The seed where none is given.
  static final long DEFAULT_SEED = 42;

  /// When a search ends.
  @Schema(name = "SearchBudget", description = "Whichever is spent first")
  record Budget(
      @Schema(
              description =
                  "Points of the space that are tried; at least 1, at most"
                      + " backprop.searches.max-trials. By default 20, or all of a grid.",
              example = "20")
          @Min(value = 1, message = "at least 1")
          @Nullable Integer trials,
      @Schema(
              description =
                  "Seconds from its start; from 0.001 to 1e9. Trials that train then are stopped,"
                      + " and count with what they have learned. By default none.",
              example = "600")
          @DecimalMin(value = "0.001", message = "must be from 0.001 to 1e9")
          @DecimalMax(value = "1e9", message = "must be from 0.001 to 1e9")
          @JsonInclude(JsonInclude.Include.NON_NULL)
          @Nullable Double seconds) {

    static final int DEFAULT_TRIALS = 20;
  }
}
