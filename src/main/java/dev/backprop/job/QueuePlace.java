package dev.backprop.job;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Where a job stands in the queue.
///
/// @param position 1 for the next one
/// @param estimatedStart see [QueueForecast]; in full seconds, so that it does not change all the
///   time; null if unknown
record QueuePlace(int position, @Nullable Instant estimatedStart) {

  /// Rounds the time up.
  static QueuePlace of(int position, @Nullable Instant start) {
    return new QueuePlace(position, start == null ? null : roundUp(start));
  }

  private static Instant roundUp(Instant start) {
    Instant whole = start.truncatedTo(ChronoUnit.SECONDS);
    return whole.equals(start) ? start : whole.plusSeconds(1);
  }
}
