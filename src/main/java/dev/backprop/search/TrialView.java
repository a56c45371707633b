package dev.backprop.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.backprop.job.JobStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A trial as the API shows it.
@Schema(name = "Trial", description = "One point of the space, tried by a job")
record TrialView(
    @Schema(
            description =
                "1 for the best, of those that came to a value; a later rung comes before an"
                    + " earlier one. Null without a value",
            example = "1")
        @Nullable Integer rank,
    @Schema(description = "Counted from 1 as they are begun", example = "3") int trial,
    @Schema(
            description = "The values of the fields by their JSON Pointers into the job",
            example = "{\"/training/optimizer/learningRate\": 0.0123}")
        Map<String, @Nullable Object> values,
    @Schema(description = "Of successive halving, counted from 0; else left out", example = "0")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable Integer rung,
    @Schema(
            description = "Of successive halving, in place of the job's; else left out",
            example = "22")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable Integer epochs,
    @Schema(description = "That of its job") JobStatus status,
    @Schema(
            description = "Of the metric; null before the end and if nothing came of it",
            example = "0.071")
        @Nullable Double value,
    @Schema(description = "What went wrong") @Nullable String error,
    @Schema(
            description =
                "Address of its job, which may be forgotten before the search is; null if it was refused",
            example = "/api/v1/jobs/job_01k0example")
        @Nullable String job) {

  static TrialView of(TrialRecord trial, @Nullable Integer rank) {
    Candidate candidate = trial.candidate();
    boolean halving = candidate.epochs() != null;
    return new TrialView(
        rank,
        candidate.trial(),
        candidate.point().values(),
        halving ? candidate.rung() : null,
        candidate.epochs(),
        trial.statusNow(),
        trial.value(),
        trial.error(),
        trial.job() == null ? null : "/api/v1/jobs/" + trial.job());
  }
}
