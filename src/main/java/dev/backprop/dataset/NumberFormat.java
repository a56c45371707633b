package dev.backprop.dataset;

/// What the numbers of a column stand for, and so how a cell is written.
public enum NumberFormat {
  /// Themselves.
  NUMBER,
  /// 0 for false and 1 for true.
  BOOLEAN,
  /// Days since 1970-01-01, 00:00 UTC; see [Dates] for what a 32-bit float keeps of them.
  DATE;

  /// The type of a column of them.
  public ColumnType type() {
    return switch (this) {
      case NUMBER -> ColumnType.NUMBER;
      case BOOLEAN -> ColumnType.BOOLEAN;
      case DATE -> ColumnType.DATE;
    };
  }

  /// A number as it is written: `1.5`, `true`, `2026-11-25`.
  public String text(float value) {
    return switch (this) {
      case NUMBER -> Float.toString(value);
      case BOOLEAN -> value == 0 ? "false" : "true";
      case DATE -> Dates.text(value);
    };
  }

  /// What a cell is in JSON: a number, a boolean, or a date as text.
  public Object json(float value) {
    return switch (this) {
      case NUMBER -> value;
      case BOOLEAN -> value != 0;
      case DATE -> Dates.text(value);
    };
  }

  /// The number that a text stands for, NaN if it is none; a text is never a mere number.
  public float parse(String text) {
    return switch (this) {
      case NUMBER -> Float.NaN;
      case BOOLEAN -> BooleanWords.parse(text);
      case DATE -> (float) Dates.parse(text);
    };
  }

  /// Whether a number may stand for itself where a cell is given.
  public boolean takes(float number) {
    return switch (this) {
      case NUMBER -> true;
      case BOOLEAN -> number == 0 || number == 1;
      case DATE -> false;
    };
  }

  /// What a cell has to be, for messages.
  public String expectation() {
    return switch (this) {
      case NUMBER -> "a number is expected";
      case BOOLEAN -> "true or false is expected";
      case DATE -> "a date such as " + Dates.EXAMPLES + " is expected";
    };
  }
}
