package dev.backprop.job;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.train.Examples;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.preprocessing.Preprocessor;
import dev.backprop.dataset.preprocessing.Split;
import dev.backprop.problem.InputErrors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Rows that a network is trained or measured with, before they are encoded.
final class ExampleRows {

  private final Dataset data;
  private final int[] rows;
  private final RowWeights weights;

  private ExampleRows(Dataset data, int[] rows, RowWeights weights) {
    this.data = data;
    this.rows = rows;
    this.weights = weights;
  }

  /// Those to train with.
  ///
  /// @param weights of the rows of the data set
  static ExampleRows training(Dataset data, Split split, RowWeights weights) {
    return new ExampleRows(data, split.trainingRows(), weights);
  }

  /// Those to validate with, which may be none.
  ///
  /// @param other all of whose rows they are, or null where they are in the split
  static ExampleRows validation(
      Dataset data, Split split, RowWeights weights, @Nullable Dataset other) {
    return other == null
        ? new ExampleRows(data, split.validationRows(), weights)
        : new ExampleRows(
            other, IntStream.range(0, other.rows()).toArray(), weights.ofRowsIn(other));
  }

  /// How many there are.
  int count() {
    return rows.length;
  }

  /// At most so many of them, at even distances, which stand for all.
  ///
  /// @param most at least 1
  ExampleRows sample(int most) {
    int size = Math.min(rows.length, most);
    int[] chosen =
        IntStream.range(0, size).map(i -> rows[(int) ((long) i * rows.length / size)]).toArray();
    return new ExampleRows(data, chosen, weights);
  }

  /// Adds it if they count nothing.
  ///
  /// @param kind of rows
  void checkWeights(String kind, String pointer, InputErrors errors) {
    weights.check(rows, kind, pointer, errors);
  }

  /// What the outputs of the network are compared with.
  Matrix targets(Preprocessor preprocessor) {
    return preprocessor.encodeTargets(data, rows);
  }

  /// How much each counts, or null where all count the same.
  @Nullable Matrix weights() {
    return weights.scaled(rows);
  }

  /// In numbers.
  Examples encode(Preprocessor preprocessor) {
    return new Examples(preprocessor.encodeFeatures(data, rows), targets(preprocessor), weights());
  }
}
