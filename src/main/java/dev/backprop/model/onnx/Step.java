package dev.backprop.model.onnx;

import dev.backprop.core.nn.Activation;
import org.jspecify.annotations.Nullable;

/// What one or some nodes do to the rows that go through a dense network.
sealed interface Step {

  /// Where it is in the file, for messages.
  OnnxNode node();

  /// `Z = alpha·A·W + beta·b`.
  ///
  /// @param transposed whether W has a row for each unit
  /// @param bias one for each unit or one for all; null where there is none
  record Product(
      OnnxNode node,
      OnnxTensor weights,
      boolean transposed,
      float alpha,
      @Nullable OnnxTensor bias,
      float beta)
      implements Step {}

  /// `Z + b`.
  record Bias(OnnxNode node, OnnxTensor bias) implements Step {}

  /// Batch normalization with running statistics.
  record BatchNormalization(
      OnnxNode node,
      OnnxTensor gamma,
      OnnxTensor beta,
      OnnxTensor mean,
      OnnxTensor variance,
      double momentum,
      double epsilon)
      implements Step {}

  /// Layer normalization.
  record LayerNormalization(
      OnnxNode node, OnnxTensor gamma, @Nullable OnnxTensor beta, double epsilon) implements Step {}

  /// `A = f(Z)`.
  record Activate(OnnxNode node, Activation activation) implements Step {}

  /// Leaves the numbers of a row as they are, provided that there are so many.
  ///
  /// @param columns below 0 for any number
  record Flatten(OnnxNode node, int columns) implements Step {}

  /// `[1 − p, p]` from p.
  record Complement(OnnxNode node) implements Step {}
}
