package dev.backprop.bench.peers;

import java.io.IOException;

/// Times a training of a contestant in Java.
public final class Contest {

  private Contest() {}

  /// One training from the start.
  @FunctionalInterface
  public interface Training {

    /// The mean loss of the last epoch.
    double train() throws IOException;
  }

  /// Trains as often as the workload says and prints "RESULT", the seconds of the fastest, and its
  /// loss.
  public static void run(Workload workload, Training training) throws IOException {
    double fastest = Double.MAX_VALUE;
    double loss = Double.NaN;
    for (int i = 0; i < workload.repeats(); i++) {
      long start = System.nanoTime();
      loss = training.train();
      fastest = Math.min(fastest, (System.nanoTime() - start) / 1e9);
    }
    System.out.println("RESULT " + fastest + " " + loss);
  }
}
