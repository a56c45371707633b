package dev.backprop.job;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A thread that works on what it is called to. Between two calls it looks out for the next for a
/// while before it sleeps, because to wake a thread takes as long as a small product.
final class Helper {

  /// Some 100 µs, longer than most steps compute between two products that are worth sharing. It
  /// yields meanwhile, because on a busy machine the job may wait for the same core.
  private static final int LOOKS = 200;

  /// In place of tasks, while it works on them.
  private static final SharedTasks AT_WORK = new SharedTasks(0, _ -> {});

  private final AtomicReference<@Nullable SharedTasks> call = new AtomicReference<>();
  private final Thread thread;
  private volatile boolean asleep;
  private volatile boolean closed;

  /// Starts the thread.
  Helper(String name) {
    thread = new Thread(this::run, name);
    thread.setDaemon(true);
    thread.start();
  }

  /// Calls it to tasks.
  ///
  /// @return whether it was free; if so, [#dismiss] is next
  boolean call(SharedTasks tasks) {
    tasks.join();
    if (closed || !call.compareAndSet(null, tasks)) {
      tasks.leave();
      return false;
    }
    if (asleep) {
      LockSupport.unpark(thread);
    }
    return true;
  }

  /// Takes a call back, if the helper has not begun.
  void dismiss(SharedTasks tasks) {
    if (call.compareAndSet(tasks, null)) {
      tasks.leave();
    }
  }

  /// Ends the thread after the tasks that it is at.
  void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  /// Whether the thread has not ended.
  boolean isAlive() {
    return thread.isAlive();
  }

  @SuppressWarnings("ThreadPriorityCheck") // only time depends on the scheduler
  private void run() {
    int idle = 0;
    while (!closed) {
      SharedTasks tasks = call.get();
      if (tasks != null && call.compareAndSet(tasks, AT_WORK)) {
        tasks.work();
        call.set(null);
        tasks.leave();
        idle = 0;
      } else if (idle++ < LOOKS) {
        Thread.yield();
      } else {
        sleep();
        idle = 0;
      }
    }
  }

  private void sleep() {
    asleep = true;
    if (call.get() == null && !closed) {
      LockSupport.park(this);
    }
    asleep = false;
  }
}
