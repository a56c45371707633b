package dev.backprop.job.event;

import dev.backprop.core.linalg.SplitMix64;
import dev.backprop.core.train.EpochReport;
import dev.backprop.core.train.StopReason;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;

/// A job that does what comes to it, and what of it a log has to keep.
final class Scripts {

  static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-01T10:00:00Z"));

  final EventLog log;

  /// Numbers of the events that are no epochs.
  final List<Long> others = new ArrayList<>();

  /// Epochs that must never be thinned out, in any order.
  final List<Integer> pinned = new ArrayList<>();

  private final SplitMix64 random;
  private int epoch;
  private long lastEpochSeq;
  private double lowest = Double.POSITIVE_INFINITY;
  private double highest = Double.NEGATIVE_INFINITY;
  private int lowestEpoch;
  private int highestEpoch;

  Scripts(long seed, int capacity) {
    random = new SplitMix64(seed);
    log = new EventLog(capacity, CLOCK);
    log.status("queued", null);
    log.status("running", null);
    noteOthers();
  }

  int epoch() {
    return epoch;
  }

  long lastEpochSeq() {
    return lastEpochSeq;
  }

  /// Some epochs, or something else.
  void step() {
    switch (random.nextInt(8)) {
      case 0 -> log.warning("code", "detail");
      case 1 -> log.changed(epoch + 1, JsonNodeFactory.instance.objectNode().put("epochs", epoch));
      case 2 -> {
        log.status("paused", null);
        log.status("running", null);
      }
      default -> {
        for (int more = random.nextInt(40); more >= 0; more--) {
          trainEpoch();
        }
      }
    }
    noteOthers();
  }

  private void trainEpoch() {
    double loss = 1 + random.nextDouble();
    epoch++;
    boolean isBest = loss < lowest;
    lowestEpoch = isBest ? epoch : lowestEpoch;
    highestEpoch = loss > highest ? epoch : highestEpoch;
    lowest = Math.min(lowest, loss);
    highest = Math.max(highest, loss);
    lastEpochSeq = log.lastSeq() + 1;
    log.epoch(report(epoch, loss), isBest);
    noteOthers();
  }

  void end() {
    log.status("succeeded", StopReason.EPOCHS);
    log.done("succeeded", StopReason.EPOCHS, null, null);
    noteOthers();
    if (epoch > 0) {
      pinned.addAll(List.of(1, epoch, lowestEpoch, highestEpoch));
    }
  }

  /// Everything new that is not the last epoch itself.
  private void noteOthers() {
    long from = others.isEmpty() ? 0 : others.getLast();
    for (long seq = Math.max(from, lastEpochSeq) + 1; seq <= log.lastSeq(); seq++) {
      others.add(seq);
    }
  }

  static EpochReport report(int epoch, double loss) {
    return new EpochReport(epoch, loss, null, 0.1);
  }
}
