package dev.backprop.job;

import java.util.Arrays;

/// How long the same thing took again and again.
final class Laps {

  private long[] nanos = new long[64];
  private int count;

  int count() {
    return count;
  }

  void add(long nanosOfLap) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = nanosOfLap;
  }

  /// Seconds of a lap: the mean of the later half, because the first run in code that is not
  /// compiled yet. A mean, because what interrupts some laps makes all of them last as long
  /// together as it does. 0 without any.
  double seconds() {
    return Arrays.stream(nanos, count / 2, count).average().orElse(0) / 1e9;
  }
}
