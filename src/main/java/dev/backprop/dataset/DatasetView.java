package dev.backprop.dataset;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
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
    List<ColumnView> columns) {

  static DatasetView of(Dataset dataset) {
    return new DatasetView(
        dataset.id(),
        dataset.name(),
        dataset.rows(),
        dataset.bytes(),
        dataset.sha256(),
        dataset.createdAt(),
        views(dataset));
  }

  private static List<ColumnView> views(Dataset dataset) {
    List<ColumnView> views =
        new ArrayList<>(dataset.columns().stream().map(DatasetView::view).toList());
    for (IgnoredColumn column : dataset.ignored()) {
      views.add(
          column.position(),
          new IgnoredColumnView(column.name(), ColumnType.IGNORED.word(), column.reason()));
    }
    return views;
  }

  private static ColumnView view(Column column) {
    return switch (column) {
      case NumberColumn numbers ->
          switch (numbers.format()) {
            case NUMBER -> numberView(numbers);
            case BOOLEAN -> booleanView(numbers);
            case DATE -> dateView(numbers);
          };
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

  private static CategoryColumnView booleanView(NumberColumn column) {
    int yes = 0;
    for (int row = 0; row < column.rows(); row++) {
      yes += column.value(row) == 1 ? 1 : 0;
    }
    int no = column.rows() - column.missing() - yes;
    return new CategoryColumnView(
        column.name(),
        ColumnType.BOOLEAN.word(),
        column.missing(),
        List.of(new Count("false", no), new Count("true", yes)));
  }

  private static DateColumnView dateView(NumberColumn column) {
    String type = ColumnType.DATE.word();
    return column.missing() == column.rows()
        ? new DateColumnView(column.name(), type, column.missing(), null, null, null, null)
        : new DateColumnView(
            column.name(),
            type,
            column.missing(),
            Dates.text(column.min()),
            Dates.text(column.max()),
            Dates.text(column.mean()),
            column.standardDeviation());
  }

  /// One of the kinds of columns.
  @Schema(
      name = "Column",
      oneOf = {
        NumberColumnView.class,
        CategoryColumnView.class,
        DateColumnView.class,
        IgnoredColumnView.class
      })
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

  /// Statistics over the cells that are not missing, null if all of them are.
  @Schema(name = "DateColumn")
  record DateColumnView(
      String name,
      @Schema(allowableValues = "date") String type,
      int missing,
      @Schema(example = "2014-02-28") @Nullable String min,
      @Schema(example = "2026-11-25") @Nullable String max,
      @Schema(example = "2020-07-01T12:00:00Z") @Nullable String mean,
      @Schema(description = "of the population, in days") @Nullable Double standardDeviation)
      implements ColumnView {}

  /// A column of the source that the data set does not have.
  @Schema(name = "IgnoredColumn")
  record IgnoredColumnView(
      String name,
      @Schema(allowableValues = "ignored") String type,
      @Schema(description = "Why it was left out, and how to keep it") String reason)
      implements ColumnView {}

  /// The categories in their natural order; of booleans `false` and `true`.
  @Schema(name = "CategoryColumn")
  record CategoryColumnView(
      String name,
      @Schema(allowableValues = {"category", "boolean"}) String type,
      int missing,
      List<Count> categories)
      implements ColumnView {}

  /// How many rows have a category.
  @Schema(name = "CategoryCount")
  record Count(String value, int count) {}
}
