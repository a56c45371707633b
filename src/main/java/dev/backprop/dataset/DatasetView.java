package dev.backprop.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A data set as callers see it.
@Schema(name = "Dataset")
record DatasetView(
    String id,
    String name,
    int rows,
    long bytes,
    String sha256,
    Instant createdAt,
    List<ColumnView> columns,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RejectedRows rejected) {

  static DatasetView of(Dataset dataset) {
    return new DatasetView(
        dataset.id(),
        dataset.name(),
        dataset.rows(),
        dataset.bytes(),
        dataset.sha256(),
        dataset.createdAt(),
        dataset.columns().stream().map(DatasetView::view).toList(),
        dataset.rejected().orElse(null));
  }

  private static ColumnView view(Column column) {
    return switch (column) {
      case NumberColumn numbers -> numberView(numbers);
      case CategoryColumn categories ->
          new CategoryColumnView(
              categories.name(),
              ColumnType.CATEGORY.word(),
              categories.missing(),
              IntStream.range(0, categories.categories().size())
                  .mapToObj(i -> new Count(categories.categories().get(i), categories.count(i)))
                  .toList());
    };
  }

  private static NumberColumnView numberView(NumberColumn column) {
    String type = ColumnType.NUMBER.word();
    return column.missing() == column.rows()
        ? new NumberColumnView(column.name(), type, column.missing(), null, null, null, null)
        : new NumberColumnView(
            column.name(),
            type,
            column.missing(),
            column.min(),
            column.max(),
            column.mean(),
            column.standardDeviation());
  }

  /// One of the two kinds of columns.
  @Schema(
      name = "Column",
      oneOf = {NumberColumnView.class, CategoryColumnView.class})
  sealed interface ColumnView {}

  /// Statistics over the cells that are not missing, null if all of them are.
  @Schema(name = "NumberColumn")
  record NumberColumnView(
      String name,
      @Schema(allowableValues = "number") String type,
      int missing,
      @Nullable Float min,
      @Nullable Float max,
      @Nullable Double mean,
      @Schema(description = "of the population") @Nullable Double standardDeviation)
      implements ColumnView {}

  /// The categories in their natural order.
  @Schema(name = "CategoryColumn")
  record CategoryColumnView(
      String name,
      @Schema(allowableValues = "category") String type,
      int missing,
      List<Count> categories)
      implements ColumnView {}

  /// How many rows have a category.
  @Schema(name = "CategoryCount")
  record Count(String value, int count) {}
}
