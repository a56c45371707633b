package dev.backprop.job;

import org.jspecify.annotations.Nullable;

/// How fast this server has trained so far: the operations of its trainings over their seconds, the
/// last ones counting most. Safe for use by several threads.
final class Speed {

  /// What a training counts after the next one has ended.
  private static final double KEPT = 0.95;

  private double operations;
  private double seconds;
  private @Nullable Double guess;

  /// Counts what a worker has done.
  synchronized void measured(double newOperations, double newSeconds) {
    if (newOperations > 0 && newSeconds > 0) {
      operations = KEPT * operations + newOperations;
      seconds = KEPT * seconds + newSeconds;
    }
  }

  /// Stands in until something has been measured.
  synchronized void guess(double operationsPerSecond) {
    guess = operationsPerSecond;
  }

  /// Operations a second of one worker; null as long as nothing is known.
  synchronized @Nullable Double perSecond() {
    return isMeasured() ? (Double) (operations / seconds) : guess;
  }

  synchronized boolean isMeasured() {
    return seconds > 0;
  }
}
