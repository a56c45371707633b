package dev.backprop.model.onnx;

import dev.backprop.problem.JsonErrors;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;

/// Makes the problems of files that do not become models.
final class InvalidOnnx {

  private InvalidOnnx() {}

  /// @param detail a sentence with its place: the node, tensor or output, and the remedy
  static ProblemException because(String detail) {
    return new ProblemException(ProblemType.INVALID_MODEL, detail);
  }

  /// A name from the file, short enough for a message.
  static String quote(String name) {
    return "'" + JsonErrors.shorten(name) + "'";
  }
}
