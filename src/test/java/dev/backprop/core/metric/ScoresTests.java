package dev.backprop.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.backprop.core.linalg.SplitMix64;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ScoresTests {

  /// Whatever is done to them is what it does to a map.
  @RepeatedTest(50)
  void areAMap(RepetitionInfo repetition) {
    SplitMix64 random = new SplitMix64(repetition.getCurrentRepetition());
    Map<Metric, Double> first = draw(random);
    Map<Metric, Double> second = draw(random);
    Set<Metric> wanted = EnumSet.noneOf(Metric.class);
    wanted.addAll(draw(random).keySet());

    Map<Metric, Double> expected = new EnumMap<>(first);
    expected.putAll(second);
    expected.keySet().retainAll(wanted);

    Scores.Collector collector = new Scores.Collector(wanted);
    Scores.copyOf(first).giveTo(collector);
    Scores.copyOf(second).giveTo(collector);
    Scores scores = collector.scores();
    assertThat(scores).isEqualTo(expected).hasSameHashCodeAs(expected).hasSize(expected.size());
    assertThat(List.copyOf(scores.keySet())).isEqualTo(List.copyOf(expected.keySet()));
    List<String> given = new ArrayList<>();
    scores.giveTo((metric, value) -> given.add(metric + "=" + value));
    assertThat(given).isEqualTo(expected.entrySet().stream().map(Object::toString).toList());
    for (Metric metric : Metric.values()) {
      assertThat(scores.get(metric)).isEqualTo(expected.get(metric));
      assertThat(scores.containsKey(metric)).isEqualTo(expected.containsKey(metric));
    }
  }

  private static Map<Metric, Double> draw(SplitMix64 random) {
    Map<Metric, Double> scores = new EnumMap<>(Metric.class);
    for (Metric metric : Metric.values()) {
      if (random.nextInt(2) == 0) {
        scores.put(metric, random.nextInt(8) == 0 ? Double.NaN : random.nextGaussian());
      }
    }
    return scores;
  }

  @Test
  void areCollectedInTheSameMemoryAgainAndAgain() {
    Scores.Collector collector = new Scores.Collector();
    collector.accept(Metric.R2, 0.5);
    Scores first = collector.scores();
    collector.reset();
    collector.accept(Metric.MAE, 2);
    collector.accept(Metric.MAE, 3);

    assertThat(collector.scores()).isEqualTo(Map.of(Metric.MAE, 3.0));
    assertThat(first).isEqualTo(Map.of(Metric.R2, 0.5));
  }

  @Test
  void canBeNone() {
    assertThat(Scores.NONE).isEmpty();
    assertThat(Scores.copyOf(Map.of())).isSameAs(Scores.NONE);
    assertThatExceptionOfType(NoSuchElementException.class)
        .isThrownBy(() -> Scores.NONE.entrySet().iterator().next());
  }
}
