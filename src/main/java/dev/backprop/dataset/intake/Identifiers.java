package dev.backprop.dataset.intake;

import dev.backprop.dataset.CategoryColumn;
import dev.backprop.dataset.ClassLabels;
import dev.backprop.dataset.Column;
import dev.backprop.dataset.NumberColumn;
import dev.backprop.dataset.NumberFormat;
import dev.backprop.dataset.Texts;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Columns that name rows and so have nothing to learn from: ids, row numbers and free text.
///
/// With more than 50 cells a column of categories is taken for one if more than 90 % of them
/// differ. A column of whole numbers is, if it is called `id` or something that ends in `_id` and
/// more than 90 % of its numbers differ or are too large for a 32-bit float to tell apart; or if it
/// counts the rows one by one from 0 or 1.
final class Identifiers {

  /// Fewer cells prove nothing.
  static final int FEW = 50;

  private static final double MOST = 0.9;

  /// The first whole number whose successor is no 32-bit float.
  private static final float COARSE = 1 << 24;

  private Identifiers() {}

  /// What speaks for leaving a column out of which nothing else is known.
  static Optional<String> reason(Column column) {
    int cells = column.rows() - column.missing();
    return switch (column) {
      case CategoryColumn categories when differ(categories.categories().size(), cells) ->
          Optional.of(texts(column.name(), categories.categories().size(), cells));
      case CategoryColumn _ -> Optional.empty();
      case NumberColumn numbers when cells > FEW && isWhole(numbers) -> numbers(numbers, cells);
      case NumberColumn _ -> Optional.empty();
    };
  }

  /// Whether so many different texts among these cells are ids or free text.
  static boolean differ(int distinct, int cells) {
    return cells > FEW && distinct > MOST * cells;
  }

  /// Why a column of texts is left out.
  static String texts(String name, int distinct, int cells) {
    return "%d of %d texts differ, so they are taken for ids or free text; to keep the column send ?types=%s:category"
        .formatted(distinct, cells, Texts.shorten(name));
  }

  /// Why a column is left out that has a text too long for a category.
  static String freeText(String name, int length) {
    return "a text of %d characters is taken for free text; a category has at most %d. To keep the column shorten it and send ?types=%s:category"
        .formatted(length, ColumnBuilder.MAX_TEXT, Texts.shorten(name));
  }

  private static Optional<String> numbers(NumberColumn column, int cells) {
    String kept =
        "; to keep the column send ?types=%s:number".formatted(Texts.shorten(column.name()));
    if (countsRows(column)) {
      return Optional.of(
          "it numbers the rows from " + ClassLabels.text(column.min()) + " on" + kept);
    }
    String name = column.name().toLowerCase(Locale.ROOT);
    if (!name.equals("id") && !name.endsWith("_id")) {
      return Optional.empty();
    }
    int distinct = distinct(column);
    return differ(distinct, cells) || column.max() >= COARSE
        ? Optional.of("its name and its whole numbers are those of ids" + kept)
        : Optional.empty();
  }

  private static boolean isWhole(NumberColumn column) {
    if (column.format() != NumberFormat.NUMBER) {
      return false;
    }
    for (int row = 0; row < column.rows(); row++) {
      if (!column.isMissing(row) && column.value(row) != Math.rint(column.value(row))) {
        return false;
      }
    }
    return true;
  }

  private static boolean countsRows(NumberColumn column) {
    float first = column.value(0);
    if (first != 0 && first != 1) {
      return false;
    }
    for (int row = 1; row < column.rows(); row++) {
      if (column.value(row) != first + row) {
        return false;
      }
    }
    return true;
  }

  private static int distinct(NumberColumn column) {
    float[] sorted = new float[column.rows()];
    for (int row = 0; row < sorted.length; row++) {
      sorted[row] = column.value(row);
    }
    Arrays.sort(sorted); // NaN at the end
    int distinct = 0;
    for (int i = 0; i < sorted.length - column.missing(); i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        distinct++;
      }
    }
    return distinct;
  }
}
