package dev.backprop.dataset.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.dataset.CategoryColumn;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopCategoriesTests {

  @Test
  void showsTheMostFrequentCategoriesAndCountsTheOthers() {
    int[] codes =
        IntStream.range(0, 30).flatMap(code -> IntStream.range(0, code).map(_ -> code)).toArray();
    List<String> texts = IntStream.range(0, 30).mapToObj(code -> "c" + (100 + code)).toList();

    TopCategories top = TopCategories.of(new CategoryColumn("a", texts, codes), 3);

    assertThat(top.shown())
        .containsExactly(
            new TopCategories.Count("c129", 29),
            new TopCategories.Count("c128", 28),
            new TopCategories.Count("c127", 27));
    assertThat(top.others()).isEqualTo(new TopCategories.Others(26, 26 * 27 / 2));
  }

  @Test
  void showsEquallyFrequentCategoriesInTheirOrder() {
    CategoryColumn column =
        new CategoryColumn("a", List.of("w", "x", "y", "z"), new int[] {0, 1, 2, 3, 3, -1});

    assertThat(TopCategories.of(column, 4).shown())
        .extracting(TopCategories.Count::value)
        .containsExactly("z", "w", "x", "y");
    assertThat(TopCategories.of(column, 4).others()).isNull();
    assertThat(TopCategories.of(column, 2).shown())
        .extracting(TopCategories.Count::value)
        .containsExactly("z", "w");
  }
}
