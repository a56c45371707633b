package dev.backprop.job;

import dev.backprop.model.spec.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The workers: a fixed number of platform threads, and a queue of bounded length before them.
///
/// Guarantees:
/// - never more runs at once than workers, in the order of the [FairQueue];
/// - the runs at work need together no more than the memory there is, by their estimates; one that
///   alone needs more is at work alone;
/// - the first in line that needs more memory than is left waits for it, and all others behind it:
///   none is overtaken for ever by smaller ones. A worker has nothing to do meanwhile;
/// - a run beyond the queue's length, or beyond what one caller may have of it, is refused at once;
/// - runs that were paused and have only to end, which takes no longer than to measure a model,
///   wait neither for a worker nor for memory, which they have: there is one thread more for them;
/// - a worker outlives whatever a run ends with.
///
/// Its lock comes after that of a job, which asks it for its run within its own: whatever is called
/// with the lock held must not lock a job.
final class TrainingPool implements RunQueue {

  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Logger log = LoggerFactory.getLogger(TrainingPool.class);

  /// Costs are asked for again when the speed has changed by so much.
  private static final double ANOTHER_SPEED = 0.1;

  private final Limits limits;
  private final Speed speed;
  private final LongSupplier nanoTime;
  private final List<Thread> threads = new ArrayList<>();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // guarded by the lock
  private final FairQueue<TrainingRun> queue = new FairQueue<>(this::seconds);
  private final IdentityHashMap<Job, TrainingRun> waiting = new IdentityHashMap<>();
  private final List<TrainingRun> running = new ArrayList<>();
  private long runningBytes;
  private double speedOfCosts = 1;
  private boolean closed;

  private final ThreadPoolExecutor ending;

  /// What there is for runs.
  ///
  /// @param workers runs at once
  /// @param queue runs that may wait
  /// @param ofOneCaller of which one caller may have so many
  /// @param memory bytes for the runs at work
  record Limits(int workers, int queue, int ofOneCaller, long memory) {

    /// As configured; where there are several callers, one may have half of the queue.
    static Limits of(JobProperties properties, int callers) {
      int queue = properties.queueCapacity();
      return new Limits(
          properties.workerThreads(),
          queue,
          callers > 1 ? (queue + 1) / 2 : queue,
          properties.maxRunningMemory().bytes());
    }
  }

  /// Starts the workers.
  ///
  /// @param speed learns from each run
  /// @param nanoTime measures durations, as [System#nanoTime] does
  TrainingPool(Limits limits, Speed speed, LongSupplier nanoTime) {
    this.limits = limits;
    this.speed = speed;
    this.nanoTime = nanoTime;
    for (int number = 1; number <= limits.workers(); number++) {
      threads.add(thread(this::work, "training-" + number));
    }
    ending =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE.toNanos(),
            TimeUnit.NANOSECONDS,
            new LinkedBlockingQueue<>(), // no longer than the jobs that may be paused
            run -> thread(run, "training-end"));
    ending.allowCoreThreadTimeOut(true);
    threads.forEach(Thread::start);
  }

  /// Queues a run.
  ///
  /// @return false if the queue, or the caller's share of it, is full or the pool is closed
  @Override
  public boolean offer(TrainingRun run) {
    return locked(
        () -> {
          if (closed
              || queue.size() >= limits.queue()
              || queue.size(run.caller()) >= limits.ofOneCaller()) {
            return false;
          }
          queue.add(run);
          waiting.put(run.job(), run);
          changed.signalAll();
          return true;
        });
  }

  /// Takes a run out of the queue.
  ///
  /// @return false if a worker has it already
  @Override
  public boolean remove(TrainingRun run) {
    return locked(
        () -> {
          waiting.remove(run.job());
          changed.signalAll(); // the next one may need less memory
          return queue.remove(run);
        });
  }

  /// Takes up that a run has another cost now, if it waits.
  void renewCost(TrainingRun run) {
    locked(
        () -> {
          boolean waits = queue.contains(run);
          if (waits) {
            queue.renewCost(run);
          }
          return waits;
        });
  }

  /// What has to happen before a run begins.
  ///
  /// @param before the runs that have their turn before it, and their estimated seconds
  /// @param running those that a worker has
  record Line(FairQueue.Before before, List<TrainingRun> running) {}

  /// What is before the run of a job; null if it does not wait.
  @Nullable Line line(Job job) {
    return locked(
        () -> {
          renewCosts();
          TrainingRun run = waiting.get(job);
          return run == null ? null : new Line(queue.before(run), List.copyOf(running));
        });
  }

  /// What would be before a run that were offered now.
  Line lineOfNew(String caller, Priority priority) {
    return locked(
        () -> {
          renewCosts();
          return new Line(queue.beforeNew(caller, priority), List.copyOf(running));
        });
  }

  private <T extends @Nullable Object> T locked(Supplier<T> question) {
    lock.lock();
    try {
      return question.get();
    } finally {
      lock.unlock();
    }
  }

  private void renewCosts() {
    Double now = speed.perSecond();
    if (now != null && Math.abs(now / speedOfCosts - 1) > ANOTHER_SPEED) {
      speedOfCosts = now;
      queue.renewCosts();
    }
  }

  private double seconds(TrainingRun run) {
    return run.secondsLeft(speedOfCosts);
  }

  Limits limits() {
    return limits;
  }

  int workers() {
    return limits.workers();
  }

  /// The runs that workers have.
  List<TrainingRun> runs() {
    return locked(() -> List.copyOf(running));
  }

  int running() {
    return runs().size();
  }

  /// The memory that the runs at work need, by their estimates.
  long runningBytes() {
    return locked(() -> runningBytes);
  }

  /// How many runs wait.
  int waiting() {
    return locked(() -> queue.size());
  }

  /// How many runs of a caller wait.
  int waiting(String caller) {
    return locked(() -> queue.size(caller));
  }

  boolean isShutdown() {
    return locked(() -> closed);
  }

  /// Ends a run that is in nobody's hands and was told to stop.
  void end(TrainingRun run) {
    try {
      ending.execute(run);
    } catch (RejectedExecutionException _) {
      run.run(); // the server is shutting down, and nobody else would
    }
  }

  /// Takes no more runs. Those that wait no longer begin, and are there to be removed.
  void close() {
    locked(
        () -> {
          closed = true;
          changed.signalAll();
          return closed;
        });
  }

  /// Waits for the workers after [#close].
  ///
  /// @return whether all runs ended in time
  boolean awaitEnd(Duration timeout) throws InterruptedException {
    ending.shutdown();
    long end = System.nanoTime() + timeout.toNanos();
    for (Thread thread : threads) {
      TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, end - System.nanoTime()));
    }
    return ending.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS)
        && threads.stream().noneMatch(Thread::isAlive);
  }

  private static Thread thread(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true); // a server whose start fails must end; the shutdown waits for them
    return thread;
  }

  private void work() {
    boolean goesOn = true;
    while (goesOn) {
      try {
        goesOn = runNext();
      } catch (Throwable e) {
        report(e);
      }
    }
  }

  private static void report(Throwable failure) {
    try {
      log.error("A run ended with what it should have caught", failure);
    } catch (Throwable _) {
      // such as for want of memory: then nobody can be told, and the worker goes on
    }
  }

  /// Waits for a run and does it.
  ///
  /// @return false when there will be none any more
  private boolean runNext() {
    TrainingRun run = take();
    if (run == null) {
      return false;
    }
    try {
      run(run);
    } finally {
      ended(run);
    }
    return true;
  }

  /// Measures by what part of the job is done afterwards: it may have begun before, and may pause
  /// or end before its last epoch.
  private void run(TrainingRun run) {
    double done = run.operationsDone();
    long start = nanoTime.getAsLong();
    run.run();
    double seconds = (nanoTime.getAsLong() - start) / 1e9;
    speed.measured(run.operationsDone() - done, seconds);
  }

  /// Waits for the next run whose memory is free.
  ///
  /// @return null when there will be none any more
  private @Nullable TrainingRun take() {
    lock.lock();
    try {
      while (!closed && !isFirstWelcome()) {
        changed.awaitUninterruptibly();
      }
      if (closed) {
        return null;
      }
      TrainingRun first = queue.first();
      queue.takeFirst();
      waiting.remove(first.job());
      running.add(first);
      runningBytes += first.memory();
      return first;
    } finally {
      lock.unlock();
    }
  }

  private boolean isFirstWelcome() {
    return !queue.isEmpty()
        && (running.isEmpty() || runningBytes + queue.first().memory() <= limits.memory());
  }

  private void ended(TrainingRun run) {
    lock.lock();
    try {
      running.remove(run); // once: after a pause another worker may have it already
      runningBytes -= run.memory();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
