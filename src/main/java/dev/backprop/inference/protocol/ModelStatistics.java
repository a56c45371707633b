package dev.backprop.inference.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/// The counts of one version, in the words of the statistics extension.
///
/// @param lastInference milliseconds since the epoch, 0 where there was none
/// @param inferenceCount rows
/// @param executionCount requests that were answered
/// @param batchStats by rows of a request
record ModelStatistics(
    String name,
    String version,
    @JsonProperty("last_inference") long lastInference,
    @JsonProperty("inference_count") long inferenceCount,
    @JsonProperty("execution_count") long executionCount,
    @JsonProperty("inference_stats") Inference inferenceStats,
    @JsonProperty("batch_stats") List<Batch> batchStats) {

  /// How often, and nanoseconds altogether.
  @Schema(name = "StatisticsDuration")
  record Duration(long count, long ns) {}

  /// All inferences; nothing waits in a queue.
  @Schema(name = "StatisticsOfInference")
  record Inference(
      Duration success,
      Duration fail,
      Duration queue,
      @JsonProperty("compute_input") Duration computeInput,
      @JsonProperty("compute_infer") Duration computeInfer,
      @JsonProperty("compute_output") Duration computeOutput) {}

  /// Inferences of one size.
  @Schema(name = "StatisticsOfBatch")
  record Batch(
      @JsonProperty("batch_size") int batchSize,
      @JsonProperty("compute_input") Duration computeInput,
      @JsonProperty("compute_infer") Duration computeInfer,
      @JsonProperty("compute_output") Duration computeOutput) {}
}
