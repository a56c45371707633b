package dev.backprop.job.event;

import dev.backprop.core.train.EpochReport;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The epochs of a job, bounded however many there are.
///
/// Epochs are kept at regular steps; when they are too many, every second goes and the step
/// doubles. The first, the last, the best, and those with the lowest and the highest losses are
/// always kept.
final class EpochHistory {

  /// A training may end long before its last epoch.
  private static final int MOST_RESERVED = 1_000;

  private final int capacity;
  private final EpochColumns regular = new EpochColumns();
  private final Extremes trainingLoss = new Extremes();
  private final Extremes validationLoss = new Extremes();
  private int step = 1;
  private @Nullable LoggedEpoch last;
  private @Nullable LoggedEpoch best;

  /// @param capacity how many points are kept, extremes aside
  EpochHistory(int capacity) {
    this.capacity = capacity;
  }

  /// Makes room for the epochs of a training that is about to begin, where they are few.
  ///
  /// @param epochs of it, at most
  void reserve(int epochs) {
    if (epochs <= Math.min(capacity, MOST_RESERVED)) {
      regular.reserve(epochs);
    }
  }

  /// @param isBest whether it is better than all before it
  void add(LoggedEpoch logged, boolean isBest) {
    last = logged;
    best = isBest ? logged : best;
    EpochReport report = logged.report();
    trainingLoss.offer(report.trainingLoss(), logged);
    if (report.validationLoss() != null) {
      validationLoss.offer(report.validationLoss(), logged);
    }
    int epoch = report.epoch();
    if ((epoch - 1) % step != 0) {
      return;
    }
    if (regular.size() == capacity) {
      step *= 2;
      regular.retain(kept -> (kept - 1) % step == 0);
      if ((epoch - 1) % step != 0) {
        return;
      }
    }
    regular.add(logged);
  }

  /// The last epoch, or null before the first has ended.
  @Nullable LoggedEpoch last() {
    return last;
  }

  /// The best epoch, or null before the first has ended.
  @Nullable LoggedEpoch best() {
    return best;
  }

  /// At most `maxPoints` epochs in their order: all that are kept if they fit, else the first, the
  /// last, the best, the extremes and, evenly, others between them.
  ///
  /// @param maxPoints at least 10
  List<EpochReport> points(int maxPoints) {
    if (last == null) {
      return List.of();
    }
    TreeMap<Integer, EpochReport> points = new TreeMap<>();
    put(points, regular.get(0));
    pinned().forEach(logged -> put(points, logged));
    int[] others = regular.without(points.keySet());
    int room = Math.min(maxPoints - points.size(), others.length);
    for (int i = 0; i < room; i++) {
      put(points, regular.get(others[(int) ((2L * i + 1) * others.length / (2L * room))]));
    }
    return List.copyOf(points.values());
  }

  /// The first `limit` of the kept epochs behind a number of the log, in their order.
  List<LoggedEpoch> after(long seq, int limit) {
    TreeMap<Long, LoggedEpoch> epochs = new TreeMap<>();
    pinned().filter(logged -> logged.seq() > seq).forEach(e -> epochs.put(e.seq(), e));
    int from = regular.after(seq);
    int to = Math.min(regular.size(), from + limit);
    for (int i = from; i < to; i++) {
      LoggedEpoch logged = regular.get(i);
      epochs.put(logged.seq(), logged);
    }
    return epochs.values().stream().limit(limit).toList();
  }

  /// Those that are kept whether or not they are at a step.
  private Stream<LoggedEpoch> pinned() {
    return Stream.of(
            last,
            best,
            trainingLoss.lowest,
            trainingLoss.highest,
            validationLoss.lowest,
            validationLoss.highest)
        .flatMap(Stream::ofNullable);
  }

  /// Gives back the room for more epochs.
  void trim() {
    regular.trim();
  }

  /// The memory that the epochs take.
  long bytes() {
    return regular.bytes();
  }

  private static void put(Map<Integer, EpochReport> points, LoggedEpoch logged) {
    points.put(logged.report().epoch(), logged.report());
  }

  /// The epochs with the lowest and the highest of a number so far.
  private static final class Extremes {

    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;
    private @Nullable LoggedEpoch lowest;
    private @Nullable LoggedEpoch highest;

    void offer(double number, LoggedEpoch logged) {
      if (number < low) {
        low = number;
        lowest = logged;
      }
      if (number > high) {
        high = number;
        highest = logged;
      }
    }
  }
}
