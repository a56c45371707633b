package dev.backprop.dataset.intake;

/// How a table may be written in JSON.
enum JsonTableForm {
  /// Arrays of numbers.
  NUMBERS,
  /// Arrays of numbers, texts and booleans, or one of these alone for a row.
  TARGETS,
  /// Objects from column name to number, text, boolean or null.
  OBJECTS
}
