package dev.backprop.dataset.preprocessing;

import dev.backprop.dataset.ClassLabels;
import dev.backprop.dataset.Dataset;
import java.util.List;

/// What a network is to learn: a setting; [TargetEncoder] is what is made from it and the data.
public sealed interface Target {

  /// The columns that hold it.
  List<String> columns();

  /// The encoder for this target.
  ///
  /// @param data passes [Preprocessor#check]
  TargetEncoder encoder(Dataset data);

  /// Classification: one of several classes.
  ///
  /// @param column of categories, or of numbers whose distinct values are the classes
  /// @param binary two classes as a single output of 0 or 1 in place of one output for each class
  record Classes(String column, boolean binary) implements Target {

    @Override
    public List<String> columns() {
      return List.of(column);
    }

    @Override
    public TargetEncoder.Classes encoder(Dataset data) {
      return new TargetEncoder.Classes(
          column, ClassLabels.of(Columns.require(data, column)), binary);
    }
  }

  /// Regression: one or more numbers.
  record Values(List<String> columns) implements Target {

    /// Copies the list.
    public Values {
      columns = List.copyOf(columns);
    }

    @Override
    public TargetEncoder.Values encoder(Dataset data) {
      return new TargetEncoder.Values(columns);
    }
  }

  /// Multilabel classification: columns of 0 and 1, any number of which may be 1 in a row.
  record Labels(List<String> columns) implements Target {

    /// Copies the list.
    public Labels {
      columns = List.copyOf(columns);
    }

    @Override
    public TargetEncoder.Labels encoder(Dataset data) {
      return new TargetEncoder.Labels(columns);
    }
  }
}
