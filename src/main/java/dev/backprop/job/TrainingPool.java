package dev.backprop.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The workers: a fixed number of platform threads, and a queue of fixed length before them.
///
/// Guarantees: never more runs at once than workers, in the order of submission; a run beyond the
/// queue's length is refused at once.
final class TrainingPool {

  private final ThreadPoolExecutor executor;

  TrainingPool(int workers, int queueCapacity) {
    AtomicInteger number = new AtomicInteger();
    executor =
        new ThreadPoolExecutor(
            workers,
            workers,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queueCapacity),
            run -> new Thread(run, "training-" + number.incrementAndGet()));
  }

  /// Queues a run.
  ///
  /// @return false if the queue is full or the pool is shut down
  boolean offer(TrainingRun run) {
    try {
      executor.execute(run);
      return true;
    } catch (RejectedExecutionException _) {
      return false;
    }
  }

  /// Takes a run out of the queue.
  ///
  /// @return false if a worker has it already
  boolean remove(TrainingRun run) {
    return executor.remove(run);
  }

  /// The runs that wait, the next one first.
  List<TrainingRun> queued() {
    List<TrainingRun> runs = new ArrayList<>();
    for (Runnable run : executor.getQueue()) {
      runs.add((TrainingRun) run);
    }
    return runs;
  }

  int workers() {
    return executor.getMaximumPoolSize();
  }

  int running() {
    return executor.getActiveCount();
  }

  boolean isShutdown() {
    return executor.isShutdown();
  }

  /// Takes no more runs and gives back those that have not begun.
  List<TrainingRun> close() {
    executor.shutdown();
    List<TrainingRun> waiting = queued();
    waiting.removeIf(run -> !executor.remove(run));
    return waiting;
  }

  /// Waits for the workers after [#close].
  ///
  /// @return whether all runs ended in time
  boolean awaitEnd(Duration timeout) throws InterruptedException {
    return executor.awaitTermination(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }
}
