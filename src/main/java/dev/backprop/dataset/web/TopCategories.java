package dev.backprop.dataset.web;

import dev.backprop.dataset.CategoryColumn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// The most frequent categories of a column, because one may have thousands.
///
/// @param shown the most frequent first, of equally frequent ones in their natural order
/// @param others what is left out, or null
record TopCategories(List<Count> shown, @Nullable Others others) {

  /// As many as are shown.
  static final int MAX_SHOWN = 20;

  /// How many rows have a category.
  @Schema(name = "CategoryCount")
  record Count(@Schema(example = "setosa") String value, @Schema(example = "50") int count) {}

  /// The categories that are not shown.
  ///
  /// @param distinct how many they are
  /// @param count how many rows have one of them
  @Schema(name = "OtherCategories")
  record Others(
      @Schema(description = "How many categories", example = "12") int distinct,
      @Schema(description = "How many rows have one of them", example = "37") int count) {}

  static TopCategories of(CategoryColumn column, int maxShown) {
    Comparator<Integer> first =
        Comparator.<Integer>comparingInt(column::count).reversed().thenComparing(code -> code);
    PriorityQueue<Integer> most = new PriorityQueue<>(first.reversed());
    int present = 0;
    for (int code = 0; code < column.categories().size(); code++) {
      if (column.count(code) > 0) {
        present++;
        most.add(code);
        if (most.size() > maxShown) {
          most.remove();
        }
      }
    }
    List<Count> shown =
        most.stream()
            .sorted(first)
            .map(code -> new Count(column.categories().get(code), column.count(code)))
            .toList();
    int rows = shown.stream().mapToInt(Count::count).sum();
    return new TopCategories(
        shown,
        present == shown.size()
            ? null
            : new Others(present - shown.size(), column.rows() - column.missing() - rows));
  }
}
