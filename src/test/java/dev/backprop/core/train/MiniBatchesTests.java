package dev.backprop.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backprop.core.linalg.Matrix;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MiniBatchesTests {

  private static final int ROWS = 50;

  /// Row i has the input (i, −i), the target 2·i and the weight 3·i.
  private static Examples numbered(int rows) {
    Matrix x = new Matrix(rows, 2);
    Matrix y = new Matrix(rows, 1);
    Matrix w = new Matrix(rows, 1);
    for (int row = 0; row < rows; row++) {
      x.set(row, 0, row);
      x.set(row, 1, -row);
      y.set(row, 0, 2 * row);
      w.set(row, 0, 3 * row);
    }
    return new Examples(x, y, w);
  }

  /// The rows in the order of an epoch; each must have come with its own target and weight.
  private static List<Integer> order(MiniBatches batches, int epoch) {
    List<Integer> order = new ArrayList<>();
    batches.start(epoch);
    for (int index = 0; index < batches.count(); index++) {
      Examples batch = batches.batch(index);
      assertThat(batch.rows()).isLessThanOrEqualTo(batches.maximumRows());
      for (int row = 0; row < batch.rows(); row++) {
        int number = (int) batch.x().get(row, 0);
        assertThat(batch.x().get(row, 1)).isEqualTo(-number);
        assertThat(batch.y().get(row, 0)).isEqualTo(2 * number);
        assertThat(Objects.requireNonNull(batch.w()).get(row, 0)).isEqualTo(3 * number);
        order.add(number);
      }
    }
    return order;
  }

  private static List<Integer> sorted(int rows) {
    return IntStream.range(0, rows).boxed().toList();
  }

  @ParameterizedTest
  @CsvSource({"50, 1", "50, 7", "50, 25", "50, 49", "2, 1", "1001, 32"})
  void eachEpochTakesEachRowOnceInAnOrderOfItsOwn(int rows, int size) {
    MiniBatches batches = new MiniBatches(numbered(rows), new BatchSize.Rows(size), true, 3);
    Set<List<Integer>> orders = new HashSet<>();
    for (int epoch = 1; epoch <= 20; epoch++) {
      List<Integer> order = order(batches, epoch);
      assertThat(order).containsExactlyInAnyOrderElementsOf(sorted(rows));
      orders.add(order);
    }

    assertThat(orders).hasSize(rows == 2 ? 2 : 20);
  }

  @Test
  void anOrderFollowsFromSeedAndEpochAlone() {
    MiniBatches first = new MiniBatches(numbered(ROWS), new BatchSize.Rows(7), true, 3);
    MiniBatches second = new MiniBatches(numbered(ROWS), new BatchSize.Rows(20), true, 3);
    MiniBatches other = new MiniBatches(numbered(ROWS), new BatchSize.Rows(7), true, 4);
    List<Integer> ofFive = order(first, 5);
    order(first, 9);

    assertThat(order(first, 5)).isEqualTo(ofFive);
    assertThat(order(second, 5)).isEqualTo(ofFive);
    assertThat(order(other, 5)).isNotEqualTo(ofFive);
  }

  @Test
  void everyRowComesFirstEquallyOften() {
    int rows = 5;
    int epochs = 20_000;
    MiniBatches batches = new MiniBatches(numbered(rows), new BatchSize.Rows(1), true, 6);
    int[][] counts = new int[rows][rows];
    for (int epoch = 1; epoch <= epochs; epoch++) {
      List<Integer> order = order(batches, epoch);
      for (int place = 0; place < rows; place++) {
        counts[place][order.get(place)]++;
      }
    }

    for (int[] ofPlace : counts) {
      for (int count : ofPlace) {
        assertThat(count).isBetween(3774, 4226); // 4000 ± 4 standard deviations
      }
    }
  }

  @Test
  void theLastBatchIsShort() {
    for (boolean shuffle : new boolean[] {false, true}) {
      MiniBatches batches = new MiniBatches(numbered(10), new BatchSize.Rows(4), shuffle, 1);
      batches.start(1);

      assertThat(batches.count()).isEqualTo(3);
      assertThat(batches.maximumRows()).isEqualTo(4);
      assertThat(batches.batch(0).rows()).isEqualTo(4);
      assertThat(batches.batch(2).rows()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"50", "51", "1000", "2147483647"})
  void aBatchOfAllRowsIsTheDataItself(int size) {
    Examples examples = numbered(ROWS);

    for (BatchSize batchSize : List.of(new BatchSize.Rows(size), new BatchSize.Full())) {
      MiniBatches batches = new MiniBatches(examples, batchSize, true, 3);
      batches.start(1);

      assertThat(batches.count()).isEqualTo(1);
      assertThat(batches.batch(0)).isSameAs(examples);
    }
  }

  @Test
  void keepsTheOrderOfTheDataWithoutShuffling() {
    MiniBatches batches = new MiniBatches(numbered(ROWS), new BatchSize.Rows(7), false, 3);

    assertThat(order(batches, 1)).isEqualTo(sorted(ROWS));
    assertThat(order(batches, 2)).isEqualTo(sorted(ROWS));
  }

  @Test
  void leavesTheDataAsItIs() {
    Examples examples = numbered(ROWS);
    MiniBatches batches = new MiniBatches(examples, new BatchSize.Rows(7), true, 3);
    List<Integer> shuffled = order(batches, 1);

    assertThat(shuffled).isNotEqualTo(sorted(ROWS));
    List<Integer> after = order(new MiniBatches(examples, new BatchSize.Full(), false, 0), 1);
    assertThat(after).isEqualTo(sorted(ROWS));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "3, 2", "2, 3"})
  void refusesExamplesWithoutATargetForEachRow(int rows, int targets) {
    assertThatThrownBy(() -> new Examples(new Matrix(rows, 2), new Matrix(targets, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("%d rows of inputs and %d of targets".formatted(rows, targets));
  }

  @ParameterizedTest
  @CsvSource({"4, 1", "5, 2"})
  void refusesWeightsThatAreNotOneForEachRow(int rows, int columns) {
    Matrix w = new Matrix(rows, columns);
    assertThatThrownBy(() -> new Examples(new Matrix(5, 2), new Matrix(5, 1), w))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("weights of %s for 5 rows of inputs".formatted(w));
  }
}
