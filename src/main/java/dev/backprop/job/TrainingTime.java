package dev.backprop.job;

import java.util.function.LongSupplier;

/// How long a job has trained, without its pauses. For one thread at a time.
final class TrainingTime {

  private final LongSupplier nanoTime;
  private long before;
  private long since;
  private boolean running;

  /// @param nanoTime measures durations, as [System#nanoTime] does
  TrainingTime(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  void start() {
    since = nanoTime.getAsLong();
    running = true;
  }

  void stop() {
    before = nanos();
    running = false;
  }

  /// Nanoseconds so far.
  long nanos() {
    return running ? before + nanoTime.getAsLong() - since : before;
  }
}
