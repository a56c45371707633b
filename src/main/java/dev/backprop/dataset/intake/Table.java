package dev.backprop.dataset.intake;

import dev.backprop.dataset.Column;
import dev.backprop.dataset.ColumnType;
import dev.backprop.dataset.IgnoredColumn;
import dev.backprop.dataset.NumberFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What was read from a source: its columns, and which of them were left out.
///
/// @param columns those that are kept, in the order of the source
/// @param ignored those that are not, in the order of the source
record Table(List<Column> columns, List<IgnoredColumn> ignored) {

  /// Why a column is left out that the caller does not want.
  static final String AS_ASKED = "as ?types= asks for";

  Table {
    columns = List.copyOf(columns);
    ignored = List.copyOf(ignored);
  }

  /// Takes the columns of a source one after the other.
  static final class Builder {

    private final List<Column> columns = new ArrayList<>();
    private final List<IgnoredColumn> ignored = new ArrayList<>();

    /// Adds a column, unless it is to be left out.
    ///
    /// @param type null where all cells are missing
    /// @param leftOut why the column is left out, or null
    /// @param mayLeaveOut whether it is left out if it holds [Identifiers]
    void add(
        String name,
        ColumnBuilder cells,
        @Nullable ColumnType type,
        @Nullable String leftOut,
        boolean mayLeaveOut) {
      switch (type) {
        case IGNORED -> ignore(name, leftOut == null ? AS_ASKED : leftOut);
        case BOOLEAN -> columns.add(cells.build(name, NumberFormat.BOOLEAN));
        case DATE -> columns.add(cells.build(name, NumberFormat.DATE));
        case NUMBER, CATEGORY -> add(cells.build(name), mayLeaveOut);
        case null -> columns.add(cells.build(name));
      }
    }

    private void add(Column column, boolean mayLeaveOut) {
      Optional<String> reason = mayLeaveOut ? Identifiers.reason(column) : Optional.empty();
      reason.ifPresentOrElse(text -> ignore(column.name(), text), () -> columns.add(column));
    }

    private void ignore(String name, String reason) {
      ignored.add(new IgnoredColumn(name, columns.size() + ignored.size(), reason));
    }

    Table build() {
      return new Table(columns, ignored);
    }
  }
}
