package dev.backprop.job.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backprop.core.linalg.SplitMix64;
import dev.backprop.core.train.StopReason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

/// Streams in a time of their own, in which things happen while they wait.
class EventStreamTests {

  private static final long SECOND = 1_000_000_000;
  private static final long HEARTBEAT = 15 * SECOND;

  /// Starts shortly before the clock of the machine overflows.
  private static final long START = Long.MAX_VALUE - SECOND;

  /// @param what `retry`, `heartbeat` or an event
  private record Sent(long nanos, Object what) {}

  /// Time that passes only while somebody waits, in steps of at most a beat.
  private static final class FakeTime implements Ticker {

    private final LongConsumer happens;
    private long now = START;

    /// @param happens what does so at each step, told how much time has passed
    FakeTime(LongConsumer happens) {
      this.happens = happens;
    }

    @Override
    public long nanos() {
      return now;
    }

    @Override
    public void park(long nanos) {
      assertThat(nanos).isPositive();
      now += Math.min(nanos, Pulse.BEAT.toNanos());
      happens.accept(now - START);
    }
  }

  /// Notes what is sent, and breaks off where it is told to.
  private static final class Notes implements EventStream.Sink {

    private final FakeTime time;
    private final List<Sent> sent = new ArrayList<>();
    private int left = Integer.MAX_VALUE;

    Notes(FakeTime time) {
      this.time = time;
    }

    private void note(Object what) throws IOException {
      if (left-- == 0) {
        throw new IOException("the client is gone");
      }
      sent.add(new Sent(time.now - START, what));
    }

    @Override
    public void retry() throws IOException {
      note("retry");
    }

    @Override
    public void heartbeat() throws IOException {
      note("heartbeat");
    }

    @Override
    public void send(List<JobEvent> events) throws IOException {
      for (JobEvent event : events) {
        note(event);
      }
    }

    List<JobEvent> events() {
      return sent.stream()
          .map(Sent::what)
          .filter(JobEvent.class::isInstance)
          .map(JobEvent.class::cast)
          .toList();
    }

    List<Long> times(Object what) {
      return sent.stream().filter(s -> s.what().equals(what)).map(Sent::nanos).toList();
    }
  }

  @Test
  void sendACommentEvery15Seconds() throws IOException {
    EventLog log = new EventLog(100, Scripts.CLOCK);
    log.status("queued", null);
    Notes notes = run(log, nanos -> endAt(log, nanos, 50 * SECOND));
    assertThat(notes.sent.getFirst()).isEqualTo(new Sent(0, "retry"));
    assertThat(notes.times("heartbeat")).containsExactly(15 * SECOND, 30 * SECOND, 45 * SECOND);
    assertThat(notes.events().stream().map(JobEvent::type))
        .containsExactly("status", "status", "done");
  }

  /// Also where there is always something else to send.
  @Test
  void sendItBetweenEpochs() throws IOException {
    EventLog log = new EventLog(100, Scripts.CLOCK);
    Notes notes =
        run(
            log,
            nanos -> {
              log.epoch(Scripts.report(1 + (int) (nanos / 1_000_000), 1), false);
              endAt(log, nanos, 31 * SECOND);
            });
    assertThat(notes.times("heartbeat")).hasSize(2);
  }

  @Test
  void sendTenEpochsASecondTheNewestAndTheLast() throws IOException {
    EventLog log = new EventLog(100, Scripts.CLOCK);
    AtomicInteger epoch = new AtomicInteger();
    Notes notes =
        run(
            log,
            nanos -> {
              for (int i = 0; i < 1_000 && !log.isOver(); i++) {
                log.epoch(Scripts.report(epoch.incrementAndGet(), 1), false);
              }
              endAt(log, nanos, 10 * SECOND);
            });
    List<Sent> epochs =
        notes.sent.stream().filter(s -> s.what() instanceof JobEvent.EpochEvent).toList();
    assertThat(epochs).hasSizeBetween(95, 101);
    for (int i = 1; i < epochs.size(); i++) {
      assertThat(epochs.get(i).nanos() - epochs.get(i - 1).nanos())
          .isGreaterThanOrEqualTo(SECOND / 10);
    }
    assertThat(EventLogTests.epochs(notes.events())).endsWith(epoch.get());
    assertThat(notes.events().getLast().type()).isEqualTo("done");
  }

  @Test
  void endWhenTheJobIsForgotten() throws IOException {
    EventLog log = new EventLog(100, Scripts.CLOCK);
    log.status("queued", null);
    Notes notes =
        run(
            log,
            nanos -> {
              if (nanos >= SECOND) {
                log.close();
              }
            });
    assertThat(notes.events()).hasSize(1);
  }

  @Test
  void endWithTheServerAndSendTheRestBefore() throws IOException {
    EventLog log = new EventLog(100, Scripts.CLOCK);
    log.status("running", null);
    Pulse pulse = new Pulse();
    FakeTime time =
        new FakeTime(
            nanos -> {
              log.epoch(Scripts.report(1 + (int) (nanos / 1_000), 1), false);
              log.warning("late", "…");
              if (nanos >= SECOND) {
                pulse.closeAll();
              }
            });
    Notes notes = new Notes(time);
    EventStream stream = stream(log, 0, pulse, time);
    pulse.add(stream);
    stream.run(notes);
    assertThat(log.isOver()).isFalse();
    assertThat(notes.events().getLast().seq()).isEqualTo(log.lastSeq());
  }

  /// A client that loses the connection at random, within an answer too, and comes back with the
  /// last number that it has.
  @Test
  void repeatAndLeaveOutNothingForAClientThatComesBackAtRandom() {
    for (long seed = 1; seed <= 300; seed++) {
      SplitMix64 random = new SplitMix64(~seed);
      Scripts job = new Scripts(seed, 100);
      int[] steps = {random.nextInt(80)};
      FakeTime time =
          new FakeTime(
              _ -> {
                if (steps[0]-- > 0) {
                  job.step();
                } else if (!job.log.isOver()) {
                  job.end();
                }
              });
      Notes notes = new Notes(time);
      long last = 0;
      while (!job.log.isOver() || last < job.log.lastSeq()) {
        notes.left = random.nextInt(20);
        try {
          stream(job.log, last, new Pulse(), time).run(notes);
        } catch (IOException _) {
          time.park(SECOND);
        }
        List<JobEvent> events = notes.events();
        last = events.isEmpty() ? 0 : events.getLast().seq();
      }
      EventLogTests.assertInOrderAndComplete(notes.events(), job, "seed " + seed);
    }
  }

  @Test
  void passOnThatTheClientIsGone() {
    EventLog log = new EventLog(100, Scripts.CLOCK);
    log.status("queued", null);
    FakeTime time = new FakeTime(_ -> {});
    Notes notes = new Notes(time);
    notes.left = 1;
    assertThatThrownBy(() -> stream(log, 0, new Pulse(), time).run(notes))
        .isInstanceOf(IOException.class);
  }

  @Test
  void getFewerEpochsWhereManyAreOpen() {
    Pulse pulse = new Pulse();
    assertThat(pulse.interval()).isEqualTo(Duration.ofMillis(100).toNanos());
    EventLog log = new EventLog(100, Scripts.CLOCK);
    for (int i = 0; i < 1_000; i++) {
      pulse.add(stream(log, 0, pulse, Ticker.SYSTEM));
    }
    assertThat(pulse.interval()).isEqualTo(Duration.ofSeconds(1).toNanos());
  }

  private static void endAt(EventLog log, long nanos, long end) {
    if (nanos >= end && !log.isOver()) {
      log.status("succeeded", StopReason.EPOCHS);
      log.done("succeeded", StopReason.EPOCHS, null, null);
    }
  }

  private static Notes run(EventLog log, LongConsumer happens) throws IOException {
    FakeTime time = new FakeTime(happens);
    Notes notes = new Notes(time);
    stream(log, 0, new Pulse(), time).run(notes);
    return notes;
  }

  private static EventStream stream(EventLog log, long after, Pulse pulse, Ticker ticker) {
    return new EventStream(new EventCursor(log, after, ticker.nanos()), pulse, HEARTBEAT, ticker);
  }
}
