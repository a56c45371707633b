package dev.backprop.job.event;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Looks at the open streams ten times a second and wakes those with news. Thus a training does
/// nothing for its watchers, however many there are.
final class Pulse {

  /// Between two looks, and so at least between two epochs of a stream.
  static final Duration BEAT = Duration.ofMillis(100);

  /// All streams together get some 1,000 epochs a second, so that even 2,000 of them take little of
  /// one core; from 100 on, each gets fewer than ten.
  private static final long NANOS_PER_STREAM = 1_000_000;

  private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();

  void add(EventStream stream) {
    streams.add(stream);
  }

  void remove(EventStream stream) {
    streams.remove(stream);
  }

  int streams() {
    return streams.size();
  }

  /// Nanoseconds between two epochs of a stream.
  long interval() {
    return Math.max(BEAT.toNanos(), NANOS_PER_STREAM * streams.size());
  }

  void beat() {
    streams.forEach(EventStream::wakeForNews);
  }

  void closeAll() {
    streams.forEach(EventStream::close);
  }
}
