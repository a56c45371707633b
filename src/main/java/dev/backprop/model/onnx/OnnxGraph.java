package dev.backprop.model.onnx;

import java.util.List;
import java.util.Map;

/// What of a file matters for a dense network.
///
/// @param opset of the standard operators
/// @param nodes in the order of the file
/// @param tensors constants by name
/// @param inputs that are no constants
/// @param outputs what the graph gives
/// @param metadata texts by key
record OnnxGraph(
    long opset,
    List<OnnxNode> nodes,
    Map<String, OnnxTensor> tensors,
    List<Value> inputs,
    List<Value> outputs,
    Map<String, String> metadata) {

  /// A value that goes in or out.
  ///
  /// @param type as in `TensorProto.DataType`, 0 where it is not said
  /// @param dimensions each below 0 where it is not said or has a name; empty where none are said
  record Value(String name, int type, List<Integer> dimensions) {}
}
