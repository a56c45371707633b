package dev.backprop.dataset.intake;

import dev.backprop.dataset.Column;
import dev.backprop.problem.InputError;
import java.util.ArrayList;
import java.util.List;

/// A table out of a JSON request, read into columns without a box per number, together with all
/// that was wrong with it.
public final class JsonTable {

  private final List<String> names;
  private final List<ColumnBuilder> columns;
  private final int rows;
  private final List<InputError> errors;

  JsonTable(List<String> names, List<ColumnBuilder> columns, int rows, List<InputError> errors) {
    this.names = List.copyOf(names);
    this.columns = List.copyOf(columns);
    this.rows = rows;
    this.errors = List.copyOf(errors);
  }

  /// How many rows were read.
  public int rows() {
    return rows;
  }

  /// How many columns the first row has.
  public int columns() {
    return columns.size();
  }

  /// What was wrong, with pointers relative to the table: `#/3/0` is the first cell of row 3.
  public List<InputError> errors() {
    return errors;
  }

  /// The columns, those of bare arrays named by a letter and their number from 1.
  List<Column> toColumns(String letter) {
    List<Column> result = new ArrayList<>(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      result.add(columns.get(i).build(names.isEmpty() ? letter + (i + 1) : names.get(i)));
    }
    return result;
  }
}
