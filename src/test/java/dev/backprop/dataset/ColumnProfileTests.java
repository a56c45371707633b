package dev.backprop.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/// Against NumPy; `golden/profile.py` made the numbers.
@SuppressWarnings("ArrayRecordComponent") // the records mirror the file
class ColumnProfileTests {

  record Golden(String numpy, List<Case> cases) {}

  record Case(
      String name,
      Float[] values,
      int distinct,
      double min,
      double max,
      double mean,
      double standardDeviation,
      double q1,
      double median,
      double q3,
      double[] edges,
      int[] counts) {

    NumberColumn column() {
      float[] cells = new float[values.length];
      for (int row = 0; row < cells.length; row++) {
        cells[row] = Objects.requireNonNullElse(values[row], Float.NaN);
      }
      return new NumberColumn(name, cells);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> cases() {
    try (InputStream json = ColumnProfileTests.class.getResourceAsStream("/golden/profile.json")) {
      return JsonMapper.shared().readValue(Objects.requireNonNull(json), Golden.class).cases();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithNumPy(Case golden) {
    NumberColumn column = golden.column();
    ColumnProfile profile = profile(column);
    Offset<Double> accuracy = within((golden.max - golden.min) * 1e-12);

    assertThat(profile.distinct()).isEqualTo(golden.distinct);
    assertThat((double) column.min()).isEqualTo(golden.min);
    assertThat((double) column.max()).isEqualTo(golden.max);
    assertThat(column.mean()).isCloseTo(golden.mean, accuracy);
    assertThat(column.standardDeviation()).isCloseTo(golden.standardDeviation, accuracy);
    Quartiles quartiles = Objects.requireNonNull(profile.quartiles());
    assertThat(quartiles.q1()).isCloseTo(golden.q1, accuracy);
    assertThat(quartiles.median()).isCloseTo(golden.median, accuracy);
    assertThat(quartiles.q3()).isCloseTo(golden.q3, accuracy);
    Histogram histogram = Objects.requireNonNull(profile.histogram());
    assertThat(histogram.edges()).containsExactly(golden.edges, accuracy);
    assertThat(histogram.counts()).containsExactly(golden.counts);
    assertThat(profile.constant()).isFalse();
  }

  private static ColumnProfile profile(Column column) {
    return ColumnProfile.of(List.of(column)).getFirst();
  }

  @Test
  void hasOneRangeForAConstant() {
    ColumnProfile profile = profile(new NumberColumn("a", new float[] {2.5f, 2.5f, 2.5f}));

    assertThat(profile.constant()).isTrue();
    assertThat(profile.distinct()).isEqualTo(1);
    assertThat(profile.quartiles()).isEqualTo(new Quartiles(2.5, 2.5, 2.5));
    assertThat(Objects.requireNonNull(profile.histogram()).edges()).containsExactly(2.5, 2.5);
    assertThat(profile.histogram().counts()).containsExactly(3);
  }

  @Test
  void hasNoNumbersWhereAllCellsAreMissing() {
    ColumnProfile profile = profile(new NumberColumn("a", new float[] {Float.NaN, Float.NaN}));

    assertThat(profile).isEqualTo(new ColumnProfile(0, true, null, null, null));
  }

  @Test
  void doesNotCallConstantWhatIsMissingSomewhere() {
    assertThat(profile(new NumberColumn("a", new float[] {1, Float.NaN})).constant()).isFalse();
    assertThat(profile(new CategoryColumn("a", List.of("x"), new int[] {0, -1})).constant())
        .isFalse();
    assertThat(profile(new CategoryColumn("a", List.of("x"), new int[] {0, 0})).constant())
        .isTrue();
  }

  @Test
  void countsTheCategoriesThatOccur() {
    ColumnProfile profile =
        profile(new CategoryColumn("a", List.of("x", "y", "z"), new int[] {2, 0, -1, 0}));

    assertThat(profile).isEqualTo(new ColumnProfile(2, false, null, null, null));
  }

  @Test
  void namesTheFirstColumnWithTheSameCells() {
    float[] numbers = {1, Float.NaN, 3};
    List<ColumnProfile> profiles =
        ColumnProfile.of(
            List.of(
                new NumberColumn("a", numbers),
                new CategoryColumn("b", List.of("x", "y"), new int[] {0, 1, 0}),
                new NumberColumn("c", new float[] {1, 2, 3}),
                new NumberColumn("d", numbers.clone()),
                new CategoryColumn("e", List.of("x", "z"), new int[] {0, 1, 0}),
                new CategoryColumn("f", List.of("x", "y"), new int[] {0, 1, 0}),
                new NumberColumn("g", numbers.clone())));

    assertThat(profiles)
        .extracting(ColumnProfile::duplicateOf)
        .containsExactly(null, null, null, "a", null, "b", "a");
  }

  @Test
  void isMadeOnceForADataset() {
    Dataset data =
        new Dataset(
            "ds_1", "once", List.of(new NumberColumn("a", new float[] {1, 2})), Instant.EPOCH);

    assertThat(data.profile()).isSameAs(data.profile());
  }
}
