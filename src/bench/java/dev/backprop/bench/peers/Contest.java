package dev.backprop.bench.peers;

import java.io.IOException;

/// Times a training of a contestant in Java.
public final class Contest {

  /// A compiler has come to its end by then, though it shares the one core with the training.
  private static final double LEAST_SECONDS = 3;

  private Contest() {}

  /// One training from the start.
  @FunctionalInterface
  public interface Training {

    /// Trains and says when the last epoch ended.
    End train() throws IOException;
  }

  /// The end of a training.
  ///
  /// @param loss mean of the last epoch
  /// @param at by the system's nanoseconds
  public record End(double loss, long at) {

    /// An end at this moment.
    public static End now(double loss) {
      return new End(loss, System.nanoTime());
    }
  }

  /// Trains as often as the workload says, longer if that takes less than 3 s, and prints "RESULT",
  /// the seconds of the fastest, and its loss.
  public static void run(Workload workload, Training training) throws IOException {
    double fastest = Double.MAX_VALUE;
    double loss = Double.NaN;
    long begin = System.nanoTime();
    for (int i = 0; i < workload.repeats() || secondsSince(begin) < LEAST_SECONDS; i++) {
      long start = System.nanoTime();
      End end = training.train();
      fastest = Math.min(fastest, (end.at() - start) / 1e9);
      loss = end.loss();
    }
    System.out.println("RESULT " + fastest + " " + loss);
  }

  private static double secondsSince(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }
}
