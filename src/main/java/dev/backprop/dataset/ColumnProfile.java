package dev.backprop.dataset;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the cells of a column are like, beside what the column itself knows.
///
/// @param distinct how many different values there are
/// @param constant whether all rows have the same: one value, or none
/// @param duplicateOf the first column before it that has the same cells, or null
/// @param quartiles null for categories, and where all cells are missing
/// @param histogram null for categories, and where all cells are missing
public record ColumnProfile(
    int distinct,
    boolean constant,
    @Nullable String duplicateOf,
    @Nullable Quartiles quartiles,
    @Nullable Histogram histogram) {

  /// Held while a column is looked at. However many ask, there is one sorted copy at a time, and
  /// one thread that does nothing else: the others are left for those who predict.
  private static final Object ONE_AT_A_TIME = new Object();

  /// The profiles of columns, in their order.
  static List<ColumnProfile> of(List<Column> columns) {
    Map<String, String> firstWith = new HashMap<>();
    return columns.stream().map(column -> of(column, firstWith)).toList();
  }

  /// @param firstWith hashes of cells and the first column that has them
  private static ColumnProfile of(Column column, Map<String, String> firstWith) {
    synchronized (ONE_AT_A_TIME) {
      String earlier = firstWith.putIfAbsent(ContentHash.ofCells(column), column.name());
      return switch (column) {
        case NumberColumn numbers -> of(numbers, earlier);
        case CategoryColumn categories -> of(categories, earlier);
      };
    }
  }

  private static ColumnProfile of(NumberColumn column, @Nullable String earlier) {
    float[] sorted = sorted(column);
    boolean empty = sorted.length == 0;
    int distinct = distinct(sorted);
    return new ColumnProfile(
        distinct,
        isConstant(column, distinct),
        earlier,
        empty ? null : Quartiles.of(sorted),
        empty ? null : Histogram.of(sorted));
  }

  private static ColumnProfile of(CategoryColumn column, @Nullable String earlier) {
    int distinct = 0;
    for (int code = 0; code < column.categories().size(); code++) {
      if (column.count(code) > 0) {
        distinct++;
      }
    }
    return new ColumnProfile(distinct, isConstant(column, distinct), earlier, null, null);
  }

  private static boolean isConstant(Column column, int distinct) {
    return distinct == 0 || (distinct == 1 && column.missing() == 0);
  }

  /// The numbers that are not missing.
  private static float[] sorted(NumberColumn column) {
    float[] sorted = new float[column.rows() - column.missing()];
    int count = 0;
    for (int row = 0; row < column.rows(); row++) {
      if (!column.isMissing(row)) {
        sorted[count++] = column.value(row);
      }
    }
    Arrays.sort(sorted);
    return sorted;
  }

  private static int distinct(float[] sorted) {
    int distinct = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) { // -0.0 is 0.0
        distinct++;
      }
    }
    return distinct;
  }
}
