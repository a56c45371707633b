package dev.backprop.dataset.intake;

import dev.backprop.dataset.ColumnType;
import dev.backprop.dataset.DatasetProperties;
import dev.backprop.dataset.NumberFormat;
import dev.backprop.dataset.Texts;
import dev.backprop.problem.InputError;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One column of a file while it is being read.
final class CsvColumn {

  private static final int NEVER = -1;

  private final String name;
  private final boolean declared;
  private final DatasetProperties limits;
  private final FileErrors errors;
  private final ColumnBuilder cells = new ColumnBuilder();
  private DecimalMark decimal = DecimalMark.POINT;
  private @Nullable ColumnType type;
  private boolean mayLeaveOut;
  private @Nullable String leftOut;
  private int leftOutAt = NEVER;
  private int settledAt = NEVER;

  /// A column whose type is given, or null where it is to be inferred.
  CsvColumn(String name, @Nullable ColumnType type, DatasetProperties limits, FileErrors errors) {
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

  /// Whether numbers are among what the column can have.
  boolean canBeNumbers() {
    return type == null || type == ColumnType.NUMBER;
  }

  /// Reads numbers with this decimal mark from now on.
  void use(DecimalMark mark) {
    decimal = mark;
  }

  /// Infers the type from the first rows by [TypeInference]. Where all cells are missing the type
  /// stays open until the first that is not.
  ///
  /// @param texts this column's cells in those rows
  /// @param mayLeaveOut whether ids and free text are no part of the data set
  void infer(Iterable<String> texts, boolean mayLeaveOut) {
    if (!declared) {
      type = TypeInference.of(texts, decimal);
      this.mayLeaveOut = mayLeaveOut;
    }
  }

  void add(char[] buffer, int offset, int length, long line) {
    if (CsvCell.isMissing(buffer, offset, length)) {
      addMissing();
    } else {
      addPresent(buffer, offset, length, line);
    }
  }

  void addMissing() {
    if (type != ColumnType.IGNORED) {
      cells.addMissing();
    }
  }

  /// Adds a cell that is not missing, whatever it says.
  void addPresent(char[] buffer, int offset, int length, long line) {
    if (type == ColumnType.IGNORED) {
      return;
    }
    if (type == null) {
      settledAt = cells.size();
      type =
          decimal.cell(buffer, offset, length) == CsvCell.TEXT
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
    float value = decimal.parse(buffer, offset, length);
    if (Float.isFinite(value)) {
      cells.addNumber(value);
      return;
    }
    String text = Texts.shorten(new String(buffer, offset, length));
    if (Float.isInfinite(value)) {
      error(line, () -> CellTexts.beyondFloat(text));
    } else if (declared) {
      error(line, () -> "'" + text + "' is not a number" + decimal.remedy(text));
    } else {
      error(line, () -> unlike(text, "a number", "numbers") + decimal.remedy(text));
    }
  }

  private void addFormatted(String text, NumberFormat format, long line) {
    float value = format.parse(text);
    if (!Float.isNaN(value)) {
      cells.addNumber(value);
    } else if (declared) {
      error(
          line, () -> "'%s' does not fit: %s".formatted(Texts.shorten(text), format.expectation()));
    } else {
      boolean date = format == NumberFormat.DATE;
      error(
          line,
          () ->
              unlike(
                  Texts.shorten(text),
                  date ? "a date" : "a word for true or false",
                  format.type().cells()));
    }
  }

  private String unlike(String text, String expected, String others) {
    return "'%s' is not %s, and the column looked like %s until here; to read it as categories send ?types=%s:category"
        .formatted(text, expected, others, Texts.shorten(name));
  }

  private void addCategory(String text, long line) {
    if (text.length() > ColumnBuilder.MAX_TEXT) {
      if (mayLeaveOut) {
        leaveOut(Identifiers.freeText(name, text.length()));
      } else {
        error(line, () -> CellTexts.tooLong(text));
      }
    } else if (!cells.addCategory(text, limits.maxCategories())) {
      if (mayLeaveOut && Identifiers.differ(cells.categories() + 1, cells.filled() + 1)) {
        leaveOut(Identifiers.texts(name, cells.categories() + 1, cells.filled() + 1));
        return;
      }
      errors.addToFile(
          InputError.inLine(
              line,
              name,
              CellTexts.tooManyCategories(limits.maxCategories())
                  + "; to leave the column out send ?types=%s:ignored"
                      .formatted(Texts.shorten(name))));
      type = ColumnType.IGNORED; // once is enough
    }
  }

  private void error(long line, Supplier<String> detail) {
    errors.addToRow(line, name, detail);
  }

  /// How many cells there are.
  int size() {
    return cells.size();
  }

  /// Takes out the cells from this row on, the last one at most, with what was learned from it.
  void truncate(int rows) {
    cells.truncate(rows);
    if (leftOutAt >= rows) {
      leftOutAt = NEVER;
      leftOut = null;
      type = ColumnType.CATEGORY;
    }
    if (settledAt >= rows) {
      settledAt = NEVER;
      type = null;
    }
  }

  private void leaveOut(String reason) {
    leftOut = reason;
    leftOutAt = cells.size();
    type = ColumnType.IGNORED;
  }

  /// Adds the column to a table, once all rows were read without an error.
  void build(Table.Builder table) {
    table.add(name, cells, type, leftOut, mayLeaveOut);
  }
}
