package dev.backprop.job.event;

import java.util.List;

/// How far one client is in a log, and what is due for it. It knows no connection and no clock, and
/// keeps no events: a client that is slow finds fewer epochs, not a queue.
final class EventCursor {

  private final EventLog log;
  private volatile long seq;
  private long nextEpoch;

  /// @param seq the last event that the client has, 0 for none
  /// @param now as [System#nanoTime] has it
  EventCursor(EventLog log, long seq, long now) {
    this.log = log;
    this.seq = seq;
    nextEpoch = now;
  }

  /// Takes what is due: all events that are no epochs, and of the epochs the newest, but none
  /// sooner than the interval after the one before. Where that must wait, so does what came after
  /// it, and no client ever has an event without the epoch before it.
  ///
  /// @param interval of epochs, in nanoseconds
  List<JobEvent> take(long now, long interval) {
    boolean epochIsDue = untilEpoch(now) <= 0;
    List<JobEvent> due = news().stream().takeWhile(event -> epochIsDue || !isEpoch(event)).toList();
    if (due.stream().anyMatch(EventCursor::isEpoch)) {
      nextEpoch = now + interval;
    }
    return taken(due);
  }

  /// Takes all of it, due or not.
  List<JobEvent> takeRest() {
    return taken(news());
  }

  private List<JobEvent> news() {
    return hasNews() ? log.newsAfter(seq) : List.of();
  }

  private List<JobEvent> taken(List<JobEvent> events) {
    if (!events.isEmpty()) {
      seq = events.getLast().seq();
    }
    return events;
  }

  /// The nanoseconds until an epoch is due; below 0 once it is.
  long untilEpoch(long now) {
    return nextEpoch - now;
  }

  private static boolean isEpoch(JobEvent event) {
    return event instanceof JobEvent.EpochEvent;
  }

  /// Whether there are events that it has not taken. Costs next to nothing.
  boolean hasNews() {
    return log.lastSeq() > seq;
  }

  /// Whether it has taken all there will ever be.
  boolean isAtEnd() {
    return log.isOver() && !hasNews();
  }
}
