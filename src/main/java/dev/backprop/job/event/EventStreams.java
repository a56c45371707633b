package dev.backprop.job.event;

import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// The open streams of events: how many there may be, what wakes them, and their end when the
/// server shuts down.
final class EventStreams implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(EventStreams.class);
  private static final Duration RETRY = Duration.ofSeconds(5);

  /// After the jobs have ended, so that the streams tell of it, and before the web server waits for
  /// its requests, of which each stream is one.
  private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 512;

  private final Pulse pulse = new Pulse();
  private final EventProperties properties;
  private final Ticker ticker;
  private final Semaphore room;
  private @Nullable ScheduledExecutorService beats;
  private volatile boolean running;
  private volatile boolean closed;

  EventStreams(EventProperties properties, Ticker ticker) {
    this.properties = properties;
    this.ticker = ticker;
    room = new Semaphore(properties.maxStreams());
  }

  /// Streams to the end of the job, on the calling thread.
  ///
  /// @param after the last event that the client has, 0 for none
  /// @param sink begins the answer
  /// @throws ProblemException [ProblemType#TOO_MANY_STREAMS], or [ProblemType#UNAVAILABLE] while
  ///   the server shuts down
  /// @throws IOException when the client is gone or has stopped reading
  void stream(EventLog events, long after, Supplier<EventStream.Sink> sink) throws IOException {
    if (!room.tryAcquire()) {
      throw new ProblemException(
              ProblemType.TOO_MANY_STREAMS,
              "%d streams are open, as many as backprop.events.max-streams allows."
                  .formatted(properties.maxStreams()))
          .retryAfter(RETRY);
    }
    try {
      EventCursor cursor = new EventCursor(events, after, ticker.nanos());
      EventStream stream = new EventStream(cursor, pulse, properties.heartbeat().toNanos(), ticker);
      pulse.add(stream);
      try {
        // after it can be found by whoever closes them all
        if (closed) {
          throw new ProblemException(ProblemType.UNAVAILABLE, "The server is shutting down.");
        }
        stream.run(sink.get());
      } finally {
        pulse.remove(stream);
      }
    } finally {
      room.release();
    }
  }

  /// How many are open.
  int open() {
    return pulse.streams();
  }

  /// Also after a stop, as tests do it.
  @Override
  public synchronized void start() {
    ScheduledExecutorService scheduler =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("event-pulse").daemon().factory());
    long nanos = Pulse.BEAT.toNanos();
    var _ = scheduler.scheduleWithFixedDelay(pulse::beat, nanos, nanos, TimeUnit.NANOSECONDS);
    beats = scheduler;
    closed = false;
    running = true;
  }

  @Override
  public synchronized void stop() {
    closed = true;
    log.debug("{} event streams end", pulse.streams());
    pulse.closeAll();
    if (beats != null) {
      beats.shutdownNow();
    }
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
