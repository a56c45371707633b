package dev.backprop.job;

/// Where runs wait for a worker. Jobs ask it within their locks, so it must not take that of a job.
interface RunQueue {

  /// Queues a run.
  ///
  /// @return false if the queue is full or closed
  boolean offer(TrainingRun run);

  /// Takes a run out of the queue.
  ///
  /// @return false if a worker has it already
  boolean remove(TrainingRun run);
}
