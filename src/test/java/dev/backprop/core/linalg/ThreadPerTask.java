package dev.backprop.core.linalg;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/// As many threads as it is made with, new ones for each call, of which each takes the last task
/// that is left.
public final class ThreadPerTask implements Workers {

  private final int threads;
  private final AtomicInteger shared = new AtomicInteger();

  /// Workers on so many threads.
  public ThreadPerTask(int threads) {
    this.threads = threads;
  }

  /// How often there was more than one task.
  public int shared() {
    return shared.get();
  }

  @Override
  public void forEach(int count, IntConsumer task) {
    if (count > 1) {
      shared.incrementAndGet();
    }
    AtomicInteger left = new AtomicInteger(count);
    List<Thread> started = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      started.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int t = left.decrementAndGet(); t >= 0; t = left.decrementAndGet()) {
                      task.accept(t);
                    }
                  }));
    }
    for (Thread thread : started) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
