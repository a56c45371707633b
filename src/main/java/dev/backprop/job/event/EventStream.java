package dev.backprop.job.event;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Sends the events of a job to one client, on the thread of its request. Whoever writes to the log
/// knows nothing of it: a [Pulse] wakes it where there is news.
final class EventStream {

  private final EventCursor cursor;
  private final Pulse pulse;
  private final long heartbeat;
  private final Ticker ticker;
  private final Thread thread;
  private volatile boolean closing;
  private volatile boolean idle;

  /// @param heartbeat nanoseconds between two comments
  EventStream(EventCursor cursor, Pulse pulse, long heartbeat, Ticker ticker) {
    this.cursor = cursor;
    this.pulse = pulse;
    this.heartbeat = heartbeat;
    this.ticker = ticker;
    thread = Thread.currentThread();
  }

  /// What is sent to a client. Each call waits until the client's computer has taken it.
  interface Sink {

    void retry() throws IOException;

    void send(List<JobEvent> events) throws IOException;

    void heartbeat() throws IOException;
  }

  /// Sends events until the job has ended or the stream is closed.
  ///
  /// @throws IOException when the client is gone or has stopped reading
  void run(Sink sink) throws IOException {
    sink.retry();
    long nextHeartbeat = ticker.nanos() + heartbeat;
    while (!closing && !cursor.isAtEnd()) {
      long now = ticker.nanos();
      List<JobEvent> due = cursor.take(now, pulse.interval());
      if (now - nextHeartbeat >= 0) {
        sink.heartbeat();
        nextHeartbeat = now + heartbeat;
      }
      if (due.isEmpty()) {
        pause(now, nextHeartbeat);
      } else {
        sink.send(due);
      }
    }
    List<JobEvent> rest = cursor.takeRest();
    if (!rest.isEmpty()) {
      sink.send(rest);
    }
  }

  /// Until there is news, or what there is becomes due.
  private void pause(long now, long nextHeartbeat) {
    idle = !cursor.hasNews();
    long nanos = nextHeartbeat - now;
    ticker.park(idle ? nanos : Math.min(nanos, cursor.untilEpoch(now)));
    idle = false;
  }

  /// Ends it as soon as it has sent what there is.
  void close() {
    closing = true;
    LockSupport.unpark(thread);
  }

  /// Wakes it if it has something to send.
  void wakeForNews() {
    if (idle && (cursor.hasNews() || cursor.isAtEnd())) {
      LockSupport.unpark(thread);
    }
  }
}
