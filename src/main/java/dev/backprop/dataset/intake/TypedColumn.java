package dev.backprop.dataset.intake;

import dev.backprop.dataset.BooleanWords;
import dev.backprop.dataset.ColumnType;
import dev.backprop.dataset.Dates;
import dev.backprop.dataset.NumberFormat;
import dev.backprop.dataset.Texts;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One column while it is being read from a source whose cells have types of their own, such as
/// JSON.
///
/// The first cell that is not missing decides the type unless it is declared; a text that is a date
/// makes a column of dates. A cell that does not fit is answered with what is wrong, and is a
/// missing one then, which keeps the columns in step.
final class TypedColumn {

  private static final int NEVER = -1;

  private final String name;
  private final boolean declared;
  private final int maxCategories;
  private final ColumnBuilder cells = new ColumnBuilder();
  private @Nullable ColumnType type;
  private boolean mayLeaveOut;
  private @Nullable String leftOut;
  private int leftOutAt = NEVER;
  private int settledAt = NEVER;
  private boolean full;

  /// A column whose type is given, or null where its first cell decides.
  TypedColumn(String name, @Nullable ColumnType type, int maxCategories) {
    this.name = name;
    this.type = type;
    this.declared = type != null;
    this.maxCategories = maxCategories;
  }

  String name() {
    return name;
  }

  /// How many cells were added.
  int size() {
    return cells.size();
  }

  boolean isIgnored() {
    return type == ColumnType.IGNORED;
  }

  /// Whether it had more different texts than a column may have, which no row can be blamed for.
  boolean isFull() {
    return full;
  }

  /// Lets the column be left out of the data set if it holds ids or free text.
  void mayLeaveOut() {
    mayLeaveOut = !declared;
  }

  void addMissing() {
    cells.addMissing();
  }

  /// Takes out the cells from this row on, the last one at most, with what was learned from it.
  void truncate(int rows) {
    cells.truncate(rows);
    if (leftOutAt >= rows) {
      leftOutAt = NEVER;
      leftOut = null;
      type = ColumnType.CATEGORY;
    }
    if (settledAt >= rows && !isIgnored()) {
      settledAt = NEVER;
      type = null;
    }
  }

  private ColumnType settle(ColumnType met) {
    if (type == null) {
      type = met;
      settledAt = cells.size();
    }
    return type;
  }

  /// Adds a number.
  ///
  /// @param value infinite where it is beyond a 32-bit float
  /// @param written the number as a text
  /// @return what is wrong with it, or null
  @Nullable String addNumber(float value, Supplier<String> written) {
    return switch (settle(ColumnType.NUMBER)) {
      case NUMBER ->
          Float.isInfinite(value) ? wrong(CellTexts.beyondFloat(written.get())) : addNumber(value);
      case CATEGORY -> declared ? addCategory(written.get()) : misfit("the number", written.get());
      case BOOLEAN ->
          declared && NumberFormat.BOOLEAN.takes(value)
              ? addNumber(value)
              : misfit("the number", written.get());
      case DATE -> misfit("the number", written.get());
      case IGNORED -> skip();
    };
  }

  /// Adds a text; see [#addNumber(float, Supplier)].
  @Nullable String addText(String text) {
    return switch (type == null
        ? settle(Dates.isDate(text) ? ColumnType.DATE : ColumnType.CATEGORY)
        : type) {
      case NUMBER -> addParsed(text, declared ? number(text) : Float.NaN);
      case CATEGORY -> addCategory(text);
      case BOOLEAN -> addParsed(text, declared ? BooleanWords.parse(text) : Float.NaN);
      case DATE -> addParsed(text, NumberFormat.DATE.parse(text));
      case IGNORED -> skip();
    };
  }

  /// Adds a boolean; see [#addNumber(float, Supplier)].
  @Nullable String addBoolean(boolean value) {
    return switch (settle(ColumnType.BOOLEAN)) {
      case NUMBER -> declared ? addNumber(value ? 1 : 0) : misfit("", Boolean.toString(value));
      case CATEGORY ->
          declared ? addCategory(Boolean.toString(value)) : misfit("", Boolean.toString(value));
      case BOOLEAN -> addNumber(value ? 1 : 0);
      case DATE -> misfit("", Boolean.toString(value));
      case IGNORED -> skip();
    };
  }

  /// Adds a date as days since 1970-01-01; see [#addNumber(float, Supplier)].
  @Nullable String addDate(double days) {
    ColumnType settled = settle(ColumnType.DATE);
    if (!Dates.inRange(days)) {
      return wrong("a date outside of the years 0000 to 9999");
    }
    return switch (settled) {
      case NUMBER, DATE -> addNumber((float) days);
      case CATEGORY -> addCategory(Dates.text(days));
      case BOOLEAN -> misfit("the date", Dates.text(days));
      case IGNORED -> skip();
    };
  }

  private @Nullable String addNumber(float value) {
    cells.addNumber(value);
    return null;
  }

  private static float number(String text) {
    float value = CsvCell.parse(text.toCharArray(), 0, text.length());
    return Float.isInfinite(value) ? Float.NaN : value;
  }

  private @Nullable String addParsed(String text, float value) {
    return Float.isNaN(value) ? misfit("the text", "'" + text + "'") : addNumber(value);
  }

  private @Nullable String addCategory(String text) {
    if (text.length() > ColumnBuilder.MAX_TEXT) {
      return mayLeaveOut
          ? leaveOut(Identifiers.freeText(name, text.length()))
          : wrong(CellTexts.tooLong(text));
    }
    if (cells.addCategory(text, maxCategories)) {
      return null;
    }
    int categories = cells.categories() + 1;
    int filled = cells.filled() + 1;
    if (mayLeaveOut && Identifiers.differ(categories, filled)) {
      return leaveOut(Identifiers.texts(name, categories, filled));
    }
    String detail = CellTexts.tooManyCategories(maxCategories);
    type = ColumnType.IGNORED; // once is enough
    full = true;
    return wrong(
        "%s; to leave the column out send ?types=%s:ignored"
            .formatted(detail, Texts.shorten(name)));
  }

  private @Nullable String leaveOut(String reason) {
    leftOut = reason;
    leftOutAt = cells.size();
    type = ColumnType.IGNORED;
    return skip();
  }

  private @Nullable String skip() {
    cells.addMissing();
    return null;
  }

  private String wrong(String detail) {
    cells.addMissing();
    return detail;
  }

  private String misfit(String kind, String cell) {
    String met = (kind + " " + Texts.shorten(cell)).strip();
    String place = type == null ? "" : " in a column of " + type.cells();
    return wrong(
        declared
            ? met + place
            : "%s%s; to read it as categories send ?types=%s:category"
                .formatted(met, place, Texts.shorten(name)));
  }

  /// Adds the column to a table, once all rows were read without an error.
  void build(Table.Builder table) {
    table.add(name, cells, type, leftOut, mayLeaveOut);
  }
}
