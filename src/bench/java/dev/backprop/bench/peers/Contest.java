package dev.backprop.bench.peers;

import java.io.IOException;

/// Times a training of a contestant in Java.
public final class Contest {

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

  /// Trains as often as the workload says and prints "RESULT", the seconds of the fastest, and its
  /// loss.
  public static void run(Workload workload, Training training) throws IOException {
    double fastest = Double.MAX_VALUE;
    double loss = Double.NaN;
    for (int i = 0; i < workload.repeats(); i++) {
      long start = System.nanoTime();
      End end = training.train();
      fastest = Math.min(fastest, (end.at() - start) / 1e9);
      loss = end.loss();
    }
    System.out.println("RESULT " + fastest + " " + loss);
  }
}
