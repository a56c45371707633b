package dev.backprop.e2e;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Elements of binary tensors: little-endian, one after the other.
final class Bytes {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /// Adds a number of a datatype.
  Bytes number(String datatype, double number) {
    ByteBuffer one = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    switch (datatype) {
      case "BOOL", "UINT8", "INT8" -> one.put((byte) number);
      case "UINT16", "INT16" -> one.putShort((short) number);
      case "UINT32", "INT32" -> one.putInt((int) number);
      case "UINT64", "INT64" -> one.putLong((long) number);
      case "FP16" -> one.putShort(Float.floatToFloat16((float) number));
      case "FP32" -> one.putFloat((float) number);
      case "FP64" -> one.putDouble(number);
      default -> throw new IllegalArgumentException(datatype);
    }
    bytes.write(one.array(), 0, one.position());
    return this;
  }

  /// Adds a text after its length.
  Bytes text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    number("UINT32", utf8.length);
    bytes.writeBytes(utf8);
    return this;
  }

  int size() {
    return bytes.size();
  }

  byte[] toArray() {
    return bytes.toByteArray();
  }
}
