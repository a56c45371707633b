package dev.backprop.job;

import dev.backprop.dataset.MemoryLimit;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// The training pool and the limits of a job.
///
/// @param workers threads that train, by default one less than there are cores, so that predictions
///   keep one
/// @param queueCapacity jobs that may wait; one more is refused with 429; where there are several
///   API keys, one may have half of the places
/// @param maxParameters numbers that a network may have
/// @param maxEpochs epochs that a job may ask for
/// @param maxWork floating-point operations of a job: 6 for each parameter, row and epoch, times
///   the evaluations of a step that lbfgs may need
/// @param maxMemory memory that one training may need: a size or a share of the heap
/// @param curvePoints points of the loss curve that are kept for a job
/// @param retained finished jobs that are kept, the newest
/// @param maxHistoryMemory memory for the loss curves of all jobs; the oldest finished jobs beyond
///   it are forgotten: a size or a share of the heap
/// @param maxWait the longest that a request may wait for the end of its job
/// @param shutdownGrace how long the server waits for running jobs to end as it shuts down
/// @param maxThreads threads that a job may ask for
/// @param threads that running jobs have together, by default as many as there are cores: what the
///   jobs themselves leave of them helps those that ask for more than one
/// @param maxPaused jobs that may be paused, or wait to go on after a pause, at once
/// @param maxPausedMemory memory that these may keep together, beside that of running jobs: a size
///   or a share of the heap
/// @param maxRunningMemory memory that running jobs may need together, by their estimates; the next
///   one waits for it: a size or a share of the heap
@Validated
@ConfigurationProperties("backprop.jobs")
public record JobProperties(
    @Positive @Nullable Integer workers,
    @DefaultValue("100") @Positive int queueCapacity,
    @DefaultValue("25000000") @Positive int maxParameters,
    @DefaultValue("10000000") @Positive int maxEpochs,
    @DefaultValue("1e16") @Positive double maxWork,
    @DefaultValue("50%") MemoryLimit maxMemory,
    @DefaultValue("20000") @Min(100) int curvePoints,
    @DefaultValue("1000") @Positive int retained,
    @DefaultValue("10%") MemoryLimit maxHistoryMemory,
    @DefaultValue("60s") @DurationMin(seconds = 0) Duration maxWait,
    @DefaultValue("15s") @DurationMin(seconds = 0) Duration shutdownGrace,
    @DefaultValue("64") @Positive int maxThreads,
    @Positive @Nullable Integer threads,
    @DefaultValue("10") @PositiveOrZero int maxPaused,
    @DefaultValue("25%") MemoryLimit maxPausedMemory,
    @DefaultValue("50%") MemoryLimit maxRunningMemory) {

  /// Threads that train.
  public int workerThreads() {
    return workers == null ? workers(Runtime.getRuntime().availableProcessors()) : workers;
  }

  /// All cores but one.
  static int workers(int cores) {
    return Math.max(1, cores - 1);
  }

  /// Threads that running jobs have together.
  public int allThreads() {
    return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
  }
}
