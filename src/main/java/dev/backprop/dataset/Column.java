package dev.backprop.dataset;

/// A named column of a data set.
public sealed interface Column permits NumberColumn, CategoryColumn {

  /// The column's name, unique in its data set.
  String name();

  /// What it is a column of; never [ColumnType#IGNORED].
  ColumnType type();

  /// How many cells it has, missing ones included.
  int rows();

  /// How many of its cells are missing.
  int missing();

  /// Whether the cell of a row, counted from 0, is missing.
  boolean isMissing(int row);
}
