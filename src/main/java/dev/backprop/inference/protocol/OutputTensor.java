package dev.backprop.inference.protocol;

import dev.backprop.inference.Prediction;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/// A tensor that a model gives, rows × columns.
///
/// @param text of a prediction, for texts
/// @param number of a prediction and column, for others; that of a truth value is 0 or 1
record OutputTensor(
    String name, Datatype datatype, int columns, Function<Prediction, String> text, Cell number) {

  /// The number of a prediction and column.
  @FunctionalInterface
  interface Cell {
    float of(Prediction prediction, int column);
  }

  static OutputTensor texts(String name, Function<Prediction, String> text) {
    return new OutputTensor(name, Datatype.BYTES, 1, text, (_, _) -> 0);
  }

  /// @param first of the scores
  static OutputTensor scores(String name, int first, int columns) {
    return new OutputTensor(
        name,
        Datatype.FP32,
        columns,
        _ -> "",
        (prediction, column) -> Objects.requireNonNull(prediction.scores()).number(first + column));
  }

  /// @param labels of which a prediction has any number
  static OutputTensor truths(String name, List<String> labels) {
    return new OutputTensor(
        name,
        Datatype.BOOL,
        labels.size(),
        _ -> "",
        (prediction, column) ->
            Objects.requireNonNull(prediction.labels()).contains(labels.get(column)) ? 1 : 0);
  }
}
