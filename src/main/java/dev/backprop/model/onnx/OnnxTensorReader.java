package dev.backprop.model.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.CodedInputStream;
import dev.backprop.problem.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads constants. Their numbers stay in the file.
final class OnnxTensorReader {

  private static final int MOST_DIMENSIONS = 8;

  /// Integers of a tensor that is read: those of a shape are few.
  private static final int MOST_INTEGERS = 16;

  private final byte[] file;
  private final ProtobufReader reader;

  private String name = "";
  private int type;
  private final List<Long> dimensions = new ArrayList<>();
  private ProtobufReader.@Nullable Range raw;
  private ProtobufReader.@Nullable Range floats;
  private ProtobufReader.@Nullable Range integers;
  private boolean external;
  private boolean split;

  private OnnxTensorReader(byte[] file, ProtobufReader reader) {
    this.file = file;
    this.reader = reader;
  }

  /// The constant that the reader is at.
  static OnnxTensor read(byte[] file, ProtobufReader reader) throws IOException {
    OnnxTensorReader tensor = new OnnxTensorReader(file, reader);
    tensor.readFields();
    return tensor.toTensor();
  }

  private void readFields() throws IOException {
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.field()) {
        case TensorProto.DIMS_FIELD_NUMBER -> readDimensions();
        case TensorProto.DATA_TYPE_FIELD_NUMBER -> type = (int) reader.integer();
        case TensorProto.NAME_FIELD_NUMBER -> name = reader.name();
        case TensorProto.RAW_DATA_FIELD_NUMBER -> raw = only(raw);
        case TensorProto.FLOAT_DATA_FIELD_NUMBER -> floats = only(floats);
        case TensorProto.INT64_DATA_FIELD_NUMBER -> integers = only(integers);
        case TensorProto.EXTERNAL_DATA_FIELD_NUMBER -> {
          external = true;
          reader.skip();
        }
        case TensorProto.DATA_LOCATION_FIELD_NUMBER -> external |= reader.integer() != 0;
        default -> reader.skip();
      }
    }
    reader.leave(outer);
  }

  private void readDimensions() throws IOException {
    if (!reader.isPacked()) {
      addDimension(reader.integer());
      return;
    }
    for (long dimension : unpack(reader.range(), MOST_DIMENSIONS)) {
      addDimension(dimension);
    }
  }

  private void addDimension(long dimension) {
    if (dimensions.size() == MOST_DIMENSIONS) {
      throw refused("has more than %d dimensions.".formatted(MOST_DIMENSIONS));
    }
    dimensions.add(dimension);
  }

  /// Each from 0 on and small enough for an array.
  private List<Integer> shape() {
    for (long dimension : dimensions) {
      if (dimension < 0 || dimension > Integer.MAX_VALUE) {
        throw refused("has a dimension of %d.".formatted(dimension));
      }
    }
    return dimensions.stream().map(Long::intValue).toList();
  }

  private ProtobufReader.@Nullable Range only(ProtobufReader.@Nullable Range before)
      throws IOException {
    split |= before != null || !reader.isPacked();
    if (!reader.isPacked()) {
      reader.skip();
      return before;
    }
    return reader.range();
  }

  private List<Long> unpack(ProtobufReader.Range range, int most) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(file, range.from(), range.length());
    List<Long> values = new ArrayList<>();
    while (!in.isAtEnd()) {
      if (values.size() == most) {
        throw refused("has more than %d values where at most as many make sense.".formatted(most));
      }
      values.add(in.readInt64());
    }
    return values;
  }

  private OnnxTensor toTensor() throws IOException {
    if (external) {
      throw refused(
          "keeps its numbers in another file, which is never opened; export the network as one file.");
    }
    if (split) {
      throw refused("has its numbers in several pieces; write them with the tools of ONNX.");
    }
    List<Integer> shape = shape();
    return switch (type) {
      case OnnxTensor.FLOAT -> new OnnxTensor(name, shape, type, floatView(), List.of());
      case OnnxTensor.INT64 -> new OnnxTensor(name, shape, type, null, readIntegers());
      default -> new OnnxTensor(name, shape, type, null, List.of());
    };
  }

  private ByteBuffer floatView() {
    ProtobufReader.Range range = raw == null ? floats : raw;
    long bytes = range == null ? 0 : range.length();
    if ((raw != null && floats != null)
        || bytes % Float.BYTES != 0
        || bytes / Float.BYTES != size()) {
      throw refused("has the shape %s but %d bytes of numbers.".formatted(dimensions, bytes));
    }
    return range == null
        ? ByteBuffer.allocate(0)
        : ByteBuffer.wrap(file, range.from(), range.length())
            .slice()
            .order(ByteOrder.LITTLE_ENDIAN)
            .asReadOnlyBuffer()
            .order(ByteOrder.LITTLE_ENDIAN);
  }

  /// How many numbers the shape has; [Long#MAX_VALUE] where even a long is too small.
  private long size() {
    long size = 1;
    for (long dimension : dimensions) {
      size =
          dimension != 0 && size > Long.MAX_VALUE / dimension ? Long.MAX_VALUE : size * dimension;
    }
    return size;
  }

  private List<Long> readIntegers() throws IOException {
    if (raw == null) {
      return integers == null ? List.of() : unpackFew(integers);
    }
    if (raw.length() > MOST_INTEGERS * Long.BYTES || raw.length() % Long.BYTES != 0) {
      return List.of();
    }
    List<Long> values = new ArrayList<>();
    ByteBuffer bytes =
        ByteBuffer.wrap(file, raw.from(), raw.length()).slice().order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      values.add(bytes.getLong());
    }
    return List.copyOf(values);
  }

  /// Long lists of integers are no shapes.
  private List<Long> unpackFew(ProtobufReader.Range range) throws IOException {
    return range.length() > MOST_INTEGERS * Long.BYTES
        ? List.of()
        : unpack(range, MOST_INTEGERS * Long.BYTES);
  }

  private ProblemException refused(String reason) {
    return InvalidOnnx.because("Tensor " + InvalidOnnx.quote(name) + " " + reason);
  }
}
