package dev.backprop.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Loss;
import dev.backprop.dataset.preprocessing.NumberEncoder;
import dev.backprop.dataset.preprocessing.Scaler;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.model.spec.Task;
import dev.backprop.problem.Fuzzing;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Files that do not become models, each for a reason that its message names.
class OnnxRefusalTests {

  private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");

  /// `y = x·W + b` of two numbers and two outputs.
  private static GraphProto.Builder linear() {
    return GraphProto.newBuilder()
        .addInput(value("x", 1, 2))
        .addOutput(value("y", 1, 2))
        .addInitializer(floats("W", new int[] {2, 2}, 1, 2, 3, 4))
        .addInitializer(floats("b", new int[] {2}, 5, 6))
        .addNode(node("Gemm", "fc", "y", "x", "W", "b"));
  }

  private static ValueInfoProto value(String name, int type, int columns) {
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(type)
                        .setShape(
                            TensorShapeProto.newBuilder()
                                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("n"))
                                .addDim(
                                    TensorShapeProto.Dimension.newBuilder().setDimValue(columns)))))
        .build();
  }

  private static TensorProto floats(String name, int[] shape, float... numbers) {
    ByteBuffer bytes =
        ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float number : numbers) {
      bytes.putFloat(number);
    }
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(OnnxTensor.FLOAT)
        .addAllDims(Arrays.stream(shape).asLongStream().boxed().toList())
        .setRawData(ByteString.copyFrom(bytes.array()))
        .build();
  }

  private static NodeProto node(String operator, String name, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .setName(name)
        .addAllInput(List.of(inputs))
        .addOutput(output)
        .build();
  }

  private static NodeProto.Builder with(NodeProto node, String attribute, long value) {
    return node.toBuilder().addAttribute(Attributes.of(attribute, value));
  }

  private static ModelProto.Builder file(GraphProto.Builder graph) {
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
        .setGraph(graph);
  }

  private static void read(byte[] file, ImportOptions options) {
    OnnxModelReader.read(file, "imported", options, NOW);
  }

  private static String refusal(byte[] file) {
    ProblemException problem =
        catchThrowableOfType(ProblemException.class, () -> read(file, ImportOptions.NONE));
    assertThat(problem).isNotNull();
    assertThat(problem.type()).isEqualTo(ProblemType.INVALID_MODEL);
    return problem.detail();
  }

  private static String refusal(GraphProto.Builder graph) {
    return refusal(file(graph).build().toByteArray());
  }

  /// The linear network with `h` in place of its output, and more nodes from there to `y`.
  private static String refusalBehind(NodeProto... nodes) {
    return refusal(
        linear().setNode(0, node("Gemm", "fc", "h", "x", "W", "b")).addAllNode(List.of(nodes)));
  }

  @Test
  void takesTheNetworkThatTheOthersAreMadeFrom() {
    read(file(linear()).build().toByteArray(), ImportOptions.NONE);
  }

  @Test
  void refusesWhatIsNoOnnx() {
    assertThat(refusal(new byte[0])).contains("no graph");
    assertThat(refusal("PK\u0003\u0004 and more".getBytes(StandardCharsets.US_ASCII)))
        .contains("no ONNX file");
    assertThat(refusal("{\"name\": \"x\"}".getBytes(StandardCharsets.US_ASCII)))
        .contains("no ONNX file");
    assertThat(refusal(file(linear()).clearOpsetImport().build().toByteArray()))
        .contains("which opset");
    assertThat(
            refusal(
                file(linear())
                    .setOpsetImport(0, OperatorSetIdProto.newBuilder().setVersion(6))
                    .build()
                    .toByteArray()))
        .contains("opset 6", "opset 7 or a later");
    UnknownFieldSet group =
        UnknownFieldSet.newBuilder()
            .addField(
                99,
                UnknownFieldSet.Field.newBuilder()
                    .addGroup(UnknownFieldSet.getDefaultInstance())
                    .build())
            .build();
    assertThat(refusal(file(linear()).setUnknownFields(group).build().toByteArray()))
        .contains("no ONNX file");
  }

  @Test
  void sendsOurOwnExportsToTheZip() {
    byte[] own =
        OnnxRuntimeRows.file(
            OnnxModels.of(
                List.of(new NumberEncoder("x", new Scaler.None(), 0, 1, null, false)),
                new TargetEncoder.Values(List.of("y")),
                new Loss.MeanSquaredError(),
                OnnxModels.random(1, new LayerSpec(1, new Activation.Linear()))));
    assertThat(refusal(own)).contains("export of Backprop Server", "format=zip");
  }

  @Test
  void namesOperatorsThatItDoesNotKnow() {
    assertThat(refusalBehind(node("Sin", "wave", "y", "h")))
        .startsWith("Node 'wave' ('Sin'):")
        .contains("BatchNormalization, Cast, Dropout, Elu", "gelu, silu and softsign");
    assertThat(
            refusalBehind(
                node("ZipMap", "zip", "y", "h").toBuilder().setDomain("ai.onnx.ml").build()))
        .contains("'ai.onnx.ml.ZipMap'", "zipmap=False");
    assertThat(refusalBehind(node("Mul", "twice", "y", "h", "h"))).contains("'twice'", "gelu");
    assertThat(refusalBehind(with(node("Relu", "r", "y", "h"), "slope", 1).build()))
        .contains("'r'", "attribute 'slope'");
    assertThat(
            refusalBehind(
                node("LeakyRelu", "r", "y", "h").toBuilder()
                    .addAttribute(Attributes.of("alpha", 1.5f))
                    .build()))
        .contains("'r'", "slope must be from 0 to below 1, not 1.5");
    assertThat(refusalBehind(node("HardSigmoid", "r", "y", "h"))).contains("alpha must be 1/6");
    assertThat(
            refusalBehind(
                node("Gelu", "r", "y", "h").toBuilder()
                    .addAttribute(Attributes.ofText("approximate", "tanh"))
                    .build()))
        .contains("exact form");
    assertThat(refusalBehind(with(node("Cast", "c", "y", "h"), "to", 11).build()))
        .contains("float64");
    assertThat(refusalBehind(with(node("Softmax", "s", "y", "h"), "axis", 0).build()))
        .contains("axis must be 1 or -1");
  }

  @Test
  void namesLayersThatADenseNetworkDoesNotHave() {
    assertThat(refusalBehind(node("Relu", "r", "g", "h"), node("Tanh", "t", "y", "g")))
        .contains("'t'", "follows on another activation");
    assertThat(refusalBehind(node("Relu", "r", "g", "h"), node("Add", "a", "y", "g", "b")))
        .contains("'a'", "behind an activation");
    assertThat(refusalBehind(node("Gelu", "g", "y", "h"))).contains("gelu or silu");
    assertThat(refusalBehind(node("BatchNormalization", "bn", "y", "h", "b", "b", "b", "b")))
        .contains("output layer has normalization");
    assertThat(refusalBehind(node("Softmax", "s", "g", "h"), node("MatMul", "m", "y", "g", "W")))
        .contains("'fc'", "Softmax");
    assertThat(refusal(linear().setNode(0, node("Relu", "r", "y", "x"))))
        .contains("'r'", "before the first Gemm or MatMul");
    assertThat(refusal(linear().setNode(0, node("Identity", "i", "y", "x"))))
        .contains("no Gemm or MatMul");
    assertThat(refusal(linear().setNode(0, node("MatMul", "m", "y", "x", "x"))))
        .contains("'m'", "constant");
    assertThat(refusal(linear().setNode(0, with(linear().getNode(0), "transA", 1))))
        .contains("transA");
  }

  @Test
  void followsNoCirclesAndNoDeadEnds() {
    assertThat(refusal(linear().setNode(0, node("Relu", "r", "y", "y")))).contains("circle");
    assertThat(refusal(linear().setNode(0, node("Gemm", "fc", "y", "q", "W", "b"))))
        .contains("Nothing in the graph gives 'q'");
    assertThat(refusal(linear().addNode(node("Relu", "r", "y", "x"))))
        .contains("'r'", "another node too");
  }

  @Test
  void namesTensorsThatDoNotFit() {
    assertThat(refusal(linear().setInitializer(0, floats("W", new int[] {2, 2}, 1, 2, 3))))
        .contains("'W'", "[2, 2]", "12 bytes");
    assertThat(
            refusal(
                linear()
                    .setInitializer(
                        0,
                        floats(
                            "W",
                            new int[] {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE},
                            1))))
        .contains("'W'", "4 bytes");
    assertThat(
            refusal(
                linear()
                    .setInitializer(
                        0, floats("W", new int[] {2, 2}, 1, 2, 3, 4).toBuilder().setDims(0, -2))))
        .contains("'W'", "dimension of -2");
    assertThat(refusal(linear().setInitializer(0, floats("W", new int[] {3, 1}, 1, 2, 3))))
        .contains("'fc'", "'W' of shape [3, 1]", "2 numbers of a row");
    assertThat(refusal(linear().setInitializer(0, floats("W", new int[] {0, 0})))).contains("'fc'");
    assertThat(refusal(linear().setInitializer(1, floats("b", new int[] {3}, 1, 2, 3))))
        .contains("'b' of shape [3]", "2 units");
    assertThat(refusal(linear().setInitializer(1, floats("b", new int[] {2}, 1, Float.NaN))))
        .contains("'b'", "NaN");
    assertThat(
            refusal(
                linear()
                    .setInitializer(
                        1,
                        TensorProto.newBuilder()
                            .setName("b")
                            .setDataType(11)
                            .addDims(2)
                            .addDoubleData(1)
                            .addDoubleData(2))))
        .contains("'b' is float64", "float32");
    assertThat(refusal(linear().addInitializer(floats("b", new int[] {1}, 1))))
        .contains("two initializers 'b'");
    assertThat(refusal(linear().addSparseInitializer(SparseTensorProto.getDefaultInstance())))
        .contains("sparse");
  }

  @Test
  void opensNoOtherFile() {
    TensorProto external =
        TensorProto.newBuilder()
            .setName("W")
            .setDataType(OnnxTensor.FLOAT)
            .addDims(2)
            .addDims(2)
            .addExternalData(
                StringStringEntryProto.newBuilder().setKey("location").setValue("/etc/passwd"))
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .build();
    assertThat(refusal(linear().setInitializer(0, external)))
        .contains("'W'", "another file")
        .doesNotContain("passwd");
  }

  @Test
  void namesInputsAndOutputsThatDoNotFit() {
    assertThat(refusal(linear().addInput(value("z", 1, 2)))).contains("'x', 'z'");
    assertThat(refusal(linear().setInput(0, value("x", 11, 2)))).contains("'x' is float64");
    assertThat(refusal(linear().addOutput(value("w", 1, 2)))).contains("'y', 'w'", "output=");
    assertThat(refusal(linear().setInput(0, value("x", 1, 5)))).contains("5 numbers of a row");
  }

  @Test
  void namesNamesThatDoNotFit() {
    byte[] file = file(linear()).build().toByteArray();
    ProblemException problem =
        catchThrowableOfType(
            ProblemException.class,
            () ->
                read(
                    file,
                    new ImportOptions(
                        Task.CLASSIFICATION,
                        List.of("a", "a", " "),
                        List.of("a"),
                        List.of("yes"),
                        null)));
    assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST);
    assertThat(problem.errors())
        .extracting(error -> error.pointer() + " " + error.detail())
        .contains(
            "#/features query parameter features: 3 names, the network has 2",
            "#/features query parameter features: 'a' is there twice",
            "#/features query parameter features: a column has no name",
            "#/labels query parameter labels: 1 names, the network has 2");
    assertThatThrownBy(
            () ->
                read(
                    file,
                    new ImportOptions(null, List.of("a", "b"), List.of("b", "c"), null, null)))
        .hasMessage("'b' is a feature and a target; name other targets");
    assertThatThrownBy(
            () ->
                read(
                    file(linear())
                        .addMetadataProps(
                            StringStringEntryProto.newBuilder().setKey("features").setValue("a,b"))
                        .build()
                        .toByteArray(),
                    ImportOptions.NONE))
        .hasMessageContaining("metadata_props features is no JSON array");
  }

  @Test
  void namesTasksThatTheOutputDoesNotServe() {
    byte[] relu =
        file(linear()
                .setNode(0, node("Gemm", "fc", "h", "x", "W", "b"))
                .addNode(node("Relu", "r", "y", "h")))
            .build()
            .toByteArray();
    assertThatThrownBy(
            () -> read(relu, new ImportOptions(Task.CLASSIFICATION, null, null, null, null)))
        .hasMessageContaining("classification does not work with the output relu");
    assertThatThrownBy(
            () ->
                read(
                    OnnxModelReaderTests.file("torch_softmax"),
                    new ImportOptions(Task.REGRESSION, null, null, null, null)))
        .hasMessageContaining("regression does not work with the output softmax");
  }

  /// Of files that would take many times their size as objects, or as parameters.
  @Test
  void staysWithinBounds() throws IOException {
    Consumer<GraphProto.Builder> nodes =
        graph -> graph.addAllNode(Collections.nCopies(500_000, NodeProto.getDefaultInstance()));
    Consumer<GraphProto.Builder> tensors =
        graph ->
            graph.addAllInitializer(Collections.nCopies(500_000, TensorProto.getDefaultInstance()));
    Consumer<GraphProto.Builder> inputs =
        graph ->
            graph.addAllInput(Collections.nCopies(500_000, ValueInfoProto.getDefaultInstance()));
    Consumer<GraphProto.Builder> attributes =
        graph ->
            graph.addNode(NodeProto.newBuilder().addAllInput(Collections.nCopies(500_000, "")));
    Consumer<GraphProto.Builder> dimensions =
        graph ->
            graph.addInitializer(
                TensorProto.newBuilder().addAllDims(Collections.nCopies(500_000, 1L)));
    for (Consumer<GraphProto.Builder> much :
        List.of(nodes, tensors, inputs, attributes, dimensions)) {
      GraphProto.Builder graph = linear();
      much.accept(graph);
      byte[] file = file(graph).build().toByteArray();
      assertThat(file).hasSizeGreaterThan(500_000);
      assertThat(refusal(file)).containsPattern("more than|two initializers");
      Fuzzing.holds(4 << 20, () -> read(file, ImportOptions.NONE));
    }
  }

  @Test
  void takesNoLayersThatShareTheirWeights() {
    int units = 300;
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .addInput(value("x0", 1, units))
            .addOutput(value("x60", 1, units))
            .addInitializer(floats("W", new int[] {units, units}, new float[units * units]));
    for (int layer = 0; layer < 60; layer++) {
      graph.addNode(node("MatMul", "m" + layer, "x" + (layer + 1), "x" + layer, "W"));
    }
    assertThat(refusal(graph)).contains("share their weights");
  }
}
