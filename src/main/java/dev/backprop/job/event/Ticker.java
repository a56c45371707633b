package dev.backprop.job.event;

import java.util.concurrent.locks.LockSupport;

/// The time that a stream measures and waits for.
interface Ticker {

  /// The Java machine's.
  Ticker SYSTEM =
      new Ticker() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void park(long nanos) {
          LockSupport.parkNanos(nanos);
        }
      };

  /// Now, as [System#nanoTime] has it.
  long nanos();

  /// Waits so long, or until the thread is woken.
  void park(long nanos);
}
