package dev.backprop.model.onnx;

import dev.backprop.core.nn.Activation;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The activations that are one operator each.
final class OnnxActivations {

  private static final double SELU_ALPHA = 1.6732632423543772;
  private static final double SELU_LAMBDA = 1.0507009873554805;

  private static final Map<String, Function<OnnxNode, Activation>> BY_OPERATOR = byOperator();

  private OnnxActivations() {}

  private static Map<String, Function<OnnxNode, Activation>> byOperator() {
    Map<String, Function<OnnxNode, Activation>> known = new TreeMap<>();
    known.put("Relu", _ -> new Activation.Relu());
    known.put("LeakyRelu", node -> new Activation.LeakyRelu(decimal(node.number("alpha", 0.01f))));
    known.put("Elu", node -> new Activation.Elu(decimal(node.number("alpha", 1f))));
    known.put("Selu", OnnxActivations::selu);
    known.put("Sigmoid", _ -> new Activation.Sigmoid());
    known.put("HardSigmoid", OnnxActivations::hardSigmoid);
    known.put("Tanh", _ -> new Activation.Tanh());
    known.put("Softplus", _ -> new Activation.Softplus());
    known.put("Softsign", _ -> new Activation.Softsign());
    known.put("Softmax", OnnxActivations::softmax);
    known.put("Gelu", OnnxActivations::gelu);
    return known;
  }

  /// The operators.
  static Iterable<String> operators() {
    return BY_OPERATOR.keySet();
  }

  /// What a node does, null where it is no activation.
  static @Nullable Activation of(OnnxNode node) {
    Function<OnnxNode, Activation> known = BY_OPERATOR.get(node.operator());
    if (known == null) {
      return null;
    }
    node.requireAttributes("alpha", "beta", "gamma", "axis", "approximate");
    try {
      return known.apply(node);
    } catch (IllegalArgumentException e) {
      throw node.refused(e.getMessage() + ".");
    }
  }

  /// The number that was meant: 0.01 for the 32-bit float next to it.
  static double decimal(float number) {
    return Double.parseDouble(Float.toString(number));
  }

  private static boolean isAbout(float number, double expected) {
    return Math.abs(number - expected) <= 1e-5 * expected;
  }

  private static Activation selu(OnnxNode node) {
    if (!isAbout(node.number("alpha", (float) SELU_ALPHA), SELU_ALPHA)
        || !isAbout(node.number("gamma", (float) SELU_LAMBDA), SELU_LAMBDA)) {
      throw node.refused("alpha must be 1.6733 and gamma 1.0507.");
    }
    return new Activation.Selu();
  }

  private static Activation hardSigmoid(OnnxNode node) {
    if (!isAbout(node.number("alpha", 0.2f), 1.0 / 6) || !isAbout(node.number("beta", 0.5f), 0.5)) {
      throw node.refused(
          "alpha must be 1/6 and beta 0.5, as PyTorch has them, not %s and %s."
              .formatted(node.number("alpha", 0.2f), node.number("beta", 0.5f)));
    }
    return new Activation.HardSigmoid();
  }

  /// Over the units: of two dimensions the last, which is the default of every opset.
  private static Activation softmax(OnnxNode node) {
    long axis = node.integer("axis", -1);
    if (axis != -1 && axis != 1) {
      throw node.refused("axis must be 1 or -1, over the units of a row, not %d.".formatted(axis));
    }
    return new Activation.Softmax();
  }

  private static Activation gelu(OnnxNode node) {
    if (!node.text("approximate", "none").equals("none")) {
      throw node.refused("only the exact form is known, approximate=\"none\".");
    }
    return new Activation.Gelu();
  }
}
