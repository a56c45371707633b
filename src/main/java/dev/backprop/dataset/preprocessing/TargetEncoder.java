package dev.backprop.dataset.preprocessing;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.dataset.ClassLabels;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.NumberColumn;
import java.util.Collections;
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

  /// The outputs of a network for one row in the units of the target columns.
  default float[] decode(float[] outputs) {
    return outputs;
  }

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

  /// The numbers, scaled, one output a column.
  ///
  /// @param scalers of the columns
  record Values(List<String> columns, List<Scaler> scalers) implements TargetEncoder {

    /// Copies the lists.
    public Values {
      columns = List.copyOf(columns);
      scalers = List.copyOf(scalers);
      if (columns.size() != scalers.size()) {
        throw new IllegalArgumentException(
            "%d columns, %d scalers".formatted(columns.size(), scalers.size()));
      }
    }

    /// The numbers themselves.
    public Values(List<String> columns) {
      this(columns, Collections.nCopies(columns.size(), new Scaler.None()));
    }

    @Override
    public int outputs() {
      return columns.size();
    }

    @Override
    public void encode(Dataset data, int[] rows, Matrix out) {
      copyNumbers(data, columns, scalers, rows, out);
    }

    @Override
    public float[] decode(float[] outputs) {
      float[] values = new float[outputs.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) scalers.get(i).invert(outputs[i]);
      }
      return values;
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
      copyNumbers(data, columns, Collections.nCopies(columns.size(), new Scaler.None()), rows, out);
    }
  }

  private static void copyNumbers(
      Dataset data, List<String> columns, List<Scaler> scalers, int[] rows, Matrix out) {
    for (int c = 0; c < columns.size(); c++) {
      NumberColumn column = Columns.requireNumbers(data, columns.get(c));
      Scaler scaler = scalers.get(c);
      for (int i = 0; i < rows.length; i++) {
        out.set(i, c, (float) scaler.apply(column.value(rows[i])));
      }
    }
  }
}
