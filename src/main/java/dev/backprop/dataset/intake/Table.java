package dev.backprop.dataset.intake;

import dev.backprop.dataset.Column;
import dev.backprop.dataset.IgnoredColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

    void keep(Column column) {
      columns.add(column);
    }

    /// Keeps a column, unless it may be left out and holds [Identifiers].
    void add(Column column, boolean mayLeaveOut) {
      Optional<String> reason = mayLeaveOut ? Identifiers.reason(column) : Optional.empty();
      reason.ifPresentOrElse(text -> ignore(column.name(), text), () -> keep(column));
    }

    void ignore(String name, String reason) {
      ignored.add(new IgnoredColumn(name, columns.size() + ignored.size(), reason));
    }

    Table build() {
      return new Table(columns, ignored);
    }
  }
}
