package dev.backprop.job;

import dev.backprop.core.linalg.Blas;
import dev.backprop.core.linalg.PlainBlas;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Plain products behind a gate, so that a test can hold a training in the midst of a mini-batch,
/// or let it fail there.
final class GatedBlas implements Blas {

  private static final int OPEN = 1 << 30;

  private final Blas plain = new PlainBlas();
  private final Semaphore permits = new Semaphore(OPEN);
  private final AtomicInteger products = new AtomicInteger();
  private volatile @Nullable Throwable failure;

  @Override
  public void multiply(Tile tile, float[] a, float[] b, float[] c) {
    products.incrementAndGet();
    permits.acquireUninterruptibly();
    switch (failure) {
      case null -> plain.multiply(tile, a, b, c);
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new AssertionError(failure);
    }
  }

  @Override
  public String description() {
    return "gated";
  }

  /// Lets so many products pass and holds up the next.
  void shutAfter(int products) {
    permits.drainPermits();
    permits.release(products);
  }

  void open() {
    permits.drainPermits();
    permits.release(OPEN);
  }

  /// Every product fails from now on; null for none.
  void failWith(@Nullable Throwable newFailure) {
    if (newFailure != null) {
      newFailure.setStackTrace(new StackTraceElement[0]); // the log of a test is to be read
    }
    failure = newFailure;
  }

  /// Products begun so far.
  int products() {
    return products.get();
  }
}
