package dev.backprop.core.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixTests {

  private final Matrix matrix = new Matrix(new float[] {9, 1, 2, 3, 4, 5, 6, 9}, 1, 3, 2);

  @Test
  void startsWithZeros() {
    assertThat(new Matrix(2, 3).values()).containsExactly(0, 0, 0, 0, 0, 0);
  }

  @Test
  void isRowMajor() {
    assertThat(matrix.get(0, 0)).isEqualTo(1);
    assertThat(matrix.get(0, 1)).isEqualTo(2);
    assertThat(matrix.get(2, 1)).isEqualTo(6);
    assertThat(matrix.size()).isEqualTo(6);
    assertThat(matrix.offset(2)).isEqualTo(5);
    assertThat(matrix).hasToString("3 × 2");
  }

  @Test
  void viewsShareTheirNumbers() {
    Matrix view = matrix.rows(1, 2);
    view.set(0, 1, 40);

    assertThat(view).hasToString("2 × 2");
    assertThat(view.get(1, 1)).isEqualTo(6);
    assertThat(matrix.get(1, 1)).isEqualTo(40);
    assertThat(view.rows(1, 1).get(0, 0)).isEqualTo(5);
    assertThat(matrix.rows(3, 0).size()).isZero();
    assertThat(matrix.rows(0, 3)).isSameAs(matrix);
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 2",
    "2, -1",
    "0, 4",
    "2, 2",
    "4, 0",
    "2147483647, 1",
    "1, 2147483647",
    "-2147483648, 1"
  })
  void refusesRowsThatItDoesNotHave(int from, int count) {
    assertThatThrownBy(() -> matrix.rows(from, count))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a matrix of 3 × 2 has no %d rows from %d on".formatted(count, from));
  }

  @ParameterizedTest
  @CsvSource({"0, 3, 2", "1, 2, 3", "-1, 1, 1", "6, 1, 0", "2147483647, 1, 1"})
  void refusesAnArrayThatIsTooShort(int offset, int rows, int columns) {
    assertThatThrownBy(() -> new Matrix(new float[5], offset, rows, columns))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "%d × %d numbers from %d on do not fit into an array of 5"
                .formatted(rows, columns, offset));
  }

  @ParameterizedTest
  @CsvSource({"-1, 1", "1, -1", "-1, -1", "65536, 32768", "2147483647, 2147483647"})
  void refusesSizesThatNoArrayHas(int rows, int columns) {
    assertThatThrownBy(() -> new Matrix(rows, columns))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no matrix has %d × %d numbers".formatted(rows, columns));
  }

  @Test
  void movesItsNumbersToAnotherOffset() {
    Matrix matrix = new Matrix(new float[] {9, 1, 2, 3, 4, 9}, 1, 2, 2);

    assertThat(matrix.valuesAt(1)).isSameAs(matrix.values());
    assertThat(matrix.valuesAt(0)).containsExactly(1, 2, 3, 4);
    assertThat(matrix.valuesAt(2)).containsExactly(0, 0, 1, 2, 3, 4);
  }
}
