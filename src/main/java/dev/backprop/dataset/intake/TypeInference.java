package dev.backprop.dataset.intake;

import dev.backprop.dataset.BooleanWords;
import dev.backprop.dataset.ColumnType;
import dev.backprop.dataset.Dates;
import org.jspecify.annotations.Nullable;

/// Finds out from the first cells of a column of texts what it is a column of.
final class TypeInference {

  private final DecimalMark decimal;
  private boolean numbers;
  private boolean texts;
  private boolean dates = true;
  private boolean words = true;
  private @Nullable BooleanWords pair;
  private boolean someTrue;
  private boolean someFalse;

  private TypeInference(DecimalMark decimal) {
    this.decimal = decimal;
  }

  /// Numbers if all are numbers, dates if all are dates, booleans if all are words of one pair and
  /// both of the pair occur, else categories. Missing cells say nothing.
  ///
  /// @param decimal mark of the numbers
  /// @return null where all cells are missing
  static @Nullable ColumnType of(Iterable<String> cells, DecimalMark decimal) {
    TypeInference inference = new TypeInference(decimal);
    for (String cell : cells) {
      inference.look(cell);
    }
    return inference.type();
  }

  private void look(String cell) {
    switch (decimal.cell(cell)) {
      case MISSING -> {}
      case NUMBER, BEYOND -> {
        numbers = true;
        dates = false;
        words = false;
      }
      case TEXT -> {
        texts = true;
        dates = dates && Dates.isDate(cell);
        words = words && isOfOnePair(cell);
      }
    }
  }

  private boolean isOfOnePair(String word) {
    BooleanWords own = BooleanWords.of(word);
    pair = pair == null ? own : pair;
    if (own == null || own != pair) {
      return false;
    }
    someTrue |= own.isTrue(word);
    someFalse |= own.isFalse(word);
    return true;
  }

  private @Nullable ColumnType type() {
    if (!texts) {
      return numbers ? ColumnType.NUMBER : null;
    }
    if (dates) {
      return ColumnType.DATE;
    }
    return words && someTrue && someFalse ? ColumnType.BOOLEAN : ColumnType.CATEGORY;
  }
}
