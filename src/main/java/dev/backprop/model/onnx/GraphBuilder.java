package dev.backprop.model.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.backprop.core.linalg.Matrix;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A graph under construction. A value, which is a tensor, is known by its name; every name is
/// given once.
final class GraphBuilder {

  /// The operators of machine learning, which deal with texts.
  static final String ML_DOMAIN = "ai.onnx.ml";

  /// What the first dimension of every input and output is called.
  private static final String ROWS = "rows";

  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private final Set<String> names = new HashSet<>();
  private final List<Weights> weights = new ArrayList<>();

  /// Parameters that stay where they are until they are written.
  ///
  /// @param vector whether the row is a tensor of one dimension
  record Weights(String name, Matrix numbers, boolean vector) {}

  GraphBuilder(String name) {
    graph.setName(name);
  }

  /// A name that nothing has yet: the wished one, or that with underscores behind it.
  String unique(String wished) {
    String name = wished;
    while (!names.add(name)) {
      name += "_";
    }
    return name;
  }

  /// Adds an input of shape rows × 1.
  ///
  /// @return its name
  String input(String wished, DataType type) {
    String name = unique(wished);
    graph.addInput(value(name, type, List.of(dimension(1))));
    return name;
  }

  /// Adds an output of shape rows.
  void output(String name, DataType type) {
    graph.addOutput(value(name, type, List.of()));
  }

  /// Adds an output of shape rows × columns.
  void output(String name, DataType type, int columns) {
    graph.addOutput(value(name, type, List.of(dimension(columns))));
  }

  private static TensorShapeProto.Dimension dimension(int size) {
    return TensorShapeProto.Dimension.newBuilder().setDimValue(size).build();
  }

  private static ValueInfoProto value(
      String name, DataType type, List<TensorShapeProto.Dimension> more) {
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(type.getNumber())
                        .setShape(
                            TensorShapeProto.newBuilder()
                                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(ROWS))
                                .addAllDim(more))))
        .build();
  }

  /// Adds a node with one output.
  ///
  /// @param wished name of the output
  /// @return its name
  String node(String operator, String wished, List<String> inputs, AttributeProto... attributes) {
    return node("", operator, wished, inputs, attributes);
  }

  /// Adds a node of [#ML_DOMAIN].
  String mlNode(String operator, String wished, String input, AttributeProto... attributes) {
    return node(ML_DOMAIN, operator, wished, List.of(input), attributes);
  }

  private String node(
      String domain,
      String operator,
      String wished,
      List<String> inputs,
      AttributeProto... attributes) {
    String output = unique(wished);
    graph.addNode(
        NodeProto.newBuilder()
            .setName(output)
            .setDomain(domain)
            .setOpType(operator)
            .addAllInput(inputs)
            .addOutput(output)
            .addAllAttribute(List.of(attributes)));
    return output;
  }

  /// Values of another type.
  String cast(String input, String wished, DataType type) {
    return node("Cast", wished, List.of(input), Attributes.of("to", type.getNumber()));
  }

  /// Side by side: rows × all columns. One alone stays as it is.
  String concatenate(List<String> parts, String wished) {
    return parts.size() == 1
        ? parts.getFirst()
        : node("Concat", wished, parts, Attributes.of("axis", 1));
  }

  /// Some of the columns.
  String columns(String input, String wished, List<Long> positions) {
    String indices = longs(wished + ":columns", positions);
    return node("Gather", wished, List.of(input, indices), Attributes.of("axis", 1));
  }

  /// A constant of shape 1 × n.
  String doubles(String wished, List<Double> values) {
    return constant(
        wished,
        TensorProto.newBuilder()
            .setDataType(DataType.DOUBLE.getNumber())
            .addDims(1)
            .addDims(values.size())
            .addAllDoubleData(values));
  }

  /// A constant without dimensions.
  String number(String wished, float value) {
    return constant(
        wished,
        TensorProto.newBuilder().setDataType(DataType.FLOAT.getNumber()).addFloatData(value));
  }

  /// A constant without dimensions.
  String number(String wished, double value) {
    return constant(
        wished,
        TensorProto.newBuilder().setDataType(DataType.DOUBLE.getNumber()).addDoubleData(value));
  }

  /// A constant without dimensions.
  String number(String wished, long value) {
    return constant(
        wished,
        TensorProto.newBuilder().setDataType(DataType.INT64.getNumber()).addInt64Data(value));
  }

  /// A constant without dimensions.
  String text(String wished, String value) {
    return constant(
        wished,
        TensorProto.newBuilder()
            .setDataType(DataType.STRING.getNumber())
            .addStringData(ByteString.copyFromUtf8(value)));
  }

  /// A constant of shape n.
  String longs(String wished, List<Long> values) {
    return constant(
        wished,
        TensorProto.newBuilder()
            .setDataType(DataType.INT64.getNumber())
            .addDims(values.size())
            .addAllInt64Data(values));
  }

  private String constant(String wished, TensorProto.Builder tensor) {
    String name = unique(wished);
    graph.addInitializer(tensor.setName(name));
    return name;
  }

  /// Parameters of shape rows × columns, which are not copied.
  String matrix(String wished, Matrix numbers) {
    return weights(wished, numbers, false);
  }

  /// Parameters of shape columns, which are not copied.
  ///
  /// @param row of shape 1 × columns
  String vector(String wished, Matrix row) {
    return weights(wished, row, true);
  }

  private String weights(String wished, Matrix numbers, boolean vector) {
    String name = unique(wished);
    weights.add(new Weights(name, numbers, vector));
    return name;
  }

  /// All but the parameters.
  GraphProto graph() {
    return graph.build();
  }

  /// The parameters that belong to it.
  List<Weights> weights() {
    return List.copyOf(weights);
  }
}
