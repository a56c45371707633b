package dev.backprop.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatasetTests {

  @Test
  void computesStatisticsOverWhatIsNotMissing() {
    NumberColumn column = new NumberColumn("x", new float[] {2, Float.NaN, 4, 4, 6});
    assertThat(column.rows()).isEqualTo(5);
    assertThat(column.missing()).isEqualTo(1);
    assertThat(column.min()).isEqualTo(2);
    assertThat(column.max()).isEqualTo(6);
    assertThat(column.mean()).isEqualTo(4);
    assertThat(column.standardDeviation()).isEqualTo(Math.sqrt(2));
  }

  @Test
  void keepsAccuracyForLargeNumbersCloseTogether() {
    NumberColumn column = new NumberColumn("x", new float[] {16_000_000, 16_000_001, 16_000_002});
    assertThat(column.standardDeviation()).isCloseTo(Math.sqrt(2.0 / 3), within(1e-9));
  }

  @Test
  void hasNoStatisticsWhereAllIsMissing() {
    NumberColumn column = new NumberColumn("x", new float[] {Float.NaN});
    assertThat(column.min()).isNaN();
    assertThat(column.max()).isNaN();
    assertThat(column.mean()).isNaN();
    assertThat(column.standardDeviation()).isNaN();
  }

  @Test
  void refusesInfiniteNumbers() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NumberColumn("x", new float[] {Float.POSITIVE_INFINITY}))
        .withMessageContaining("'x'");
  }

  @Test
  void countsCategories() {
    CategoryColumn column = new CategoryColumn("c", List.of("a", "b"), new int[] {1, -1, 1, 0});
    assertThat(column.missing()).isEqualTo(1);
    assertThat(column.count(0)).isEqualTo(1);
    assertThat(column.count(1)).isEqualTo(2);
    assertThat(column.isMissing(1)).isTrue();
  }

  @Test
  void refusesUnsortedCategories() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CategoryColumn("c", List.of("b", "a"), new int[] {0}))
        .withMessageContaining("'b' before 'a'");
  }

  @Test
  void hashesEqualContentEqually() {
    Dataset one = dataset("ds_1", "one", numbers("x", 1, 2), categories("c", 0, 1));
    Dataset other = dataset("ds_2", "other", numbers("x", 1, 2), categories("c", 0, 1));
    assertThat(one.sha256()).isEqualTo(other.sha256()).matches("[0-9a-f]{64}");
  }

  @Test
  void hashesEveryDifferenceOfContent() {
    List<Dataset> different =
        List.of(
            dataset("ds_1", "d", numbers("x", 1, 2)),
            dataset("ds_1", "d", numbers("y", 1, 2)),
            dataset("ds_1", "d", numbers("x", 2, 1)),
            dataset("ds_1", "d", numbers("x", 1, Float.NaN)),
            dataset("ds_1", "d", numbers("x", 1, 2, 3)),
            dataset("ds_1", "d", numbers("x", 1, 2), numbers("z", 1, 2)),
            dataset("ds_1", "d", categories("x", 0, 1)),
            dataset("ds_1", "d", categories("x", 1, 0)),
            dataset("ds_1", "d", new CategoryColumn("x", List.of("a", "c"), new int[] {0, 1})));
    assertThat(different).extracting(Dataset::sha256).doesNotHaveDuplicates();
  }

  @Test
  void refusesColumnsOfUnequalLength() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> dataset("ds_1", "d", numbers("x", 1), numbers("y", 1, 2)))
        .withMessageContaining("column 'y' has 2 rows, the first has 1");
  }

  @Test
  void countsBytesOfCellsAndTexts() {
    assertThat(dataset("ds_1", "d", numbers("x", 1, 2), categories("c", 0, 1)).bytes())
        .isEqualTo(4 * 4 + 2 * 2);
  }

  @Test
  void findsColumnsByName() {
    Dataset data = dataset("ds_1", "d", numbers("x", 1));
    assertThat(data.column("x")).containsSame(data.columns().getFirst());
    assertThat(data.column("y")).isEmpty();
  }

  private static Dataset dataset(String id, String name, Column... columns) {
    return new Dataset(id, name, List.of(columns), Instant.EPOCH);
  }

  private static Column numbers(String name, float... values) {
    return new NumberColumn(name, values);
  }

  private static Column categories(String name, int... codes) {
    return new CategoryColumn(name, List.of("a", "b"), codes);
  }
}
