package dev.backprop.inference.protocol;

import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// The tensors that follow the JSON of a request, little-endian and without padding.
final class BinaryTensors {

  private final InputStream in;

  BinaryTensors(InputStream in) {
    this.in = in;
  }

  /// The next bytes.
  TensorBytes bytes(String name, int size) throws IOException {
    TensorBytes bytes = TensorBytes.read(in, size);
    if (bytes.size() < size) {
      throw invalid(
          "The body ends within the tensor '%s': %d of its %d bytes are there."
              .formatted(name, bytes.size(), size));
    }
    return bytes;
  }

  /// Makes sure that nothing follows.
  void end() throws IOException {
    if (in.read() >= 0) {
      throw invalid("Bytes follow the last tensor; is a binary_data_size too small?");
    }
  }

  /// The elements of a tensor.
  static Elements elements(String name, Datatype type, int count, TensorBytes data) {
    if (type == Datatype.BYTES) {
      return new Elements.Texts(texts(name, count, data.joined()));
    }
    if (type == Datatype.BOOL) {
      for (int i = 0; i < count; i++) {
        int value = (int) data.number(Datatype.UINT8, i);
        if (value > 1) {
          throw invalid(
              "Element %d of the tensor '%s' is the byte %d; a BOOL is 0 or 1."
                  .formatted(i, name, value));
        }
      }
    }
    return new Elements.Fixed(type, data, count);
  }

  private static String[] texts(String name, int count, ByteBuffer data) {
    String[] texts = new String[count];
    for (int i = 0; i < count; i++) {
      long length = data.remaining() < Integer.BYTES ? -1 : Integer.toUnsignedLong(data.getInt());
      if (length < 0 || length > data.remaining()) {
        throw invalid("The bytes of the tensor '%s' end within its element %d.".formatted(name, i));
      }
      texts[i] = text(name, i, data.slice(data.position(), (int) length));
      data.position(data.position() + (int) length);
    }
    if (data.hasRemaining()) {
      throw invalid(
          "The tensor '%s' has %d bytes more than its %d elements."
              .formatted(name, data.remaining(), count));
    }
    return texts;
  }

  private static String text(String name, int element, ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException _) {
      throw invalid("Element %d of the tensor '%s' is not UTF-8.".formatted(element, name));
    }
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(ProblemType.INVALID_REQUEST, detail);
  }
}
