package dev.backprop.dataset.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.backprop.dataset.CategoryColumn;
import dev.backprop.dataset.Column;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.NumberColumn;
import dev.backprop.problem.InputError;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
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

  private static Dataset data(Column... columns) {
    return new Dataset("ds_1", "split", List.of(columns), Instant.EPOCH);
  }

  private static Split byColumn(Column column) {
    InputErrors errors = new InputErrors();
    Split split = Split.byColumn(data(column), "part", errors).orElseThrow();
    assertThat(errors.isEmpty()).isTrue();
    return split;
  }

  /// An empty text is a missing cell.
  private static CategoryColumn texts(String... cells) {
    List<String> categories =
        Arrays.stream(cells).filter(cell -> !cell.isEmpty()).distinct().sorted().toList();
    return new CategoryColumn(
        "part", categories, Arrays.stream(cells).mapToInt(categories::indexOf).toArray());
  }

  @Test
  void followsTheWordsOfAColumn() {
    Split split = byColumn(texts("train", "valid", "Training", "VAL", "validation", "train"));
    assertThat(split.trainingRows()).containsExactly(0, 2, 5);
    assertThat(split.validationRows()).containsExactly(1, 3, 4);
  }

  @Test
  void followsTruthsAndNumbers() {
    Split truths = byColumn(texts("true", "False", "TRUE", "false"));
    assertThat(truths.trainingRows()).containsExactly(1, 3);
    assertThat(truths.validationRows()).containsExactly(0, 2);
    Split numbers = byColumn(new NumberColumn("part", new float[] {0, 1, -0.0f, 1}));
    assertThat(numbers.trainingRows()).containsExactly(0, 2);
    assertThat(numbers.validationRows()).containsExactly(1, 3);
    assertThat(byColumn(texts("0", "1")).validationRows()).containsExactly(1);
  }

  @Test
  void validatesWithTestRowsUnlessThereAreOthers() {
    Split two = byColumn(texts("train", "test", "train", "test"));
    assertThat(two.validationRows()).containsExactly(1, 3);
    Split three = byColumn(texts("train", "test", "valid", "test"));
    assertThat(three.trainingRows()).containsExactly(0);
    assertThat(three.validationRows()).containsExactly(2);
  }

  static Stream<Arguments> refusesAColumnThatDoesNotSplit() {
    String sides = "; train, training, false or 0 is for training; validation";
    return Stream.of(
        arguments(
            new NumberColumn("other", new float[1]),
            "there is no column 'part'; the columns are other"),
        arguments(
            texts("train", "holdout"),
            "column 'part' has 'holdout' in row 1 (counted from 0)" + sides),
        arguments(
            texts("train", "", "valid"),
            "column 'part' has no value in row 1 (counted from 0)" + sides),
        arguments(
            new NumberColumn("part", new float[] {0, 1, 0.5f}), "column 'part' has '0.5' in row 2"),
        arguments(texts("train", "train"), "column 'part' has no row for validation" + sides),
        arguments(texts("test", "valid"), "column 'part' has no row for training" + sides));
  }

  @ParameterizedTest
  @MethodSource
  void refusesAColumnThatDoesNotSplit(Column column, String detail) {
    InputErrors errors = new InputErrors();
    assertThat(Split.byColumn(data(column), "part", errors)).isEmpty();
    assertThat(errors.toList()).hasSize(1);
    assertThat(errors.toList().getFirst().pointer()).isEqualTo("#/validation/column");
    assertThat(errors.toList().getFirst().detail()).startsWith(detail);
  }

  @ParameterizedTest
  @CsvSource({"10,2", "10,3", "11,11", "101,5", "1000,7"})
  void validatesEachRowInOneFold(int rows, int folds) {
    List<Split> splits = Split.folds(rows, folds, 42, null);
    assertThat(splits).hasSize(folds);
    List<Integer> validated = new ArrayList<>();
    for (Split split : splits) {
      assertThat(split.validationRows().length).isBetween(rows / folds, (rows + folds - 1) / folds);
      assertThat(split.trainingRows()).isSorted().doesNotContain(split.validationRows());
      assertThat(split.validationRows()).isSorted();
      assertThat(split.trainingRows().length + split.validationRows().length).isEqualTo(rows);
      Arrays.stream(split.validationRows()).forEach(validated::add);
    }
    assertThat(validated)
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, rows).boxed().toList());
  }

  @Test
  void givesEachFoldAsManyOfEachClass() {
    int[] classes =
        IntStream.range(0, 1003).map(row -> row < 900 ? 0 : row < 990 ? 2 : 1).toArray();
    for (Split split : Split.folds(1003, 4, 7, classes)) {
      long[] counts = new long[3];
      for (int row : split.validationRows()) {
        counts[classes[row]]++;
      }
      assertThat(counts[0]).isEqualTo(225);
      assertThat(counts[1]).isBetween(3L, 4L);
      assertThat(counts[2]).isBetween(22L, 23L);
      assertThat(split.validationRows().length).isBetween(250, 251);
    }
  }

  @Test
  void foldsByTheSeed() {
    int[] first = Split.folds(100, 5, 1, null).getFirst().validationRows();
    assertThat(Split.folds(100, 5, 1, null).getFirst().validationRows()).isEqualTo(first);
    assertThat(Split.folds(100, 5, 2, null).getFirst().validationRows()).isNotEqualTo(first);
    assertThat(Arrays.stream(first).filter(row -> row < 50).count()).isBetween(4L, 16L);
  }

  @ParameterizedTest
  @CsvSource({"10,1,10", "10,0,10", "10,-3,10", "3,4,3", "1000,21,20"})
  void refusesFoldsThatThereCannotBe(int rows, int folds, int most) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> Split.folds(rows, folds, 1, null))
        .withMessageContaining("%d rows make 2 to %d folds, not %d".formatted(rows, most, folds))
        .satisfies(
            problem ->
                assertThat(problem.errors())
                    .extracting(InputError::pointer)
                    .containsExactly("#/validation/folds"));
  }

  @Test
  void trainsWithAllRowsWithoutValidation() {
    Split split = Split.trainingOnly(3);
    assertThat(split.trainingRows()).containsExactly(0, 1, 2);
    assertThat(split.validationRows()).isEmpty();
  }
}
