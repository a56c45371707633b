package dev.backprop.model.onnx;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A constant of a graph: its shape, and a view of its numbers in the file.
///
/// @param dimensions each at least 0, empty for a single number
/// @param type as in `TensorProto.DataType`
/// @param floats little-endian, as many as the shape has; null where the type is another
/// @param integers of a short tensor of 64-bit integers, such as a shape; else empty
record OnnxTensor(
    String name,
    List<Integer> dimensions,
    int type,
    @Nullable ByteBuffer floats,
    List<Long> integers) {

  static final int FLOAT = 1;
  static final int INT64 = 7;

  private static final Map<Integer, String> TYPES =
      Map.ofEntries(
          Map.entry(1, "float32"),
          Map.entry(2, "uint8"),
          Map.entry(3, "int8"),
          Map.entry(4, "uint16"),
          Map.entry(5, "int16"),
          Map.entry(6, "int32"),
          Map.entry(7, "int64"),
          Map.entry(8, "string"),
          Map.entry(9, "bool"),
          Map.entry(10, "float16"),
          Map.entry(11, "float64"),
          Map.entry(12, "uint32"),
          Map.entry(13, "uint64"),
          Map.entry(16, "bfloat16"));

  /// What a type is called in messages.
  static String typeName(int type) {
    return TYPES.getOrDefault(type, "of the unknown type " + type);
  }

  /// The same constant under another name.
  OnnxTensor named(String other) {
    return new OnnxTensor(other, dimensions, type, floats, integers);
  }

  /// The numbers.
  ///
  /// @throws dev.backprop.problem.ProblemException if it has other than 32-bit floats
  ByteBuffer requireFloats() {
    if (floats == null) {
      throw InvalidOnnx.because(
          "Tensor %s is %s; only float32 is taken, so convert the network to float32 before it is exported."
              .formatted(InvalidOnnx.quote(name), typeName(type)));
    }
    return floats;
  }

  /// How many numbers it has.
  int size() {
    return requireFloats().limit() / Float.BYTES;
  }

  /// A number.
  ///
  /// @throws dev.backprop.problem.ProblemException if it is not finite
  float get(int index) {
    float number = requireFloats().getFloat(index * Float.BYTES);
    if (!Float.isFinite(number)) {
      throw InvalidOnnx.because(
          "Tensor %s has the number %s, which is not finite."
              .formatted(InvalidOnnx.quote(name), number));
    }
    return number;
  }

  /// Its shape in messages: `[4, 8]`.
  String shape() {
    return dimensions.toString();
  }
}
