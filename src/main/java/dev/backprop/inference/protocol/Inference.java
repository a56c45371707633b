package dev.backprop.inference.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request, read and checked.
///
/// @param id to give back
/// @param outputs to give, in order
record Inference(@Nullable String id, InferInputs inputs, List<Wanted> outputs) {

  /// An output to give.
  ///
  /// @param binary whether as bytes after the JSON
  record Wanted(OutputTensor tensor, boolean binary) {}
}
