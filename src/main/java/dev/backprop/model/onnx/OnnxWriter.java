package dev.backprop.model.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.CodedOutputStream;
import dev.backprop.core.linalg.Matrix;
import dev.backprop.model.Model;
import dev.backprop.model.onnx.GraphBuilder.Weights;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Writes a model as an ONNX file that takes raw columns and gives labels with probabilities, or
/// values: the preprocessing is part of the graph.
///
/// The file is of IR version 7 with operators of opset 13 and, for texts, `ai.onnx.ml` 2 (ONNX 1.8,
/// November 2020), so that runtimes of the last years read it. The parameters go from the model to
/// the stream; only the graph without them is built in memory.
public final class OnnxWriter {

  /// The name in files of ours.
  static final String PRODUCER = "Backprop Server";

  private static final int IR_VERSION = 7;
  private static final int OPSET = 13;
  private static final int ML_OPSET = 2;

  /// The wire type of what has a length before it.
  private static final int LENGTH_DELIMITED = 2;

  /// Numbers that are converted at a time.
  private static final int CHUNK = 16_384;

  private final ModelProto.Builder file;
  private final GraphProto graph;
  private final List<Weights> weights;
  private final long graphSize;

  /// Builds the graph.
  ///
  /// @param producerVersion of the server
  /// @throws ProblemException [ProblemType#LIMIT_EXCEEDED] if the file would have 2 GiB or more,
  ///   more than the format allows
  public OnnxWriter(Model model, String producerVersion) {
    GraphBuilder builder = new GraphBuilder(model.name());
    EncodingNodes encoding = new EncodingNodes(builder, model.preprocessor());
    EncodingNodes.Encoding encoded = encoding.add();
    String a = new NetworkNodes(builder, model.parameters()).add(encoded.encoded());
    OutputNodes outputNodes =
        new OutputNodes(
            builder,
            Objects.requireNonNull(Objects.requireNonNull(model.spec().training()).loss()),
            encoded.refused());
    Map<String, String> outputs = outputNodes.add(a, model.preprocessor().target());
    graph = builder.graph();
    weights = builder.weights();
    file =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName(PRODUCER)
            .setProducerVersion(producerVersion)
            .setDomain("dev.backprop")
            .setModelVersion(model.version())
            .setDocString(OnnxMetadata.description(model, outputs))
            .addOpsetImport(opset("", OPSET))
            .addOpsetImport(opset(GraphBuilder.ML_DOMAIN, ML_OPSET))
            .addAllMetadataProps(OnnxMetadata.properties(model, encoding.inputs(), outputs));
    graphSize = graph.getSerializedSize() + weights.stream().mapToLong(this::fieldSize).sum();
    requireSize(file.build().getSerializedSize() + graphSize);
  }

  private static OperatorSetIdProto opset(String domain, int version) {
    return OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version).build();
  }

  private static void requireSize(long size) {
    if (size > Integer.MAX_VALUE - CHUNK) {
      throw new ProblemException(
          ProblemType.LIMIT_EXCEEDED,
          "As ONNX the model would have %,d bytes, and the format ends at 2 GiB; take another format, such as zip."
              .formatted(size));
    }
  }

  /// Writes the file.
  public void write(OutputStream stream) throws IOException {
    CodedOutputStream out = CodedOutputStream.newInstance(stream);
    file.build().writeTo(out);
    out.writeTag(ModelProto.GRAPH_FIELD_NUMBER, LENGTH_DELIMITED);
    out.writeUInt32NoTag((int) graphSize);
    graph.writeTo(out);
    for (Weights each : weights) {
      write(each, out);
    }
    out.flush();
  }

  /// All of a tensor but its numbers.
  private static TensorProto head(Weights weights) {
    TensorProto.Builder head =
        TensorProto.newBuilder()
            .setName(weights.name())
            .setDataType(TensorProto.DataType.FLOAT.getNumber());
    if (!weights.vector()) {
      head.addDims(weights.numbers().rows());
    }
    return head.addDims(weights.numbers().columns()).build();
  }

  private static long bytes(Weights weights) {
    return (long) Float.BYTES * weights.numbers().size();
  }

  private long tensorSize(Weights weights) {
    long bytes = bytes(weights);
    return head(weights).getSerializedSize()
        + CodedOutputStream.computeTagSize(TensorProto.RAW_DATA_FIELD_NUMBER)
        + CodedOutputStream.computeUInt64SizeNoTag(bytes)
        + bytes;
  }

  private long fieldSize(Weights weights) {
    long size = tensorSize(weights);
    return CodedOutputStream.computeTagSize(GraphProto.INITIALIZER_FIELD_NUMBER)
        + CodedOutputStream.computeUInt64SizeNoTag(size)
        + size;
  }

  private void write(Weights weights, CodedOutputStream out) throws IOException {
    out.writeTag(GraphProto.INITIALIZER_FIELD_NUMBER, LENGTH_DELIMITED);
    out.writeUInt32NoTag((int) tensorSize(weights));
    head(weights).writeTo(out);
    out.writeTag(TensorProto.RAW_DATA_FIELD_NUMBER, LENGTH_DELIMITED);
    out.writeUInt32NoTag((int) bytes(weights));
    Matrix numbers = weights.numbers();
    ByteBuffer chunk =
        ByteBuffer.allocate(Float.BYTES * Math.min(CHUNK, numbers.size()))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < numbers.size(); from += CHUNK) {
      int count = Math.min(CHUNK, numbers.size() - from);
      chunk.clear();
      chunk.asFloatBuffer().put(numbers.values(), numbers.offset() + from, count);
      out.writeRawBytes(chunk.limit(Float.BYTES * count));
    }
  }
}
