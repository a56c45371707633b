package dev.backprop.dataset.preprocessing;

import dev.backprop.dataset.CategoryColumn;
import dev.backprop.dataset.ClassLabels;
import dev.backprop.dataset.Column;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.NumberColumn;
import dev.backprop.dataset.Texts;
import dev.backprop.problem.InputErrors;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A column that says of each row which side of a split it is on.
final class SplitColumn {

  private static final String POINTER = "#/validation/column";

  private static final String SIDES =
      "train, training, false or 0 is for training; validation, valid, val, test, true or 1 for"
          + " validation";

  private static final Map<String, Side> WORDS =
      Map.of(
          "train", Side.TRAINING,
          "training", Side.TRAINING,
          "false", Side.TRAINING,
          "0", Side.TRAINING,
          "validation", Side.VALIDATION,
          "valid", Side.VALIDATION,
          "val", Side.VALIDATION,
          "true", Side.VALIDATION,
          "1", Side.VALIDATION,
          "test", Side.TEST);

  private enum Side {
    TRAINING,
    VALIDATION,
    /// For validation where nothing else is, because then it was called so.
    TEST
  }

  private final Column column;
  private final InputErrors errors;

  private SplitColumn(Column column, InputErrors errors) {
    this.column = column;
    this.errors = errors;
  }

  /// The split that the column says, or nothing, exactly if errors were added.
  static Optional<Split> split(Dataset data, String name, InputErrors errors) {
    Optional<Column> column = data.column(name);
    if (column.isEmpty()) {
      errors.add(
          POINTER,
          "there is no column '%s'; the columns are %s"
              .formatted(Texts.shorten(name), Columns.names(data)));
    }
    return column.flatMap(found -> new SplitColumn(found, errors).split());
  }

  private Optional<Split> split() {
    Side[] sides = new Side[column.rows()];
    for (int row = 0; row < sides.length; row++) {
      Side side = side(row);
      if (side == null) {
        errors.add(
            POINTER,
            "column '%s' has %s in row %d (counted from 0); %s"
                .formatted(Texts.shorten(column.name()), cell(row), row, SIDES));
        return Optional.empty();
      }
      sides[row] = side;
    }
    int[] training = rows(sides, Side.TRAINING);
    int[] validation = rows(sides, Side.VALIDATION);
    if (validation.length == 0) {
      validation = rows(sides, Side.TEST);
    }
    if (training.length == 0 || validation.length == 0) {
      errors.add(
          POINTER,
          "column '%s' has no row for %s; %s"
              .formatted(
                  Texts.shorten(column.name()),
                  training.length == 0 ? "training" : "validation",
                  SIDES));
      return Optional.empty();
    }
    return Optional.of(new Split(training, validation));
  }

  private @Nullable Side side(int row) {
    return column.isMissing(row) ? null : WORDS.get(text(row).toLowerCase(Locale.ROOT));
  }

  private String text(int row) {
    return switch (column) {
      case NumberColumn numbers -> ClassLabels.text(numbers.value(row));
      case CategoryColumn categories -> categories.categories().get(categories.code(row));
    };
  }

  private String cell(int row) {
    return column.isMissing(row) ? "no value" : "'" + Texts.shorten(text(row)) + "'";
  }

  private static int[] rows(Side[] sides, Side side) {
    return IntStream.range(0, sides.length).filter(row -> sides[row] == side).toArray();
  }
}
