package dev.backprop.dataset.intake;

import dev.backprop.dataset.ColumnType;
import dev.backprop.dataset.DatasetProperties;
import dev.backprop.dataset.Texts;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The columns of a source with types of its own, by name, with the types that the caller declares
/// and the limits of data sets.
final class TypedColumns {

  private final DatasetProperties limits;
  private final Map<String, ColumnType> declared;
  private final List<TypedColumn> columns = new ArrayList<>();
  private final Map<String, TypedColumn> byName = new HashMap<>();

  TypedColumns(DatasetProperties limits, Map<String, ColumnType> types) {
    this.limits = limits;
    this.declared = new HashMap<>(types);
  }

  List<TypedColumn> all() {
    return columns;
  }

  int size() {
    return columns.size();
  }

  @Nullable TypedColumn find(String name) {
    return byName.get(name);
  }

  /// Adds a column of a new name.
  TypedColumn add(String name) {
    if (columns.size() == limits.maxColumns()) {
      throw exceeded("columns", limits.maxColumns(), "max-columns");
    }
    TypedColumn column = new TypedColumn(name, declared.remove(name), limits.maxCategories());
    columns.add(column);
    byName.put(name, column);
    return column;
  }

  /// Notes that no columns will be added: ids and free text may be left out now, unless the columns
  /// are two or less; the last one never.
  void complete() {
    if (columns.size() > 2) {
      columns.subList(0, columns.size() - 1).forEach(TypedColumn::mayLeaveOut);
    }
  }

  /// Adds what is wrong with the declared types, once all columns are there.
  void checkTypes(InputErrors errors) {
    for (String unknown : declared.keySet()) {
      errors.add(
          "#/types",
          "query parameter types has '%s', which is no column of the file"
              .formatted(Texts.shorten(unknown)));
    }
    if (errors.isEmpty() && columns.stream().allMatch(TypedColumn::isIgnored)) {
      errors.add("#/types", "query parameter types leaves no column: all of them are ignored");
    }
  }

  /// Refuses more rows than the limits allow.
  ///
  /// @throws ProblemException over a limit
  void checkRows(long rows) {
    if (rows > limits.maxRows()) {
      throw exceeded("rows", limits.maxRows(), "max-rows");
    }
    long cells = rows * columns.size();
    if (cells > limits.maxCells()) {
      throw exceeded("cells", limits.maxCells(), "max-cells");
    }
    if (cells > limits.cellsThatFit()) {
      throw new ProblemException(
          ProblemType.INSUFFICIENT_STORAGE,
          "The data does not fit into the %d bytes of backprop.datasets.max-memory."
              .formatted(limits.maxMemory().bytes()));
    }
  }

  private static ProblemException exceeded(String what, long limit, String property) {
    return new ProblemException(
        ProblemType.LIMIT_EXCEEDED,
        "The file has more than %d %s, the limit of backprop.datasets.%s."
            .formatted(limit, what, property));
  }

  Table build() {
    Table.Builder table = new Table.Builder();
    columns.forEach(column -> column.build(table));
    return table.build();
  }
}
