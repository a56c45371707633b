package dev.backprop.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.backprop.problem.InputErrors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SpaceTests {

  private static final SearchDimension UNITS = new SearchDimension.Choice(List.of(8, 16, 32));
  private static final SearchDimension RATE = new SearchDimension.LogUniform(1e-4, 1e-1, 4);
  private static final SearchDimension BATCH = new SearchDimension.IntegerRange(8, 64, null);
  private static final SearchDimension DROPOUT = new SearchDimension.Uniform(0.0, 0.5, 3);

  private static Space space(SearchDimension... dimensions) {
    List<Space.Dimension> all = new ArrayList<>();
    for (SearchDimension dimension : dimensions) {
      String key = "/" + (char) ('a' + all.size());
      all.add(new Space.Dimension(key, FieldPointer.parse(key).orElseThrow(), dimension));
    }
    return new Space(all);
  }

  @Test
  void goesThroughAGridWithTheLastDimensionFastest() {
    Space space = space(new SearchDimension.Choice(List.of("x", "y")), UNITS);
    assertThat(space.gridSize()).isEqualTo(6);
    List<String> points = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      points.add(space.gridPoint(i).values().values().toString());
    }
    assertThat(points)
        .containsExactly("[x, 8]", "[x, 16]", "[x, 32]", "[y, 8]", "[y, 16]", "[y, 32]");
  }

  @Test
  void stepsThroughRangesFromEndToEnd() {
    assertThat(DROPOUT.points()).containsExactly(0.0, 0.25, 0.5);
    assertThat(RATE.points().getFirst()).isEqualTo(1e-4);
    assertThat(RATE.points().getLast()).isEqualTo(1e-1);
    assertThat(number(RATE.points().get(1))).isCloseTo(1e-3, within(1e-15));
    assertThat(number(RATE.points().get(2))).isCloseTo(1e-2, within(1e-14));
    assertThat(new SearchDimension.IntegerRange(8, 64, 8).points())
        .containsExactly(8, 16, 24, 32, 40, 48, 56, 64);
    assertThat(new SearchDimension.IntegerRange(1, 3, null).points()).containsExactly(1, 2, 3);
    assertThat(new SearchDimension.IntegerRange(Integer.MIN_VALUE, Integer.MAX_VALUE, 2).points())
        .containsExactly(Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  @Test
  void knowsThatAGridIsTooLarge() {
    SearchDimension[] many = new SearchDimension[16];
    Arrays.fill(many, new SearchDimension.Uniform(0.0, 1.0, 64));
    assertThat(space(many).gridSize()).isEqualTo(Long.MAX_VALUE);
  }

  /// Whichever others were drawn before, and whatever comes behind it in the space.
  @Test
  void drawsEachPointFromTheSeedAndItsNumberAlone() {
    Space space = space(UNITS, RATE, BATCH);
    Map<String, @Nullable Object> seventh = space.randomPoint(7, 6).values();
    for (int number = 0; number < 6; number++) {
      space.randomPoint(7, number);
    }
    assertThat(space.randomPoint(7, 6).values()).isEqualTo(seventh);
    Map<String, @Nullable Object> first = new HashMap<>(seventh);
    first.remove("/c");
    assertThat(space(UNITS, RATE).randomPoint(7, 6).values()).isEqualTo(first);
    assertThat(space.randomPoint(8, 6).values()).isNotEqualTo(seventh);
  }

  /// 4,000 draws, each of these bounds more than 5 standard deviations away.
  @Test
  void drawsByTheDistributionOfEachDimension() {
    int draws = 4_000;
    Space space = space(UNITS, RATE, BATCH, DROPOUT);
    Map<String, Integer> units = new HashMap<>();
    Map<String, Integer> batches = new HashMap<>();
    double logRates = 0;
    double dropouts = 0;
    for (int number = 0; number < draws; number++) {
      List<@Nullable Object> values =
          new ArrayList<>(space.randomPoint(1, number).values().values());
      units.merge(String.valueOf(values.get(0)), 1, Integer::sum);
      double rate = number(values.get(1));
      assertThat(rate).isBetween(1e-4, 1e-1);
      logRates += Math.log10(rate);
      batches.merge(String.valueOf(values.get(2)), 1, Integer::sum);
      double dropout = number(values.get(3));
      assertThat(dropout).isBetween(0.0, 0.5);
      dropouts += dropout;
    }
    assertThat(units.keySet()).containsExactlyInAnyOrder("8", "16", "32");
    assertThat(units.values()).allSatisfy(count -> assertThat(count).isBetween(1_180, 1_490));
    assertThat(batches).hasSize(57); // 8 to 64, each about 70 times
    assertThat(logRates / draws).isCloseTo(-2.5, within(0.075));
    assertThat(dropouts / draws).isCloseTo(0.25, within(0.0125));
  }

  private static double number(@Nullable Object value) {
    return (Double) Objects.requireNonNull(value);
  }

  @Test
  void saysWhatIsWrongWithARange() {
    assertWrong(new SearchDimension.Uniform(1.0, 1.0, null), false, "#/a/max");
    assertWrong(new SearchDimension.LogUniform(0.0, 1.0, null), false, "#/a/min");
    assertWrong(new SearchDimension.LogUniform(0.1, 1.0, null), true, "#/a/steps");
    assertWrong(new SearchDimension.Uniform(0.0, 1.0, 65), true, "#/a/steps");
    assertWrong(new SearchDimension.IntegerRange(1, 3, 4), true, "#/a/steps");
    assertWrong(new SearchDimension.IntegerRange(1, 100, null), true, "#/a/steps");
    InputErrors none = new InputErrors();
    BATCH.check("#/a", true, none);
    RATE.check("#/a", true, none);
    new SearchDimension.IntegerRange(1, 100, null).check("#/a", false, none);
    assertThat(none.isEmpty()).isTrue();
  }

  private static void assertWrong(SearchDimension dimension, boolean grid, String pointer) {
    InputErrors errors = new InputErrors();
    dimension.check("#/a", grid, errors);
    assertThat(errors.toList())
        .singleElement()
        .extracting(error -> error.pointer())
        .isEqualTo(pointer);
  }
}
