package dev.backprop.dataset.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.dataset.CategoryColumn;
import dev.backprop.dataset.Column;
import dev.backprop.dataset.NumberColumn;
import dev.backprop.problem.InputError;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Tables and errors as texts that tests compare.
final class Tables {

  private Tables() {}

  /// `number x [1.0, null] category c [a, b]`.
  static String show(Table table) {
    return table.columns().stream().map(Tables::show).collect(Collectors.joining(" "));
  }

  static String show(Column column) {
    List<@Nullable Object> cells = new ArrayList<>();
    for (int row = 0; row < column.rows(); row++) {
      cells.add(
          column.isMissing(row)
              ? null
              : switch (column) {
                case NumberColumn numbers -> numbers.format().json(numbers.value(row));
                case CategoryColumn categories -> categories.categories().get(categories.code(row));
              });
    }
    return column.type().word() + " " + column.name() + " " + cells;
  }

  /// An error a line: `3 column: detail`.
  static String errors(@Nullable ProblemException problem) {
    assertThat(problem).as("the problem").isNotNull();
    if (problem == null) {
      return "";
    }
    assertThat(problem.type()).isEqualTo(ProblemType.INVALID_DATA);
    return problem.errors().stream().map(Tables::show).collect(Collectors.joining("\n"));
  }

  private static String show(InputError error) {
    List<String> place = new ArrayList<>();
    if (error.pointer() != null) {
      place.add(error.pointer());
    }
    if (error.line() != null) {
      place.add(error.line().toString());
    }
    if (error.column() != null) {
      place.add(error.column());
    }
    return String.join(" ", place) + ": " + error.detail();
  }
}
