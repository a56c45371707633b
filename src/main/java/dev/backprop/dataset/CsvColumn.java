package dev.backprop.dataset;

import dev.backprop.problem.InputError;
import dev.backprop.problem.InputErrors;
import org.jspecify.annotations.Nullable;

/// One column of a CSV file while it is being read.
final class CsvColumn {

  private final String name;
  private final boolean declared;
  private final DatasetProperties limits;
  private final InputErrors errors;
  private final ColumnBuilder cells = new ColumnBuilder();
  private @Nullable ColumnType type;

  /// A column whose type is given, or null where it is to be inferred.
  CsvColumn(String name, @Nullable ColumnType type, DatasetProperties limits, InputErrors errors) {
    this.name = name;
    this.type = type;
    this.declared = type != null;
    this.limits = limits;
    this.errors = errors;
  }

  String name() {
    return name;
  }

  boolean isIgnored() {
    return type == ColumnType.IGNORED;
  }

  /// Infers the type from the first rows: a text anywhere makes categories. Where all cells are
  /// missing the type stays open until the first that is not.
  ///
  /// @param texts this column's cells in those rows
  void infer(Iterable<String> texts) {
    if (declared) {
      return;
    }
    for (String text : texts) {
      CsvCell cell = CsvCell.of(text);
      if (cell == CsvCell.TEXT) {
        type = ColumnType.CATEGORY;
        return;
      }
      if (cell != CsvCell.MISSING) {
        type = ColumnType.NUMBER;
      }
    }
  }

  void add(char[] buffer, int offset, int length, long line) {
    if (type == ColumnType.IGNORED) {
      return;
    }
    if (CsvCell.isMissing(buffer, offset, length)) {
      cells.addMissing();
      return;
    }
    if (type == null) {
      type =
          CsvCell.of(buffer, offset, length) == CsvCell.TEXT
              ? ColumnType.CATEGORY
              : ColumnType.NUMBER;
    }
    if (type == ColumnType.NUMBER) {
      addNumber(buffer, offset, length, line);
    } else {
      addCategory(new String(buffer, offset, length), line);
    }
  }

  private void addNumber(char[] buffer, int offset, int length, long line) {
    float value = CsvCell.parse(buffer, offset, length);
    if (Float.isFinite(value)) {
      cells.addNumber(value);
      return;
    }
    String text = Texts.shorten(new String(buffer, offset, length));
    if (Float.isInfinite(value)) {
      error(line, Texts.beyondFloat(text));
    } else if (declared) {
      error(line, "'" + text + "' is not a number");
    } else {
      error(
          line,
          "'%s' is not a number, and the column looked like numbers until here; to read it as categories send ?types=%s:category"
              .formatted(text, Texts.shorten(name)));
    }
  }

  private void addCategory(String text, long line) {
    if (text.length() > ColumnBuilder.MAX_TEXT) {
      error(line, Texts.tooLong(text));
    } else if (!cells.addCategory(text, limits.maxCategories())) {
      error(
          line,
          Texts.tooManyCategories(limits.maxCategories())
              + "; to leave the column out send ?types=%s:ignored".formatted(Texts.shorten(name)));
      type = ColumnType.IGNORED; // once is enough
    }
  }

  private void error(long line, String detail) {
    errors.add(InputError.inLine(line, name, detail));
  }

  /// The column, once all rows were read without an error.
  Column build() {
    return cells.build(name);
  }
}
