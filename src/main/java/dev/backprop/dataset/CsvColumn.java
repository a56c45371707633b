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
  private boolean mayLeaveOut;
  private @Nullable String leftOut;

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

  /// Infers the type from the first rows by [TypeInference]. Where all cells are missing the type
  /// stays open until the first that is not.
  ///
  /// @param texts this column's cells in those rows
  /// @param mayLeaveOut whether ids and free text are no part of the data set
  void infer(Iterable<String> texts, boolean mayLeaveOut) {
    if (!declared) {
      type = TypeInference.of(texts);
      this.mayLeaveOut = mayLeaveOut;
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
    switch (type) {
      case NUMBER -> addNumber(buffer, offset, length, line);
      case CATEGORY -> addCategory(new String(buffer, offset, length), line);
      case BOOLEAN -> addFormatted(new String(buffer, offset, length), NumberFormat.BOOLEAN, line);
      case DATE -> addFormatted(new String(buffer, offset, length), NumberFormat.DATE, line);
      case IGNORED -> {}
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
      error(line, text, "a number", "numbers");
    }
  }

  private void addFormatted(String text, NumberFormat format, long line) {
    float value = format.parse(text);
    if (!Float.isNaN(value)) {
      cells.addNumber(value);
    } else if (declared) {
      error(line, "'%s' does not fit: %s".formatted(Texts.shorten(text), format.expectation()));
    } else {
      boolean date = format == NumberFormat.DATE;
      error(
          line,
          Texts.shorten(text),
          date ? "a date" : "a word for true or false",
          format.type().cells());
    }
  }

  private void error(long line, String text, String expected, String cells) {
    error(
        line,
        "'%s' is not %s, and the column looked like %s until here; to read it as categories send ?types=%s:category"
            .formatted(text, expected, cells, Texts.shorten(name)));
  }

  private void addCategory(String text, long line) {
    if (text.length() > ColumnBuilder.MAX_TEXT) {
      if (mayLeaveOut) {
        leaveOut(Identifiers.freeText(name, text.length()));
      } else {
        error(line, Texts.tooLong(text));
      }
    } else if (!cells.addCategory(text, limits.maxCategories())) {
      if (mayLeaveOut && Identifiers.differ(cells.categories() + 1, cells.filled() + 1)) {
        leaveOut(Identifiers.texts(name, cells.categories() + 1, cells.filled() + 1));
        return;
      }
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

  private void leaveOut(String reason) {
    leftOut = reason;
    type = ColumnType.IGNORED;
  }

  /// Adds the column to a table, once all rows were read without an error.
  void build(Table.Builder table) {
    switch (type) {
      case IGNORED -> table.ignore(name, leftOut == null ? Table.AS_ASKED : leftOut);
      case BOOLEAN -> table.keep(cells.build(name, NumberFormat.BOOLEAN));
      case DATE -> table.keep(cells.build(name, NumberFormat.DATE));
      case NUMBER, CATEGORY -> table.add(cells.build(name), mayLeaveOut);
      case null -> table.keep(cells.build(name));
    }
  }
}
