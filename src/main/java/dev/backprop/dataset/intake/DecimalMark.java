package dev.backprop.dataset.intake;

import java.util.List;
import java.util.Map;

/// What stands before the decimals of a file's numbers.
enum DecimalMark {
  /// `1234.5`.
  POINT {
    @Override
    float parse(char[] buffer, int offset, int length) {
      return CsvCell.parse(buffer, offset, length);
    }
  },
  /// `1234,5`, or `1.234,5` with points between thousands.
  COMMA {
    @Override
    float parse(char[] buffer, int offset, int length) {
      return CommaNumber.parse(buffer, offset, length);
    }
  };

  /// By their words in requests.
  static final Map<String, DecimalMark> BY_WORD = Map.of("point", POINT, "comma", COMMA);

  /// The number; infinite if it is beyond a finite one, NaN if it is none.
  abstract float parse(char[] buffer, int offset, int length);

  /// What the text of a cell can be.
  CsvCell cell(char[] buffer, int offset, int length) {
    if (CsvCell.isMissing(buffer, offset, length)) {
      return CsvCell.MISSING;
    }
    float value = parse(buffer, offset, length);
    if (Float.isNaN(value)) {
      return CsvCell.TEXT;
    }
    return Float.isInfinite(value) ? CsvCell.BEYOND : CsvCell.NUMBER;
  }

  /// What the text of a cell can be.
  CsvCell cell(String text) {
    return cell(text.toCharArray(), 0, text.length());
  }

  /// What to send if this text, which is none, was meant as a number; empty if it cannot be.
  String remedy(String text) {
    return this == POINT && COMMA.cell(text) == CsvCell.NUMBER
        ? "; if its comma is a decimal mark send ?decimal=comma"
        : "";
  }

  /// The mark of the columns that can be numbers: the comma, if one of them needs it and none needs
  /// the point.
  ///
  /// @param columns the texts of each column in the first rows
  static DecimalMark of(List<? extends Iterable<String>> columns) {
    boolean comma = columns.stream().anyMatch(texts -> needs(COMMA, texts));
    return comma && columns.stream().noneMatch(texts -> needs(POINT, texts)) ? COMMA : POINT;
  }

  /// Whether all texts are numbers with this mark, and not all are with the other.
  private static boolean needs(DecimalMark mark, Iterable<String> texts) {
    DecimalMark other = mark == POINT ? COMMA : POINT;
    boolean needed = false;
    for (String text : texts) {
      CsvCell cell = mark.cell(text);
      if (cell == CsvCell.TEXT) {
        return false;
      }
      needed |= cell != CsvCell.MISSING && other.cell(text) == CsvCell.TEXT;
    }
    return needed;
  }
}
