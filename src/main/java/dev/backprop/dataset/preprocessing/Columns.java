package dev.backprop.dataset.preprocessing;

import dev.backprop.dataset.CategoryColumn;
import dev.backprop.dataset.Column;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.NumberColumn;
import dev.backprop.dataset.Texts;
import java.util.List;
import java.util.stream.Collectors;

/// Access to columns that a check has found to be there.
final class Columns {

  private static final int NAMED = 20;

  private Columns() {}

  /// The first columns' names, for messages.
  static String names(Dataset data) {
    List<Column> columns = data.columns();
    String shown =
        columns.stream()
            .limit(NAMED)
            .map(column -> Texts.shorten(column.name()))
            .collect(Collectors.joining(", "));
    return columns.size() <= NAMED ? shown : shown + " and " + (columns.size() - NAMED) + " more";
  }

  static Column require(Dataset data, String name) {
    return data.column(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "data set " + data.id() + " has no column '" + name + "'"));
  }

  static NumberColumn requireNumbers(Dataset data, String name) {
    return switch (require(data, name)) {
      case NumberColumn numbers -> numbers;
      case CategoryColumn _ ->
          throw new IllegalArgumentException("column '" + name + "' has categories, not numbers");
    };
  }
}
