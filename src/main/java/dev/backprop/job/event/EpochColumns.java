package dev.backprop.job.event;

import dev.backprop.core.train.EpochReport;
import java.util.Arrays;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// Epochs in columns that grow: 40 bytes an epoch, 8 for each metric, 12 for each layer, in place
/// of some 100 and more as objects, of which a server with a thousand jobs has millions.
final class EpochColumns {

  private static final int FIRST_CAPACITY = 16;
  private static final int BYTES = 2 * Integer.BYTES + Long.BYTES + 3 * Double.BYTES;

  private int[] epochs = {};
  private int[] others = {}; // seq less epoch: the events between epochs
  private long[] millis = {};
  private double[] trainingLosses = {};
  private double[] validationLosses = {}; // NaN where there is none
  private double[] learningRates = {};
  private final MetricColumns trainingMetrics = new MetricColumns();
  private final MetricColumns validationMetrics = new MetricColumns();
  private final LayerColumns layers = new LayerColumns();
  private int size;

  int size() {
    return size;
  }

  /// The memory that the columns take.
  long bytes() {
    return (long) BYTES * epochs.length
        + trainingMetrics.bytes()
        + validationMetrics.bytes()
        + layers.bytes();
  }

  /// Makes room for so many epochs at once, so that none is given up on the way there.
  void reserve(int capacity) {
    if (capacity > epochs.length) {
      resize(capacity);
    }
  }

  void add(LoggedEpoch logged) {
    EpochReport report = logged.report();
    if (size == epochs.length) {
      resize(Math.max(FIRST_CAPACITY, size + (size >> 1)));
    }
    Double validationLoss = report.validationLoss();
    epochs[size] = report.epoch();
    others[size] = Math.toIntExact(logged.seq() - report.epoch());
    millis[size] = logged.millis();
    trainingLosses[size] = report.trainingLoss();
    validationLosses[size] = validationLoss == null ? Double.NaN : validationLoss;
    learningRates[size] = report.learningRate();
    trainingMetrics.put(size, report.trainingMetrics(), epochs.length);
    validationMetrics.put(size, report.validationMetrics(), epochs.length);
    layers.put(size, report.layers(), epochs.length);
    size++;
  }

  LoggedEpoch get(int index) {
    double validationLoss = validationLosses[index];
    EpochReport report =
        new EpochReport(
            epochs[index],
            trainingLosses[index],
            Double.isNaN(validationLoss) ? null : validationLoss,
            learningRates[index],
            trainingMetrics.get(index),
            validationMetrics.get(index),
            layers.get(index));
    return new LoggedEpoch(seq(index), millis[index], report);
  }

  private long seq(int index) {
    return (long) epochs[index] + others[index];
  }

  /// Where the first epoch with a higher number in the log is, or [#size] if there is none.
  int after(long seq) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (seq(middle) > seq) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /// Keeps the epochs that the predicate accepts.
  void retain(IntPredicate epoch) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (epoch.test(epochs[i])) {
        epochs[kept] = epochs[i];
        others[kept] = others[i];
        millis[kept] = millis[i];
        trainingLosses[kept] = trainingLosses[i];
        validationLosses[kept] = validationLosses[i];
        learningRates[kept] = learningRates[i];
        trainingMetrics.move(i, kept);
        validationMetrics.move(i, kept);
        layers.move(i, kept);
        kept++;
      }
    }
    size = kept;
  }

  /// Gives back the room for more epochs. More can be added all the same.
  void trim() {
    if (size < epochs.length) {
      resize(size);
    }
  }

  /// Where the epochs are that are not in the set.
  int[] without(Set<Integer> taken) {
    return IntStream.range(0, size).filter(i -> !taken.contains(epochs[i])).toArray();
  }

  private void resize(int capacity) {
    epochs = Arrays.copyOf(epochs, capacity);
    others = Arrays.copyOf(others, capacity);
    millis = Arrays.copyOf(millis, capacity);
    trainingLosses = Arrays.copyOf(trainingLosses, capacity);
    validationLosses = Arrays.copyOf(validationLosses, capacity);
    learningRates = Arrays.copyOf(learningRates, capacity);
    trainingMetrics.resize(capacity);
    validationMetrics.resize(capacity);
    layers.resize(capacity);
  }
}
