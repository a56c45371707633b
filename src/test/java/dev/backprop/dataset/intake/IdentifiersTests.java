package dev.backprop.dataset.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.dataset.Column;
import dev.backprop.dataset.NumberColumn;
import dev.backprop.dataset.NumberFormat;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdentifiersTests {

  @Test
  void areTextsOfWhichNineTenthsDiffer() {
    assertThat(Identifiers.reason(texts(100, i -> "t" + Math.min(i, 90))))
        .contains(
            "91 of 100 texts differ, so they are taken for ids or free text; to keep the column send ?types=c:category");
    assertThat(Identifiers.reason(texts(100, i -> "t" + Math.min(i, 89)))).isEmpty();
    assertThat(Identifiers.reason(texts(51, i -> "t" + i))).isPresent();
    assertThat(Identifiers.reason(texts(50, i -> "t" + i))).isEmpty();
  }

  @Test
  void areWholeNumbersOfThatName() {
    IntFunction<Float> scattered = i -> (float) (i * 7919 % 1009);
    assertThat(Identifiers.reason(numbers("user_id", 100, scattered)))
        .contains(
            "its name and its whole numbers are those of ids; to keep the column send ?types=user_id:number");
    assertThat(Identifiers.reason(numbers("ID", 100, scattered))).isPresent();
    assertThat(Identifiers.reason(numbers("height", 100, scattered))).isEmpty();
    assertThat(Identifiers.reason(numbers("paid", 100, scattered))).isEmpty();
    assertThat(Identifiers.reason(numbers("id", 50, scattered))).isEmpty();
    assertThat(Identifiers.reason(numbers("id", 100, i -> scattered.apply(i) + 0.5f))).isEmpty();
    assertThat(Identifiers.reason(numbers("shop_id", 100, i -> (float) (i % 5)))).isEmpty();
    assertThat(Identifiers.reason(numbers("id", 100, i -> 1e9f + i))).isPresent();
  }

  @Test
  void areNumbersOfTheRows() {
    assertThat(Identifiers.reason(numbers("n", 60, i -> (float) i)))
        .contains("it numbers the rows from 0 on; to keep the column send ?types=n:number");
    assertThat(Identifiers.reason(numbers("n", 60, i -> i + 1f))).isPresent();
    assertThat(Identifiers.reason(numbers("year", 60, i -> i + 1960f))).isEmpty();
    assertThat(Identifiers.reason(numbers("n", 60, i -> i == 59 ? 100f : i))).isEmpty();
    assertThat(Identifiers.reason(numbers("n", 60, i -> i == 30 ? Float.NaN : i))).isEmpty();
  }

  @Test
  void areNoDatesOrBooleans() {
    float[] days = new float[100];
    for (int row = 0; row < days.length; row++) {
      days[row] = row;
    }
    assertThat(Identifiers.reason(new NumberColumn("id", days, NumberFormat.DATE))).isEmpty();
  }

  private static Column texts(int rows, IntFunction<String> text) {
    ColumnBuilder column = new ColumnBuilder();
    IntStream.range(0, rows).forEach(i -> column.addCategory(text.apply(i), 1000));
    return column.build("c");
  }

  private static Column numbers(String name, int rows, IntFunction<Float> number) {
    float[] values = new float[rows];
    List<Float> all = IntStream.range(0, rows).mapToObj(number).toList();
    for (int row = 0; row < rows; row++) {
      values[row] = all.get(row);
    }
    return new NumberColumn(name, values);
  }
}
