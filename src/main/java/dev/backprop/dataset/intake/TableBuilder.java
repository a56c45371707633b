package dev.backprop.dataset.intake;

import dev.backprop.dataset.ColumnType;
import dev.backprop.dataset.DatasetProperties;
import dev.backprop.dataset.Texts;
import dev.backprop.problem.InputError;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The columns of a file while its rows come in: a row is in all of them or in none.
///
/// A row is counted, which holds it to the limits, its cells are added, and it is ended.
final class TableBuilder {

  private final DatasetProperties limits;
  private final Map<String, ColumnType> types;
  private final FileErrors errors;
  private final List<CsvColumn> columns = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private long counted;
  private int rows;

  /// @param types of columns whose type is not to be inferred
  TableBuilder(DatasetProperties limits, Map<String, ColumnType> types, FileErrors errors) {
    this.limits = limits;
    this.types = new HashMap<>(types);
    this.errors = errors;
  }

  /// Adds a column.
  ///
  /// @param type that the file itself gives, null if it gives none; the caller's goes before it
  /// @param place of the name in its line, for messages
  CsvColumn addColumn(String name, @Nullable ColumnType type, long line, String place) {
    checkWidth(columns.size() + 1, line);
    ColumnNames.problem(name)
        .ifPresent(
            problem ->
                errors.addToFile(InputError.inLine(line, null, problem + " (" + place + ")")));
    if (!names.add(name) && !name.isBlank()) {
      errors.addToFile(
          InputError.inLine(
              line, null, "the header has the column '" + Texts.shorten(name) + "' twice"));
    }
    ColumnType given = types.remove(name);
    CsvColumn column = new CsvColumn(name, given == null ? type : given, limits, errors);
    columns.add(column);
    return column;
  }

  /// Holds the file to the limit of columns.
  void checkWidth(int width, long line) {
    if (width > limits.maxColumns()) {
      throw exceeded(line, "columns", limits.maxColumns(), "max-columns");
    }
  }

  int width() {
    return columns.size();
  }

  CsvColumn column(int index) {
    return columns.get(index);
  }

  /// How many good rows there are.
  int rows() {
    return rows;
  }

  /// Counts a row that has come.
  void countRow(long line) {
    counted++;
    if (counted > limits.maxRows()) {
      throw exceeded(line, "rows", limits.maxRows(), "max-rows");
    }
    long cells = counted * columns.size();
    if (cells > limits.maxCells()) {
      throw exceeded(line, "cells", limits.maxCells(), "max-cells");
    }
    if (cells > limits.cellsThatFit()) {
      throw new ProblemException(
          ProblemType.INSUFFICIENT_STORAGE,
          "In line %d the data no longer fits into the %d bytes of backprop.datasets.max-memory."
              .formatted(line, limits.maxMemory().bytes()));
    }
  }

  /// Ends a row: if it was bad its cells are taken out again and it counts no more.
  ///
  /// @param touched how many columns, from the first on, can have a cell of it
  void endRow(int touched) {
    if (errors.inRow()) {
      counted--;
      for (int i = 0; i < touched; i++) {
        columns.get(i).truncate(rows);
      }
    } else {
      rows++;
    }
    errors.endRow();
  }

  /// Adds errors about the file as a whole.
  ///
  /// @param line of the end of the header
  void finish(long line) {
    for (String unknown : types.keySet()) {
      errors.addToFile(
          InputError.at(
              "#/types",
              "query parameter types has '%s', which is no column of the file"
                  .formatted(Texts.shorten(unknown))));
    }
    if (rows == 0 && errors.badRows() == 0) {
      errors.addToFile(InputError.inLine(line, null, "the file has a header but no rows"));
    } else if (columns.stream().allMatch(CsvColumn::isIgnored) && !errors.inFile()) {
      errors.addToFile(
          InputError.at(
              "#/types", "query parameter types leaves no column: all of them are ignored"));
    }
  }

  /// Whether ids and free text in a column are no part of the data set: neither in the last one,
  /// which usually is the target, nor in small tables.
  boolean mayLeaveOut(int index) {
    return columns.size() > 2 && index < columns.size() - 1;
  }

  /// The table. Gives up each column as it is built, so that no more than one is there twice.
  Table takeTable() {
    Table.Builder table = new Table.Builder();
    Collections.reverse(columns);
    while (!columns.isEmpty()) {
      columns.removeLast().build(table);
    }
    return table.build();
  }

  private static ProblemException exceeded(long line, String what, long limit, String property) {
    return new ProblemException(
        ProblemType.LIMIT_EXCEEDED,
        "In line %d the file has more than %d %s, the limit of backprop.datasets.%s."
            .formatted(line, limit, what, property));
  }
}
