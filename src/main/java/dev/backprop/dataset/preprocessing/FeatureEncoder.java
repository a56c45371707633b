package dev.backprop.dataset.preprocessing;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.dataset.ColumnType;
import dev.backprop.dataset.Dataset;
import java.util.List;

/// Turns one feature column into one or more inputs of a network, and back.
public sealed interface FeatureEncoder permits NumberEncoder, CategoryEncoder {

  /// The column.
  String name();

  /// What it is a column of.
  default ColumnType type() {
    return switch (this) {
      case CategoryEncoder _ -> ColumnType.CATEGORY;
      case NumberEncoder number -> number.format().type();
    };
  }

  /// How many inputs it takes.
  int width();

  /// What its inputs are called: `age`, `color=red`, `color:other`, `age:missing`.
  List<String> inputs();

  /// Whether data and raw rows may lack a value.
  boolean imputes();

  /// Writes the feature of some rows.
  ///
  /// @param out rows × inputs, all zero at this feature
  /// @param at the feature's first input
  void encode(Dataset data, int[] rows, Matrix out, int at);

  /// Writes the feature of one raw row.
  ///
  /// @param feature its position in the row
  /// @param at the index in `out` of the feature's first input
  void encode(RawRow row, int feature, float[] out, int at, RowReport report);

  /// Reads the feature of one encoded row.
  ///
  /// @param at the index in `inputs` of the feature's first input
  /// @param feature its position in the row
  void decode(float[] inputs, int at, DecodedRow row, int feature);
}
