package dev.backprop.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.backprop.problem.InputError;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTests {

  @Test
  void putsEachRowOnOneSide() {
    Split split = Split.of(101, 0.2, 42, null);
    assertThat(split.validationRows()).hasSize(20).isSorted();
    assertThat(split.trainingRows()).hasSize(81).isSorted();
    assertThat(
            IntStream.concat(
                    Arrays.stream(split.trainingRows()), Arrays.stream(split.validationRows()))
                .sorted())
        .containsExactlyElementsOf(IntStream.range(0, 101).boxed().toList());
  }

  @Test
  void followsTheSeed() {
    int[] rows = Split.of(1000, 0.3, 1, null).validationRows();
    assertThat(Split.of(1000, 0.3, 1, null).validationRows()).isEqualTo(rows);
    assertThat(Split.of(1000, 0.3, 2, null).validationRows()).isNotEqualTo(rows);
  }

  @Test
  void drawsRowsFromEverywhere() {
    int[] rows = Split.of(10_000, 0.5, 3, null).validationRows();
    assertThat(Arrays.stream(rows).filter(row -> row < 5_000).count()).isBetween(2_350L, 2_650L);
  }

  @Test
  void givesEachClassItsShare() {
    int[] classes =
        IntStream.range(0, 1000).map(row -> row < 900 ? 0 : row < 990 ? 2 : 1).toArray();
    Split split = Split.of(1000, 0.2, 7, classes);
    assertThat(split.validationRows()).hasSize(200);
    long[] counts = new long[3];
    for (int row : split.validationRows()) {
      counts[classes[row]]++;
    }
    assertThat(counts).containsExactly(180, 2, 18);
  }

  @Test
  void splitsClassesAtRandomToo() {
    int[] classes = IntStream.range(0, 1000).map(row -> row % 2).toArray();
    assertThat(Split.of(1000, 0.2, 1, classes).validationRows())
        .isNotEqualTo(Split.of(1000, 0.2, 2, classes).validationRows());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, 1.5, Double.NaN})
  void refusesFractionsOutOfRange(double fraction) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> Split.of(100, fraction, 1, null))
        .withMessageContaining("between 0 and 1")
        .satisfies(
            problem -> {
              assertThat(problem.type()).isEqualTo(ProblemType.INVALID_SPECIFICATION);
              assertThat(problem.errors())
                  .extracting(InputError::pointer)
                  .containsExactly("#/validation/fraction");
            });
  }

  @ParameterizedTest
  @CsvSource({"4,0.1,validation", "4,0.9,training", "1,0.3,validation"})
  void refusesToLeaveASideEmpty(int rows, double fraction, String side) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> Split.of(rows, fraction, 1, null))
        .withMessageContaining("leaves no rows for " + side);
  }

  @Test
  void trainsWithAllRowsWithoutValidation() {
    Split split = Split.trainingOnly(3);
    assertThat(split.trainingRows()).containsExactly(0, 1, 2);
    assertThat(split.validationRows()).isEmpty();
  }
}
