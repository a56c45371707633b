package dev.backprop.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.backprop.core.train.EpochReport;
import dev.backprop.core.train.StopReason;
import dev.backprop.dataset.Dataset;
import dev.backprop.job.event.JobEvent;
import dev.backprop.job.event.MetricNames;
import dev.backprop.model.Lineage;
import dev.backprop.model.spec.JobSpec;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A job as the API shows it.
@Schema(name = "Job", description = "A training job and how far it is")
record JobView(
    @Schema(example = "job_01k0example") String id,
    @Schema(description = "The model's name", example = "xor") String name,
    JobStatus status,
    @Schema(description = "Why the training ended; null before it has")
        @Nullable StopReason stopReason,
    Instant createdAt,
    @Schema(
            description =
                "When a worker would be free at the latest, if the jobs that train and those before"
                    + " it take as long as is estimated: those that train at their present speed,"
                    + " those that wait by their work and by how fast this server has trained so"
                    + " far. Later jobs of other callers or of higher priority may still go first,"
                    + " and a large one may have to wait for memory. Null unless it waits, and as"
                    + " long as nothing has been measured")
        @Nullable Instant estimatedStart,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Schema(description = "At the present speed; null unless it trains")
        @Nullable Instant estimatedFinish,
    @Schema(description = "1 for the next job to start; null unless it waits")
        @Nullable Integer queuePosition,
    Progress progress,
    @Schema(description = "The last complete epoch") @Nullable Epoch latest,
    @Schema(
            description =
                "The epoch in which what early stopping watches was best, else the one with the lowest loss, of validation where there is any")
        @Nullable Best best,
    @Schema(description = "What it made") @Nullable ModelLink model,
    @Nullable JobError error,
    @Schema(description = "What was asked for, every default filled in, and changed since")
        JobSpec spec,
    @Schema(description = "The changes on the way; left out where there are none")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<Lineage.Change> changes,
    @Schema(description = "Whose parameters it started from; left out where it started from none")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        Lineage.@Nullable Parent parent,
    DatasetLink dataset,
    @Schema(description = "What validation.dataset names; left out where it names none")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable DatasetLink validationDataset,
    Links links) {

  private static final String METRICS =
      "Those that training.metrics names. With validation rows also"
          + " validationAccuracy and so on, measured after the epoch";

  private static final String METRICS_EXAMPLE = "{\"accuracy\": 0.9833}";

  @Schema(name = "Progress")
  record Progress(
      @Schema(description = "Complete epochs", example = "420") int epoch,
      @Schema(description = "Epochs asked for", example = "10000") int epochs,
      @Schema(example = "0.042") double fraction,
      @Schema(description = "Training rows a second", example = "812345.0")
          @Nullable Double samplesPerSecond,
      @Schema(
              description =
                  "Of a cross-validation the fold that is trained without, counted from 1; left out"
                      + " until the model is trained",
              example = "2")
          @JsonInclude(JsonInclude.Include.NON_NULL)
          @Nullable Integer fold) {}

  @Schema(name = "Epoch")
  record Epoch(
      @Schema(example = "420") int epoch,
      @Schema(example = "0.24") double trainingLoss,
      @Nullable Double validationLoss,
      @Schema(example = "0.2") double learningRate,
      @Schema(description = METRICS, example = METRICS_EXAMPLE) Map<String, Double> metrics) {

    static @Nullable Epoch of(@Nullable EpochReport report) {
      return report == null
          ? null
          : new Epoch(
              report.epoch(),
              report.trainingLoss(),
              report.validationLoss(),
              report.learningRate(),
              MetricNames.of(report));
    }
  }

  @Schema(name = "BestEpoch")
  record Best(
      @Schema(example = "420") int epoch,
      @Schema(example = "0.24") double trainingLoss,
      @Nullable Double validationLoss,
      @Schema(description = METRICS, example = METRICS_EXAMPLE) Map<String, Double> metrics) {

    static @Nullable Best of(@Nullable EpochReport report) {
      return report == null
          ? null
          : new Best(
              report.epoch(),
              report.trainingLoss(),
              report.validationLoss(),
              MetricNames.of(report));
    }
  }

  @Schema(name = "ModelLink")
  record ModelLink(@Schema(example = "xor") String name, @Schema(example = "1") int version) {}

  @Schema(name = "DatasetLink")
  record DatasetLink(@Schema(example = "ds_01k0example") String id, String sha256) {

    static DatasetLink of(Dataset dataset) {
      return new DatasetLink(dataset.id(), dataset.sha256());
    }
  }

  /// The model of a job as the last event of its log has it.
  static JobEvent.@Nullable MadeModel made(Job.@Nullable ModelReference model) {
    return model == null
        ? null
        : new JobEvent.MadeModel(model.name(), model.version(), Links.address(model));
  }

  /// The error of a job as the last event of its log has it.
  static JobEvent.@Nullable Failure failure(@Nullable JobError error) {
    return error == null ? null : new JobEvent.Failure(error.code(), error.detail());
  }

  @Schema(name = "JobLinks", description = "Where to go from here")
  record Links(
      String self,
      String loss,
      @Schema(description = "Its events, as JSON or live as text/event-stream") String events,
      @Nullable String model,
      @Nullable String predict) {

    static Links of(String id, Job.@Nullable ModelReference model) {
      String self = "/api/v1/jobs/" + id;
      String version = model == null ? null : address(model);
      return new Links(
          self,
          self + "/loss",
          self + "/events",
          version,
          version == null ? null : version + "/predict");
    }

    private static String address(Job.ModelReference model) {
      return "/api/v1/models/" + model.name() + "/versions/" + model.version();
    }
  }
}
