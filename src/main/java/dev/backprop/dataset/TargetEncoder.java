package dev.backprop.dataset;

import dev.backprop.core.linalg.Matrix;
import java.util.List;

/// Turns target columns into what a network's outputs are compared with.
public sealed interface TargetEncoder {

  /// The columns that hold the target.
  List<String> columns();

  /// How many outputs the network has.
  int outputs();

  /// Writes the targets of some rows.
  ///
  /// @param rows of the data set, counted from 0
  /// @param out rows × outputs, all zero
  void encode(Dataset data, int[] rows, Matrix out);

  /// One output a class, 1 for the row's own and 0 for the others; or one output alone that is 0
  /// for the first label and 1 for the second.
  ///
  /// @param labels the classes in the order of the outputs
  /// @param binary the form with a single output, for two labels
  record Classes(String column, List<String> labels, boolean binary) implements TargetEncoder {

    /// Checks the number of labels.
    public Classes {
      labels = List.copyOf(labels);
      if (labels.size() < 2 || (binary && labels.size() != 2)) {
        throw new IllegalArgumentException(
            "column '%s' has %d classes".formatted(column, labels.size()));
      }
    }

    @Override
    public List<String> columns() {
      return List.of(column);
    }

    @Override
    public int outputs() {
      return binary ? 1 : labels.size();
    }

    /// For each row of the data set the position of its label, -1 where it has none of them.
    public int[] codes(Dataset data) {
      return ClassLabels.codes(Columns.require(data, column), labels);
    }

    @Override
    public void encode(Dataset data, int[] rows, Matrix out) {
      int[] codes = codes(data);
      for (int i = 0; i < rows.length; i++) {
        int code = codes[rows[i]];
        if (code < 0) {
          throw new IllegalArgumentException(
              "row %d has no known class in column '%s'".formatted(rows[i], column));
        }
        if (binary) {
          out.set(i, 0, code);
        } else {
          out.set(i, code, 1);
        }
      }
    }
  }

  /// The numbers themselves, one output a column.
  record Values(List<String> columns) implements TargetEncoder {

    /// Copies the list.
    public Values {
      columns = List.copyOf(columns);
    }

    @Override
    public int outputs() {
      return columns.size();
    }

    @Override
    public void encode(Dataset data, int[] rows, Matrix out) {
      copyNumbers(data, columns, rows, out);
    }
  }

  /// One output a label, 1 where the row has it.
  record Labels(List<String> columns) implements TargetEncoder {

    /// Copies the list.
    public Labels {
      columns = List.copyOf(columns);
    }

    @Override
    public int outputs() {
      return columns.size();
    }

    @Override
    public void encode(Dataset data, int[] rows, Matrix out) {
      copyNumbers(data, columns, rows, out);
    }
  }

  private static void copyNumbers(Dataset data, List<String> columns, int[] rows, Matrix out) {
    for (int c = 0; c < columns.size(); c++) {
      NumberColumn column = Columns.requireNumbers(data, columns.get(c));
      for (int i = 0; i < rows.length; i++) {
        out.set(i, c, column.value(rows[i]));
      }
    }
  }
}
