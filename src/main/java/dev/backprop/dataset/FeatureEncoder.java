package dev.backprop.dataset;

import dev.backprop.core.linalg.Matrix;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// Turns one feature column into one or more inputs of a network.
public sealed interface FeatureEncoder {

  /// The column.
  String name();

  /// What it is a column of.
  default ColumnType type() {
    return switch (this) {
      case OneHot _ -> ColumnType.CATEGORY;
      case Formatted formatted -> formatted.format().type();
      case Standardize _, Identity _ -> ColumnType.NUMBER;
    };
  }

  /// How many inputs it takes.
  int width();

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

  /// `(x − mean) / standardDeviation`.
  ///
  /// @param mean of the training rows
  /// @param standardDeviation of the training rows, 1 where they are all the same
  /// @param minimum of the training rows
  /// @param maximum of the training rows
  record Standardize(
      String name, double mean, double standardDeviation, float minimum, float maximum)
      implements FeatureEncoder {

    @Override
    public int width() {
      return 1;
    }

    private float apply(float value) {
      return (float) ((value - mean) / standardDeviation);
    }

    @Override
    public void encode(Dataset data, int[] rows, Matrix out, int at) {
      NumberColumn column = Columns.requireNumbers(data, name);
      for (int i = 0; i < rows.length; i++) {
        out.set(i, at, apply(column.value(rows[i])));
      }
    }

    @Override
    public void encode(RawRow row, int feature, float[] out, int at, RowReport report) {
      out[at] = apply(report.number(row, feature, name, minimum, maximum));
    }
  }

  /// The number as it is: for columns of 0 and 1, and where nothing is to be standardized.
  ///
  /// @param minimum of the training rows
  /// @param maximum of the training rows
  record Identity(String name, float minimum, float maximum) implements FeatureEncoder {

    @Override
    public int width() {
      return 1;
    }

    @Override
    public void encode(Dataset data, int[] rows, Matrix out, int at) {
      NumberColumn column = Columns.requireNumbers(data, name);
      for (int i = 0; i < rows.length; i++) {
        out.set(i, at, column.value(rows[i]));
      }
    }

    @Override
    public void encode(RawRow row, int feature, float[] out, int at, RowReport report) {
      out[at] = report.number(row, feature, name, minimum, maximum);
    }
  }

  /// A number that is given as what it stands for, such as a date.
  ///
  /// @param numbers encodes the number
  /// @param format how the number is written
  record Formatted(FeatureEncoder numbers, NumberFormat format) implements FeatureEncoder {

    @Override
    public String name() {
      return numbers.name();
    }

    @Override
    public int width() {
      return numbers.width();
    }

    @Override
    public void encode(Dataset data, int[] rows, Matrix out, int at) {
      numbers.encode(data, rows, out, at);
    }

    @Override
    public void encode(RawRow row, int feature, float[] out, int at, RowReport report) {
      numbers.encode(row, feature, out, at, report.in(format));
    }
  }

  /// One input a category: 1 for the row's own, 0 for the others, all 0 for an unseen one.
  ///
  /// @param categories those of the training rows, in their natural order
  record OneHot(String name, List<String> categories) implements FeatureEncoder {

    /// Copies the list.
    public OneHot {
      categories = List.copyOf(categories);
    }

    @Override
    public int width() {
      return categories.size();
    }

    @Override
    public void encode(Dataset data, int[] rows, Matrix out, int at) {
      int[] codes = ClassLabels.codes(Columns.require(data, name), categories);
      for (int i = 0; i < rows.length; i++) {
        int code = codes[rows[i]];
        if (code >= 0) {
          out.set(i, at + code, 1);
        }
      }
    }

    @Override
    public void encode(RawRow row, int feature, float[] out, int at, RowReport report) {
      Arrays.fill(out, at, at + width(), 0);
      String text = report.text(row, feature, name);
      if (text == null) {
        return;
      }
      int code = Collections.binarySearch(categories, text);
      if (code >= 0) {
        out[at + code] = 1;
      } else {
        report.flag(name, "'" + Texts.shorten(text) + "' did not occur in training");
      }
    }
  }
}
