package dev.backprop.job;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Tasks of which every thread that works on them takes the next, until there is none.
final class SharedTasks {

  /// Some 50 µs, after which the others have probably lost their cores.
  private static final int LOOKS = 100;

  private final int count;
  private final IntConsumer task;
  private final Thread owner = Thread.currentThread();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger helping = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /// For the calling thread, which owns them, and helpers.
  SharedTasks(int count, IntConsumer task) {
    this.count = count;
    this.task = task;
  }

  /// Works until no task is left, or one has failed.
  void work() {
    try {
      for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
        task.accept(i);
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
      next.set(count);
    }
  }

  /// Counts a helper in, before it may begin.
  void join() {
    helping.incrementAndGet();
  }

  /// Counts a helper out.
  void leave() {
    if (helping.decrementAndGet() == 0 && Thread.currentThread() != owner) {
      LockSupport.unpark(owner);
    }
  }

  /// Waits until no helper is at work any longer, for the owner.
  ///
  /// @throws RuntimeException the first that a task has thrown, or its Error
  @SuppressWarnings("ThreadPriorityCheck") // only time depends on the scheduler
  void awaitEnd() {
    for (int looks = 0; helping.get() > 0; looks++) {
      if (looks < LOOKS) {
        Thread.yield();
      } else {
        LockSupport.park(this);
      }
    }
    switch (failure.get()) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> {}
    }
  }
}
