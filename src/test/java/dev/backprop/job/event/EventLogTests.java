package dev.backprop.job.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backprop.core.linalg.SplitMix64;
import dev.backprop.core.train.StopReason;
import dev.backprop.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class EventLogTests {

  private static final int CAPACITY = 100;

  @Test
  void numbersWhatHappensInItsOrder() {
    EventLog log = log();
    log.status("queued", null);
    log.status("running", null);
    log.epoch(Scripts.report(1, 0.5), true);
    log.warning("lossRises", "…");
    log.epoch(Scripts.report(2, 0.75), false);
    log.changed(3, JsonNodeFactory.instance.objectNode());
    log.status("succeeded", StopReason.EPOCHS);
    log.done("succeeded", StopReason.EPOCHS, new JobEvent.MadeModel("m", 1, "/m"), null);
    assertThat(log.after(0, 100).stream().map(event -> event.seq() + " " + event.type()))
        .containsExactly(
            "1 status",
            "2 status",
            "3 epoch",
            "4 checkpoint",
            "5 warning",
            "6 epoch",
            "7 change",
            "8 status",
            "9 done");
    assertThat(log.lastSeq()).isEqualTo(9);
    assertThat(log.isOver()).isTrue();
    assertThat(log.after(4, 2).stream().map(JobEvent::seq)).containsExactly(5L, 6L);
    assertThat(log.after(9, 2)).isEmpty();
    assertThat(log.after(2, 1).getFirst())
        .isEqualTo(new LoggedEpoch(3, Scripts.CLOCK.millis(), Scripts.report(1, 0.5)).event());
  }

  @Test
  void tellsOnceThatItIsDone() {
    EventLog log = log();
    var done = log.whenDone();
    assertThat(done).isNotDone();
    log.done("failed", null, null, new JobEvent.Failure("internal", "…"));
    assertThat(done.join().status()).isEqualTo("failed");
    assertThat(log.whenDone().join().seq()).isEqualTo(1);
  }

  @Test
  void isOverWhenItIsForgotten() {
    EventLog log = log();
    log.close();
    assertThat(log.isOver()).isTrue();
    assertThat(log.whenDone()).isNotDone();
  }

  /// Each of them better than the one before.
  @Test
  void hasFewCheckpointsOfManyAndTheBestAtTheEnd() {
    EventLog log = log();
    int epochs = 1_000_000;
    for (int epoch = 1; epoch <= epochs; epoch++) {
      log.epoch(Scripts.report(epoch, 1.0 / epoch), true);
    }
    log.done("succeeded", StopReason.EPOCHS, null, null);
    List<Integer> checkpoints =
        all(log, 100).stream()
            .filter(JobEvent.CheckpointEvent.class::isInstance)
            .map(event -> ((JobEvent.CheckpointEvent) event).epoch())
            .toList();
    // 1, 2 … 10 and then a tenth more each time: log(1e5)/log(1.1) = 121
    assertThat(checkpoints).hasSizeBetween(115, 135).startsWith(1, 2, 3).endsWith(epochs);
  }

  @Test
  void hasNoSecondCheckpointOfTheSameEpochAtTheEnd() {
    EventLog log = log();
    log.epoch(Scripts.report(1, 0.5), true);
    log.epoch(Scripts.report(2, 0.75), false);
    log.done("succeeded", StopReason.EPOCHS, null, null);
    assertThat(all(log, 10).stream().map(JobEvent::type))
        .containsExactly("epoch", "checkpoint", "epoch", "done");
  }

  @Test
  void refusesToBeSteeredForever() {
    EventLog log = log();
    for (int i = 0; i < 10_000; i++) {
      log.requireRoom();
      log.status("paused", null);
    }
    assertThatThrownBy(log::requireRoom)
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("10000 events");
  }

  @Test
  void staysBoundedForAMillionEpochs() {
    EventLog log = log();
    IntStream.rangeClosed(1, 1_000_000)
        .forEach(epoch -> log.epoch(Scripts.report(epoch, 1), epoch == 1));
    assertThat(all(log, 100)).hasSizeLessThan(CAPACITY + 10);
    assertThat(log.bytes()).isLessThan(10_000);
  }

  /// Whoever pages through it with pages of any size, while it grows and is thinned, has all events
  /// that are no epochs, and none twice.
  @Test
  void losesNothingThatMattersToWhoeverPagesThroughIt() {
    for (long seed = 1; seed <= 200; seed++) {
      SplitMix64 random = new SplitMix64(-seed);
      Scripts job = new Scripts(seed, CAPACITY);
      List<JobEvent> read = new ArrayList<>();
      int steps = random.nextInt(60);
      for (int step = 0; step < steps; step++) {
        job.step();
        if (random.nextInt(3) == 0) {
          read.addAll(job.log.after(last(read), 1 + random.nextInt(50)));
        }
      }
      job.end();
      while (read.addAll(job.log.after(last(read), 1 + random.nextInt(100)))) {
        assertThat(read.size()).isLessThan(100_000);
      }
      String context = "seed " + seed;
      assertInOrderAndComplete(read, job, context);
      List<JobEvent> late = all(job.log, 1 + random.nextInt(100));
      assertInOrderAndComplete(late, job, context);
      assertThat(epochs(late)).as(context).containsAll(job.pinned);
      assertThat(late.size()).as(context).isLessThan(job.others.size() + CAPACITY + 10);
    }
  }

  static void assertInOrderAndComplete(List<JobEvent> read, Scripts job, String context) {
    assertThat(IntStream.range(1, read.size()))
        .as(context)
        .allMatch(i -> read.get(i - 1).seq() < read.get(i).seq());
    assertThat(
            read.stream()
                .filter(event -> !(event instanceof JobEvent.EpochEvent))
                .map(JobEvent::seq)
                .toList())
        .as(context)
        .isEqualTo(job.others);
    assertThat(read.getLast()).as(context).isInstanceOf(JobEvent.DoneEvent.class);
    if (job.epoch() > 0) {
      assertThat(epochs(read)).as(context).endsWith(job.epoch());
    }
  }

  static List<Integer> epochs(List<JobEvent> events) {
    return events.stream()
        .filter(JobEvent.EpochEvent.class::isInstance)
        .map(event -> ((JobEvent.EpochEvent) event).epoch())
        .toList();
  }

  private static long last(List<JobEvent> read) {
    return read.isEmpty() ? 0 : read.getLast().seq();
  }

  private static List<JobEvent> all(EventLog log, int limit) {
    List<JobEvent> all = new ArrayList<>();
    while (all.addAll(log.after(last(all), limit))) {
      assertThat(all.size()).isLessThan(1_000_000);
    }
    return all;
  }

  private static EventLog log() {
    return new EventLog(CAPACITY, Scripts.CLOCK);
  }
}
