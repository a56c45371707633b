package dev.backprop.job.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.backprop.core.train.StopReason;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Something that happened to a job, as the API shows it.
@Schema(
    description = "Something that happened to a job; `type` says what",
    oneOf = {
      JobEvent.StatusEvent.class,
      JobEvent.EpochEvent.class,
      JobEvent.CheckpointEvent.class,
      JobEvent.ChangeEvent.class,
      JobEvent.WarningEvent.class,
      JobEvent.DoneEvent.class
    })
@JsonPropertyOrder({"seq", "type", "time"})
public sealed interface JobEvent {

  /// Its number in the log of the job, from 1 on; later events have higher ones.
  long seq();

  /// What it is, as the API names it.
  @JsonProperty
  String type();

  /// When it happened, to the millisecond.
  Instant time();

  /// The job went to another status. The statuses are the job's own, so that they are words here.
  ///
  /// @param stopReason why the training ended; null before it has
  record StatusEvent(
      @Schema(description = SEQ, example = "2") long seq,
      Instant time,
      @Schema(description = "As in the job", example = "running") String status,
      @Schema(description = "Why the training ended; null before it has")
          @Nullable StopReason stopReason)
      implements JobEvent {

    @Override
    @Schema(allowableValues = "status")
    public String type() {
      return "status";
    }
  }

  /// An epoch of the training has ended.
  ///
  /// @param layers from the first hidden one to the output, null where they are not measured
  record EpochEvent(
      @Schema(description = SEQ, example = "422") long seq,
      Instant time,
      @Schema(example = "420") int epoch,
      @Schema(example = "0.24") double trainingLoss,
      @Nullable Double validationLoss,
      @Schema(example = "0.2") double learningRate,
      @Schema(example = "{\"accuracy\": 0.9833}") Map<String, Double> metrics,
      @Schema(description = "Left out unless the job has `layerStatistics`")
          @JsonInclude(JsonInclude.Include.NON_NULL)
          @Nullable List<LayerState> layers)
      implements JobEvent {

    @Override
    @Schema(allowableValues = "epoch")
    public String type() {
      return "epoch";
    }
  }

  /// The best parameters so far are newer.
  record CheckpointEvent(
      @Schema(description = SEQ, example = "423") long seq,
      Instant time,
      @Schema(description = "The epoch that found them", example = "420") int epoch,
      @Schema(example = "0.24") double trainingLoss,
      @Nullable Double validationLoss,
      @Schema(example = "{\"accuracy\": 0.9833}") Map<String, Double> metrics)
      implements JobEvent {

    @Override
    @Schema(allowableValues = "checkpoint")
    public String type() {
      return "checkpoint";
    }
  }

  /// A caller changed settings.
  ///
  /// @param epoch the first epoch that they hold for
  /// @param patch what was changed
  record ChangeEvent(
      @Schema(description = SEQ, example = "424") long seq,
      Instant time,
      @Schema(description = "The first epoch that it holds for", example = "421") int epoch,
      @Schema(
              description = "The JSON Merge Patch (RFC 7396) of the spec",
              example = "{\"training\": {\"optimizer\": {\"learningRate\": 0.1}}}",
              type = "object")
          JsonNode patch)
      implements JobEvent {

    @Override
    @Schema(allowableValues = "change")
    public String type() {
      return "change";
    }
  }

  /// The training goes on, but somebody should have a look.
  ///
  /// @param code a word for programs
  /// @param detail what was seen and what to try
  record WarningEvent(
      @Schema(description = SEQ, example = "425") long seq,
      Instant time,
      @Schema(description = "A word for programs", example = "lossRises") String code,
      @Schema(description = "What was seen, and what to try") String detail)
      implements JobEvent {

    @Override
    @Schema(allowableValues = "warning")
    public String type() {
      return "warning";
    }
  }

  /// The job has ended; nothing comes after this.
  ///
  /// @param stopReason why the training ended, null if a failure ended it
  /// @param model what it made, or null
  /// @param error what went wrong, or null
  record DoneEvent(
      @Schema(description = SEQ, example = "426") long seq,
      Instant time,
      @Schema(example = "succeeded") String status,
      @Nullable StopReason stopReason,
      @Schema(description = "What it made; null without a model") @Nullable MadeModel model,
      @Schema(description = "What went wrong, or null") @Nullable Failure error)
      implements JobEvent {

    @Override
    @Schema(allowableValues = "done")
    public String type() {
      return "done";
    }
  }

  /// The version of a model that a job made.
  ///
  /// @param link its address
  @Schema(name = "MadeModel")
  record MadeModel(
      @Schema(example = "xor") String name,
      @Schema(example = "1") int version,
      @Schema(example = "/api/v1/models/xor/versions/1") String link) {}

  /// Why a job failed.
  ///
  /// @param code a word for programs
  /// @param detail what happened and what to try
  @Schema(name = "Failure")
  record Failure(@Schema(example = "diverged") String code, String detail) {}

  /// What `seq` means, for the OpenAPI document.
  String SEQ = "Its number in the job's log; send it as `after` to go on behind it";
}
