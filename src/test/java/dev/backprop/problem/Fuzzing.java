package dev.backprop.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/// What holds for all that is read from callers, whatever they send.
public final class Fuzzing {

  private Fuzzing() {}

  /// Reads what a caller sent.
  public interface Reading {
    /// Ends, or throws what is wrong.
    void run() throws IOException;
  }

  /// Reads something and holds it to the promise: it ends, or with a problem that is the caller's,
  /// which says what is wrong; and all threads together reserve no more memory than they may.
  ///
  /// What takes too much is read again, because classes that are loaded take memory once.
  ///
  /// @param mostBytes that may be reserved on the heap, freed again or not
  public static void holds(long mostBytes, Reading reading) throws IOException {
    if (reservedBytes(reading) >= mostBytes) {
      assertThat(reservedBytes(reading)).isLessThan(mostBytes);
    }
  }

  private static long reservedBytes(Reading reading) throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getTotalThreadAllocatedBytes();
    try {
      reading.run();
    } catch (ProblemException problem) {
      assertThat(problem.type().status()).isIn(400, 413, 415, 422, 507);
      assertThat(problem.detail()).isNotBlank();
    }
    return threads.getTotalThreadAllocatedBytes() - before;
  }
}
