package dev.backprop.job;

import dev.backprop.core.train.EpochReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// The epochs of a job, bounded however many there are.
///
/// Epochs are kept at regular steps; when they are too many, every second goes and the step
/// doubles. The first, the last, and those with the lowest and the highest losses are always kept.
///
/// One thread writes, any number reads.
final class LossHistory {

  private final int capacity;
  private final List<EpochReport> regular = new ArrayList<>();
  private final List<Extreme> extremes =
      List.of(
          new Extreme(EpochReport::trainingLoss, 1),
          new Extreme(EpochReport::trainingLoss, -1),
          new Extreme(LossHistory::validationLoss, 1),
          new Extreme(LossHistory::validationLoss, -1));
  private int step = 1;
  private @Nullable EpochReport last;

  /// @param capacity how many points are kept, extremes aside
  LossHistory(int capacity) {
    this.capacity = capacity;
  }

  private static double validationLoss(EpochReport report) {
    Double loss = report.validationLoss();
    return loss == null ? Double.NaN : loss;
  }

  synchronized void add(EpochReport report) {
    last = report;
    extremes.forEach(extreme -> extreme.offer(report));
    if ((report.epoch() - 1) % step != 0) {
      return;
    }
    if (regular.size() == capacity) {
      step *= 2;
      regular.removeIf(kept -> (kept.epoch() - 1) % step != 0);
      if ((report.epoch() - 1) % step != 0) {
        return;
      }
    }
    regular.add(report);
  }

  /// The last epoch, or null before the first has ended.
  synchronized @Nullable EpochReport last() {
    return last;
  }

  /// At most `maxPoints` epochs in their order: all that are kept if they fit, else the first, the
  /// last, the extremes and, evenly, others between them.
  ///
  /// @param maxPoints at least 10
  synchronized List<EpochReport> points(int maxPoints) {
    if (last == null) {
      return List.of();
    }
    TreeMap<Integer, EpochReport> points = new TreeMap<>();
    put(points, regular.getFirst());
    put(points, last);
    extremes.stream().map(Extreme::report).forEach(report -> put(points, report));
    List<EpochReport> others =
        regular.stream().filter(report -> !points.containsKey(report.epoch())).toList();
    int room = Math.min(maxPoints - points.size(), others.size());
    for (int i = 0; i < room; i++) {
      put(points, others.get((int) ((2L * i + 1) * others.size() / (2L * room))));
    }
    return List.copyOf(points.values());
  }

  private static void put(Map<Integer, EpochReport> points, @Nullable EpochReport report) {
    if (report != null) {
      points.put(report.epoch(), report);
    }
  }

  /// The epoch with the lowest or highest of a number so far.
  private static final class Extreme {

    private final Comparator<EpochReport> order;
    private final ToDoubleFunction<EpochReport> number;
    private @Nullable EpochReport report;

    /// @param sign 1 for the lowest, -1 for the highest
    Extreme(ToDoubleFunction<EpochReport> number, int sign) {
      this.number = number;
      this.order = Comparator.comparingDouble(r -> sign * number.applyAsDouble(r));
    }

    @Nullable EpochReport report() {
      return report;
    }

    void offer(EpochReport candidate) {
      if (Double.isNaN(number.applyAsDouble(candidate))) {
        return;
      }
      if (report == null || order.compare(candidate, report) < 0) {
        report = candidate;
      }
    }
  }
}
