package dev.backprop.model.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.CodedInputStream;
import dev.backprop.model.onnx.OnnxGraph.Value;
import dev.backprop.model.onnx.OnnxNode.Attribute;
import dev.backprop.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads an ONNX file as far as a dense network needs it. What a file makes it keep is bounded:
/// parameters stay in the file, and of all else there may be so much.
final class OnnxFileReader {

  /// The first whose operators broadcast as they do today.
  private static final int OLDEST_OPSET = 7;

  private static final int MOST_NODES = 1_000;
  private static final int MOST_TENSORS = 1_000;
  private static final int MOST_VALUES = 2_000;
  private static final int MOST_OF_A_NODE = 64;
  private static final int MOST_METADATA = 200;
  private static final int LONGEST_METADATA = 1 << 20;

  private final byte[] file;
  private final ProtobufReader reader;

  private long opset;
  private boolean graphRead;
  private final List<OnnxNode> nodes = new ArrayList<>();
  private final Map<String, OnnxTensor> tensors = new HashMap<>();
  private final List<Value> inputs = new ArrayList<>();
  private final List<Value> outputs = new ArrayList<>();
  private final Map<String, String> metadata = new HashMap<>();
  private int metadataBytes;

  private OnnxFileReader(byte[] file) {
    this.file = file;
    reader = new ProtobufReader(file);
  }

  /// The graph of a file.
  ///
  /// @param file kept: the constants are views of it
  /// @throws ProblemException if it is none, damaged, or beyond a bound
  static OnnxGraph read(byte[] file) {
    OnnxFileReader reader = new OnnxFileReader(file);
    try {
      reader.readModel();
    } catch (IOException _) {
      throw InvalidOnnx.because(
          "The file is no ONNX file, or it is damaged or cut off: at byte %d of %d it cannot be read on."
              .formatted(reader.reader.place(), file.length));
    }
    return reader.toGraph();
  }

  private OnnxGraph toGraph() {
    if (!graphRead || nodes.isEmpty()) {
      throw InvalidOnnx.because(
          "The file has no graph of nodes; it is no ONNX file, or it is cut off.");
    }
    if (opset < OLDEST_OPSET) {
      throw InvalidOnnx.because(
          opset == 0
              ? "The file does not say which opset its operators are of; it may be cut off."
              : "The operators are of opset %d; export the network with opset %d or a later one."
                  .formatted(opset, OLDEST_OPSET));
    }
    List<Value> given = inputs.stream().filter(in -> !tensors.containsKey(in.name())).toList();
    return new OnnxGraph(
        opset, List.copyOf(nodes), Map.copyOf(tensors), given, List.copyOf(outputs), metadata);
  }

  private void readModel() throws IOException {
    while (reader.next()) {
      switch (reader.field()) {
        case ModelProto.PRODUCER_NAME_FIELD_NUMBER -> refuseOwn(reader.name());
        case ModelProto.OPSET_IMPORT_FIELD_NUMBER -> readOpset();
        case ModelProto.METADATA_PROPS_FIELD_NUMBER -> readMetadata();
        case ModelProto.GRAPH_FIELD_NUMBER -> readGraph();
        default -> reader.skip();
      }
    }
  }

  private static void refuseOwn(String producer) {
    if (producer.equals(OnnxWriter.PRODUCER)) {
      throw InvalidOnnx.because(
          "The file is an export of Backprop Server, whose preprocessing is part of the graph and is"
              + " not taken back from ONNX; import the same model from its zip, export?format=zip.");
    }
  }

  private void readOpset() throws IOException {
    String domain = "";
    long version = 0;
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.field()) {
        case OperatorSetIdProto.DOMAIN_FIELD_NUMBER -> domain = reader.name();
        case OperatorSetIdProto.VERSION_FIELD_NUMBER -> version = reader.integer();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    if (domain.isEmpty() || domain.equals("ai.onnx")) {
      opset = version;
    }
  }

  private void readMetadata() throws IOException {
    String key = "";
    String value = "";
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.field()) {
        case StringStringEntryProto.KEY_FIELD_NUMBER -> key = reader.name();
        case StringStringEntryProto.VALUE_FIELD_NUMBER -> value = reader.text(LONGEST_METADATA);
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    metadataBytes += key.length() + value.length();
    if (metadata.size() == MOST_METADATA || metadataBytes > LONGEST_METADATA) {
      throw InvalidOnnx.because(
          "There are more than %d metadata_props, or more than 1 MiB of them; leave those out that do not name features or labels."
              .formatted(MOST_METADATA));
    }
    metadata.put(key, value);
  }

  private void readGraph() throws IOException {
    graphRead = true;
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.field()) {
        case GraphProto.NODE_FIELD_NUMBER -> {
          requireFewer(nodes.size(), MOST_NODES, "nodes");
          nodes.add(readNode());
        }
        case GraphProto.INITIALIZER_FIELD_NUMBER -> {
          requireFewer(tensors.size(), MOST_TENSORS, "initializers");
          OnnxTensor tensor = OnnxTensorReader.read(file, reader);
          if (tensors.put(tensor.name(), tensor) != null) {
            throw InvalidOnnx.because(
                "There are two initializers %s.".formatted(InvalidOnnx.quote(tensor.name())));
          }
        }
        case GraphProto.SPARSE_INITIALIZER_FIELD_NUMBER ->
            throw InvalidOnnx.because(
                "The graph has sparse initializers; export the network with dense ones.");
        case GraphProto.INPUT_FIELD_NUMBER -> readValue(inputs, "inputs");
        case GraphProto.OUTPUT_FIELD_NUMBER -> readValue(outputs, "outputs");
        default -> reader.skip();
      }
    }
    reader.leave(outer);
  }

  private static void requireFewer(int count, int most, String what) {
    if (count >= most) {
      throw InvalidOnnx.because(
          "There are more than %d %s, more than a dense network has.".formatted(most, what));
    }
  }

  private OnnxNode readNode() throws IOException {
    String name = "";
    String domain = "";
    String operator = "";
    List<String> in = new ArrayList<>();
    List<String> out = new ArrayList<>();
    Map<String, Attribute> attributes = new LinkedHashMap<>();
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.field()) {
        case NodeProto.NAME_FIELD_NUMBER -> name = reader.name();
        case NodeProto.DOMAIN_FIELD_NUMBER -> domain = reader.name();
        case NodeProto.OP_TYPE_FIELD_NUMBER -> operator = reader.name();
        case NodeProto.INPUT_FIELD_NUMBER -> {
          requireFewer(in.size(), MOST_OF_A_NODE, "inputs of one node");
          in.add(reader.name());
        }
        case NodeProto.OUTPUT_FIELD_NUMBER -> {
          requireFewer(out.size(), MOST_OF_A_NODE, "outputs of one node");
          out.add(reader.name());
        }
        case NodeProto.ATTRIBUTE_FIELD_NUMBER -> {
          requireFewer(attributes.size(), MOST_OF_A_NODE, "attributes of one node");
          readAttribute(attributes);
        }
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    return new OnnxNode(name, domain, operator, List.copyOf(in), List.copyOf(out), attributes);
  }

  private void readAttribute(Map<String, Attribute> attributes) throws IOException {
    String name = "";
    float number = 0;
    long integer = 0;
    String text = "";
    List<Float> numbers = new ArrayList<>();
    List<Long> integers = new ArrayList<>();
    OnnxTensor tensor = null;
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.field()) {
        case AttributeProto.NAME_FIELD_NUMBER -> name = reader.name();
        case AttributeProto.F_FIELD_NUMBER -> number = reader.number();
        case AttributeProto.I_FIELD_NUMBER -> integer = reader.integer();
        case AttributeProto.S_FIELD_NUMBER -> text = reader.name();
        case AttributeProto.T_FIELD_NUMBER -> tensor = OnnxTensorReader.read(file, reader);
        case AttributeProto.FLOATS_FIELD_NUMBER -> {
          requireFewer(numbers.size(), MOST_OF_A_NODE, "numbers in an attribute");
          addNumbers(numbers);
        }
        case AttributeProto.INTS_FIELD_NUMBER -> {
          requireFewer(integers.size(), MOST_OF_A_NODE, "integers in an attribute");
          addIntegers(integers);
        }
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    attributes.put(name, new Attribute(number, integer, text, numbers, integers, tensor));
  }

  /// The values of a packed field, or none where there are too many to mean anything here.
  private @Nullable CodedInputStream packed() throws IOException {
    ProtobufReader.Range range = reader.range();
    return range.length() > MOST_OF_A_NODE * Long.BYTES
        ? null
        : CodedInputStream.newInstance(file, range.from(), range.length());
  }

  private void addNumbers(List<Float> numbers) throws IOException {
    if (!reader.isPacked()) {
      numbers.add(reader.number());
      return;
    }
    CodedInputStream in = packed();
    while (in != null && !in.isAtEnd()) {
      numbers.add(in.readFloat());
    }
  }

  private void addIntegers(List<Long> integers) throws IOException {
    if (!reader.isPacked()) {
      integers.add(reader.integer());
      return;
    }
    CodedInputStream in = packed();
    while (in != null && !in.isAtEnd()) {
      integers.add(in.readInt64());
    }
  }

  private void readValue(List<Value> values, String what) throws IOException {
    requireFewer(values.size(), MOST_VALUES, what);
    String name = "";
    int type = 0;
    List<Integer> dimensions = new ArrayList<>();
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.field()) {
        case ValueInfoProto.NAME_FIELD_NUMBER -> name = reader.name();
        case ValueInfoProto.TYPE_FIELD_NUMBER -> type = readType(dimensions);
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    values.add(new Value(name, type, List.copyOf(dimensions)));
  }

  private int readType(List<Integer> dimensions) throws IOException {
    int type = 0;
    int outer = reader.enter();
    while (reader.next()) {
      if (reader.field() == TypeProto.TENSOR_TYPE_FIELD_NUMBER) {
        type = readTensorType(dimensions);
      } else {
        reader.skip();
      }
    }
    reader.leave(outer);
    return type;
  }

  private int readTensorType(List<Integer> dimensions) throws IOException {
    int type = 0;
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.field()) {
        case TypeProto.Tensor.ELEM_TYPE_FIELD_NUMBER -> type = (int) reader.integer();
        case TypeProto.Tensor.SHAPE_FIELD_NUMBER -> readShape(dimensions);
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    return type;
  }

  private void readShape(List<Integer> dimensions) throws IOException {
    int outer = reader.enter();
    while (reader.next()) {
      if (reader.field() == TensorShapeProto.DIM_FIELD_NUMBER) {
        requireFewer(dimensions.size(), MOST_OF_A_NODE, "dimensions of one value");
        dimensions.add(readDimension());
      } else {
        reader.skip();
      }
    }
    reader.leave(outer);
  }

  private int readDimension() throws IOException {
    long size = -1;
    int outer = reader.enter();
    while (reader.next()) {
      if (reader.field() == TensorShapeProto.Dimension.DIM_VALUE_FIELD_NUMBER) {
        size = reader.integer();
      } else {
        reader.skip();
      }
    }
    reader.leave(outer);
    return Math.clamp(size, -1, Integer.MAX_VALUE);
  }
}
