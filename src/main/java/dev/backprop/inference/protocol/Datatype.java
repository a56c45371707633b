package dev.backprop.inference.protocol;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// The kinds of elements that a tensor of the Open Inference Protocol can have.
enum Datatype {
  BOOL(1),
  UINT8(1),
  UINT16(2),
  UINT32(4),
  UINT64(8),
  INT8(1),
  INT16(2),
  INT32(4),
  INT64(8),
  FP16(2),
  FP32(4),
  FP64(8),
  /// Texts, each with its length before it.
  BYTES(0);

  private final int bytes;

  Datatype(int bytes) {
    this.bytes = bytes;
  }

  /// The datatype of a name as the protocol writes it.
  static Optional<Datatype> ofName(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  /// All names, for messages.
  static String names() {
    return Arrays.stream(values()).map(Datatype::name).collect(Collectors.joining(", "));
  }

  /// Bytes of an element, 0 where they vary.
  int bytes() {
    return bytes;
  }

  /// Whether elements are whole numbers.
  boolean isInteger() {
    return switch (this) {
      case UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64 -> true;
      case BOOL, FP16, FP32, FP64, BYTES -> false;
    };
  }

  /// Whether a whole number of 64 bits is in the range of an integer type.
  boolean holds(long number) {
    return switch (this) {
      case UINT8, UINT16, UINT32 -> number >= 0 && number < 1L << (8 * bytes);
      case UINT64 -> number >= 0;
      case INT8, INT16, INT32 -> number >= -1L << (8 * bytes - 1) && number < 1L << (8 * bytes - 1);
      case INT64, BOOL, FP16, FP32, FP64, BYTES -> true;
    };
  }

  /// The element at an index of little-endian bytes, as the nearest 32-bit float; that of a truth
  /// value is 0 or 1. For types of a fixed size.
  float read(ByteBuffer data, int index) {
    int at = index * bytes;
    return switch (this) {
      case BOOL, INT8 -> data.get(at);
      case UINT8 -> Byte.toUnsignedInt(data.get(at));
      case UINT16 -> Short.toUnsignedInt(data.getShort(at));
      case UINT32 -> Integer.toUnsignedLong(data.getInt(at));
      case UINT64 -> unsigned(data.getLong(at));
      case INT16 -> data.getShort(at);
      case INT32 -> data.getInt(at);
      case INT64 -> data.getLong(at);
      case FP16 -> Float.float16ToFloat(data.getShort(at));
      case FP32 -> data.getFloat(at);
      case FP64 -> (float) data.getDouble(at);
      case BYTES -> throw new IllegalStateException("texts have no fixed size");
    };
  }

  private static float unsigned(long bits) {
    // half of it, the last bit kept for the rounding
    return bits >= 0 ? bits : 2 * (float) ((bits >>> 1) | (bits & 1));
  }
}
