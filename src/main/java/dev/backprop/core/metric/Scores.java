package dev.backprop.core.metric;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;

/// Some metrics and their values, in the order of [Metric]; immutable. They are made anew in each
/// epoch, of which small networks have thousands a second, so that they are an array in place of a
/// hash table.
@SuppressWarnings("EnumOrdinal") // an array by ordinal numbers is what it is
public final class Scores extends AbstractMap<Metric, Double> {

  /// No metrics.
  public static final Scores NONE = new Scores(new double[0], 0);

  private static final Metric[] METRICS = Metric.values();

  /// By the metrics' ordinal numbers, up to the last that is there.
  private final double[] values;

  /// A bit for each metric that is there.
  private final int present;

  private Scores(double[] values, int present) {
    this.values = values;
    this.present = present;
  }

  /// One metric.
  public static Scores of(Metric metric, double value) {
    double[] values = new double[metric.ordinal() + 1];
    values[metric.ordinal()] = value;
    return new Scores(values, bit(metric));
  }

  /// Those of a map.
  public static Scores copyOf(Map<Metric, Double> map) {
    if (map instanceof Scores scores) {
      return scores;
    }
    double[] values = new double[METRICS.length];
    int present = 0;
    for (Map.Entry<Metric, Double> entry : map.entrySet()) {
      values[entry.getKey().ordinal()] = entry.getValue();
      present |= bit(entry.getKey());
    }
    return new Scores(values, present);
  }

  private static int bit(Metric metric) {
    return 1 << metric.ordinal();
  }

  /// These and another.
  Scores and(Metric metric, double value) {
    return and(of(metric, value));
  }

  /// These and others; of those that are in both the others.
  Scores and(Scores others) {
    if (present == 0) {
      return others;
    }
    double[] all = new double[Math.max(values.length, others.values.length)];
    System.arraycopy(values, 0, all, 0, values.length);
    for (int i = 0; i < others.values.length; i++) {
      if (others.has(i)) {
        all[i] = others.values[i];
      }
    }
    return new Scores(all, present | others.present);
  }

  /// Those of these that are in a set.
  Scores only(Set<Metric> metrics) {
    int kept = present;
    for (int i = 0; i < values.length; i++) {
      if (has(i) && !metrics.contains(METRICS[i])) {
        kept &= ~(1 << i);
      }
    }
    return kept == present ? this : new Scores(values, kept);
  }

  /// Gives each to the taker.
  public void giveTo(ObjDoubleConsumer<Metric> taker) {
    for (int i = 0; i < values.length; i++) {
      if (has(i)) {
        taker.accept(METRICS[i], values[i]);
      }
    }
  }

  private boolean has(int ordinal) {
    return (present & 1 << ordinal) != 0;
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return key instanceof Metric metric && has(metric.ordinal());
  }

  @Override
  public @Nullable Double get(@Nullable Object key) {
    return key instanceof Metric metric && has(metric.ordinal()) ? values[metric.ordinal()] : null;
  }

  @Override
  public int size() {
    return Integer.bitCount(present);
  }

  @Override
  public Set<Entry<Metric, Double>> entrySet() {
    return new Entries();
  }

  private final class Entries extends AbstractSet<Entry<Metric, Double>> {

    @Override
    public int size() {
      return Scores.this.size();
    }

    @Override
    public Iterator<Entry<Metric, Double>> iterator() {
      return new Iterator<>() {

        private int left = present;

        @Override
        public boolean hasNext() {
          return left != 0;
        }

        @Override
        public Entry<Metric, Double> next() {
          if (left == 0) {
            throw new NoSuchElementException();
          }
          int ordinal = Integer.numberOfTrailingZeros(left);
          left &= left - 1;
          return Map.entry(METRICS[ordinal], values[ordinal]);
        }
      };
    }
  }
}
