package dev.backprop.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The workers: a fixed number of platform threads, and a queue of fixed length before them.
///
/// Guarantees: never more runs at once than workers, in the order of submission; a run beyond the
/// queue's length is refused at once. Runs that were paused and have only to end, which takes no
/// longer than to measure a model, do not wait for a worker: there is one thread more for them.
final class TrainingPool implements RunQueue {

  private static final Duration IDLE = Duration.ofSeconds(1);

  private final ThreadPoolExecutor executor;
  private final ThreadPoolExecutor ending;

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
    ending =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE.toNanos(),
            TimeUnit.NANOSECONDS,
            new LinkedBlockingQueue<>(), // no longer than the jobs that may be paused
            run -> new Thread(run, "training-end"));
    ending.allowCoreThreadTimeOut(true);
  }

  /// Queues a run.
  ///
  /// @return false if the queue is full or the pool is shut down
  @Override
  public boolean offer(TrainingRun run) {
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
  @Override
  public boolean remove(TrainingRun run) {
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

  /// Ends a run that is in nobody's hands and was told to stop.
  void end(TrainingRun run) {
    try {
      ending.execute(run);
    } catch (RejectedExecutionException _) {
      run.run(); // the server is shutting down, and nobody else would
    }
  }

  /// Takes no more runs. Those that wait still begin, unless they are removed.
  void close() {
    executor.shutdown();
  }

  /// Waits for the workers after [#close].
  ///
  /// @return whether all runs ended in time
  boolean awaitEnd(Duration timeout) throws InterruptedException {
    ending.shutdown();
    long end = System.nanoTime() + timeout.toNanos();
    return ending.awaitTermination(timeout.toNanos(), TimeUnit.NANOSECONDS)
        && executor.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
  }
}
