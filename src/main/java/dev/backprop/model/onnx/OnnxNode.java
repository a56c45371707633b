package dev.backprop.model.onnx;

import dev.backprop.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// An operation of a graph.
///
/// @param inputs values, empty where an optional one is left out
/// @param outputs values
record OnnxNode(
    String name,
    String domain,
    String operator,
    List<String> inputs,
    List<String> outputs,
    Map<String, Attribute> attributes) {

  /// An attribute; of the fields, those of its type have a meaning.
  record Attribute(
      float number,
      long integer,
      String text,
      List<Float> numbers,
      List<Long> integers,
      @Nullable OnnxTensor tensor) {}

  /// The node in messages: `node 'fc1' (Gemm)`.
  String describe() {
    String called = name.isEmpty() ? outputs.isEmpty() ? "" : outputs.getFirst() : name;
    return "node %s (%s)".formatted(InvalidOnnx.quote(called), InvalidOnnx.quote(operatorName()));
  }

  /// The operator with its domain, if that is not the usual one.
  String operatorName() {
    return isStandard() ? operator : domain + "." + operator;
  }

  boolean isStandard() {
    return domain.isEmpty() || domain.equals("ai.onnx");
  }

  /// The problem that this node is.
  ///
  /// @param reason follows on the node's name
  ProblemException refused(String reason) {
    String node = describe();
    return InvalidOnnx.because(
        Character.toUpperCase(node.charAt(0)) + node.substring(1) + ": " + reason);
  }

  /// An input that has to be there.
  String input(int index) {
    if (!hasInput(index)) {
      throw refused("input %d is missing.".formatted(index + 1));
    }
    return inputs.get(index);
  }

  boolean hasInput(int index) {
    return index < inputs.size() && !inputs.get(index).isEmpty();
  }

  /// Refuses attributes that nobody here knows the meaning of.
  void requireAttributes(String... known) {
    Set<String> unknown = new TreeSet<>(attributes.keySet());
    unknown.removeAll(Set.of(known));
    if (!unknown.isEmpty()) {
      throw refused(
          "attribute %s is not known here."
              .formatted(InvalidOnnx.quote(unknown.iterator().next())));
    }
  }

  float number(String attribute, float otherwise) {
    Attribute given = attributes.get(attribute);
    return given == null ? otherwise : given.number();
  }

  long integer(String attribute, long otherwise) {
    Attribute given = attributes.get(attribute);
    return given == null ? otherwise : given.integer();
  }

  String text(String attribute, String otherwise) {
    Attribute given = attributes.get(attribute);
    return given == null ? otherwise : given.text();
  }

  List<Long> integers(String attribute) {
    Attribute given = attributes.get(attribute);
    return given == null ? List.of() : given.integers();
  }
}
