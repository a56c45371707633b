package dev.backprop.core.metric;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.EnumSet;
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

  /// Those of a map.
  public static Scores copyOf(Map<Metric, Double> map) {
    if (map instanceof Scores scores) {
      return scores;
    }
    Collector collector = new Collector();
    map.forEach(collector::accept);
    return collector.scores();
  }

  private static int bit(Metric metric) {
    return 1 << metric.ordinal();
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

  /// Makes some of what it is given, one after the other, in memory that it keeps.
  static final class Collector implements ObjDoubleConsumer<Metric> {

    private final int wanted;
    private final double[] values = new double[METRICS.length];
    private int present;

    /// Takes all metrics.
    Collector() {
      this(EnumSet.allOf(Metric.class));
    }

    /// Takes these and leaves out others.
    Collector(Set<Metric> wanted) {
      this.wanted = wanted.stream().mapToInt(Scores::bit).reduce(0, (all, bit) -> all | bit);
    }

    @Override
    public void accept(Metric metric, double value) {
      values[metric.ordinal()] = value;
      present |= bit(metric) & wanted;
    }

    Scores scores() {
      return present == 0
          ? NONE
          : new Scores(
              Arrays.copyOf(values, Integer.SIZE - Integer.numberOfLeadingZeros(present)), present);
    }

    void reset() {
      present = 0;
    }
  }
}
