package dev.backprop.model.onnx;

import dev.backprop.core.nn.Activation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The activations that are several nodes: silu, `x·σ(x)`; softsign, `x / (1 + |x|)`; and gelu,
/// `x·½·(1 + erf(x/√2))`, with the half in either place.
final class OnnxPatterns {

  private final Map<String, OnnxNode> producers;
  private final OnnxConstants constants;

  /// @param producers the node that gives each value
  OnnxPatterns(Map<String, OnnxNode> producers, OnnxConstants constants) {
    this.producers = producers;
    this.constants = constants;
  }

  /// An activation, and the value that it is applied to.
  record Found(Activation activation, String from) {}

  /// The activation that a Mul or Div ends, null where it ends none.
  @Nullable Found of(OnnxNode last) {
    last.requireAttributes();
    String first = last.input(0);
    String second = last.input(1);
    if (last.operator().equals("Div")) {
      return isOf("Abs", besides("Add", second, 1), first)
          ? new Found(new Activation.Softsign(), first)
          : null;
    }
    for (List<String> factors : List.of(List.of(first, second), List.of(second, first))) {
      String x = factors.getFirst();
      String gate = factors.getLast();
      if (isOf("Sigmoid", gate, x)) {
        return new Found(new Activation.Silu(), x);
      }
      if (isTwicePhi(besides("Mul", gate, 0.5), x)) {
        return new Found(new Activation.Gelu(), x);
      }
    }
    return halvedGelu(besides("Mul", last.outputs().getFirst(), 0.5));
  }

  /// `x·(1 + erf(x/√2))`, which is halved at last.
  private @Nullable Found halvedGelu(@Nullable String product) {
    OnnxNode node = node("Mul", product);
    if (node == null) {
      return null;
    }
    String first = node.input(0);
    String second = node.input(1);
    if (isTwicePhi(second, first)) {
      return new Found(new Activation.Gelu(), first);
    }
    return isTwicePhi(first, second) ? new Found(new Activation.Gelu(), second) : null;
  }

  /// Whether a value is `1 + erf(x/√2)`.
  private boolean isTwicePhi(@Nullable String value, String x) {
    OnnxNode erf = node("Erf", besides("Add", value, 1));
    return erf != null
        && (x.equals(besides("Div", erf.input(0), Math.sqrt(2)))
            || x.equals(besides("Mul", erf.input(0), Math.sqrt(0.5))));
  }

  private boolean isOf(String operator, @Nullable String value, String x) {
    OnnxNode node = node(operator, value);
    return node != null && node.input(0).equals(x);
  }

  /// The other operand of a node where one is about a number.
  private @Nullable String besides(String operator, @Nullable String value, double number) {
    OnnxNode node = node(operator, value);
    if (node == null) {
      return null;
    }
    if (constants.isAbout(node.input(1), number)) {
      return node.input(0);
    }
    boolean commutes = !operator.equals("Div");
    return commutes && constants.isAbout(node.input(0), number) ? node.input(1) : null;
  }

  /// The node that gives a value, if it has this operator.
  private @Nullable OnnxNode node(String operator, @Nullable String value) {
    OnnxNode node = value == null ? null : producers.get(value);
    return node != null
            && node.isStandard()
            && node.operator().equals(operator)
            && node.outputs().getFirst().equals(value)
        ? node
        : null;
  }
}
