package dev.backprop.model.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The constants of a graph: initializers, nodes that give constants, and transposed ones.
final class OnnxConstants {

  private final Map<String, OnnxTensor> tensors;
  private final Map<String, OnnxNode> producers;

  /// @param producers the node that gives each value
  OnnxConstants(OnnxGraph graph, Map<String, OnnxNode> producers) {
    this.producers = producers;
    tensors = new HashMap<>(graph.tensors());
    for (OnnxNode node : graph.nodes()) {
      if (node.operator().equals("Constant") && node.isStandard() && !node.outputs().isEmpty()) {
        OnnxNode.Attribute value = node.attributes().get("value");
        String name = node.outputs().getFirst();
        if (value != null && value.tensor() != null) {
          tensors.put(name, value.tensor().named(name));
        }
      }
    }
  }

  /// A constant, perhaps behind a node that turns its rows into columns.
  record Oriented(OnnxTensor tensor, boolean transposed) {}

  boolean isConstant(String value) {
    return find(value) != null;
  }

  /// A constant as it is, null where the value depends on the rows.
  @Nullable OnnxTensor find(String value) {
    OnnxNode producer = producers.get(value);
    return producer != null && producer.operator().equals("Identity")
        ? tensors.get(producer.input(0))
        : tensors.get(value);
  }

  /// A matrix, null where the value depends on the rows.
  @Nullable Oriented matrix(String value) {
    OnnxTensor tensor = find(value);
    if (tensor != null) {
      return new Oriented(tensor, false);
    }
    OnnxNode producer = producers.get(value);
    if (producer == null || !producer.operator().equals("Transpose")) {
      return null;
    }
    OnnxTensor turned = find(producer.input(0));
    List<Long> order = producer.integers("perm");
    boolean swaps = order.isEmpty() || order.equals(List.of(1L, 0L));
    return turned == null || !swaps ? null : new Oriented(turned, true);
  }

  /// A constant that an input of a node has to be.
  OnnxTensor require(OnnxNode node, int input) {
    OnnxTensor tensor = find(node.input(input));
    if (tensor == null) {
      throw node.refused(
          "input %s has to be a constant of the file."
              .formatted(InvalidOnnx.quote(node.input(input))));
    }
    return tensor;
  }

  /// Whether a value is a single number, about this one.
  boolean isAbout(String value, double number) {
    OnnxTensor tensor = find(value);
    return tensor != null
        && tensor.floats() != null
        && tensor.size() == 1
        && Math.abs(tensor.get(0) - number) <= 1e-6 * Math.abs(number);
  }
}
