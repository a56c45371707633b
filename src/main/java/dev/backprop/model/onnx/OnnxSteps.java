package dev.backprop.model.onnx;

import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.Normalization;
import dev.backprop.problem.ProblemException;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Finds the way of the rows through a graph, from the output back to the input. What does not lie
/// on it, such as the label beside the probabilities, does not matter.
final class OnnxSteps {

  private final Map<String, OnnxNode> producers = new HashMap<>();
  private final OnnxConstants constants;
  private final OnnxPatterns patterns;
  private final Deque<Step> steps = new ArrayDeque<>();
  private final Set<String> passed = new HashSet<>();

  private OnnxSteps(OnnxGraph graph) {
    for (OnnxNode node : graph.nodes()) {
      for (String output : node.outputs()) {
        if (producers.put(output, node) != null && !output.isEmpty()) {
          throw node.refused(
              "its output %s is that of another node too.".formatted(InvalidOnnx.quote(output)));
        }
      }
    }
    constants = new OnnxConstants(graph, producers);
    patterns = new OnnxPatterns(producers, constants);
  }

  /// The steps from an input to an output.
  static List<Step> between(OnnxGraph graph, String input, String output) {
    OnnxSteps way = new OnnxSteps(graph);
    String value = output;
    while (!value.equals(input)) {
      value = way.before(value);
    }
    return new ArrayList<>(way.steps);
  }

  /// Adds the step that gives a value.
  ///
  /// @return the value that it is made from
  private String before(String value) {
    OnnxNode node = producers.get(value);
    if (node == null) {
      throw InvalidOnnx.because(
          "Nothing in the graph gives %s, or the output does not depend on the input."
              .formatted(InvalidOnnx.quote(value)));
    }
    if (!passed.add(value)) {
      throw node.refused("the graph goes in a circle.");
    }
    if (!node.isStandard() || !node.outputs().getFirst().equals(value)) {
      throw unknown(node);
    }
    return switch (node.operator()) {
      case "Gemm" -> product(node);
      case "MatMul" -> matrixProduct(node);
      case "Add" -> sum(node);
      case "Mul", "Div" -> pattern(node);
      case "Concat" -> complement(node);
      case "BatchNormalization" -> batchNormalization(node);
      case "LayerNormalization" -> layerNormalization(node);
      case "Identity" -> node.input(0);
      case "Dropout" -> dropout(node);
      case "Cast" -> cast(node);
      case "Flatten" -> flatten(node);
      case "Reshape" -> reshape(node);
      default -> activation(node);
    };
  }

  private static ProblemException unknown(OnnxNode node) {
    Set<String> known =
        new TreeSet<>(
            Set.of(
                "Gemm",
                "MatMul",
                "Add",
                "BatchNormalization",
                "LayerNormalization",
                "Identity",
                "Dropout",
                "Cast",
                "Flatten",
                "Reshape"));
    OnnxActivations.operators().forEach(known::add);
    String advice =
        node.operator().equals("ZipMap")
            ? " Convert the model with zipmap=False, or name the output before it, output=probabilities."
            : "";
    return node.refused(
        "the operator is none of a dense network's. Those known are %s, and what PyTorch writes for gelu, silu and softsign.%s"
            .formatted(String.join(", ", known), advice));
  }

  private String add(Step step, String from) {
    steps.addFirst(step);
    return from;
  }

  private String product(OnnxNode node) {
    node.requireAttributes("alpha", "beta", "transA", "transB");
    if (node.integer("transA", 0) != 0) {
      throw node.refused("transA must be 0: the rows come one below the other.");
    }
    OnnxConstants.Oriented weights = weights(node, 1);
    OnnxTensor bias = node.hasInput(2) ? constants.require(node, 2) : null;
    boolean transposed = weights.transposed() != (node.integer("transB", 0) != 0);
    return add(
        new Step.Product(
            node,
            weights.tensor(),
            transposed,
            node.number("alpha", 1f),
            bias,
            node.number("beta", 1f)),
        node.input(0));
  }

  private String matrixProduct(OnnxNode node) {
    node.requireAttributes();
    OnnxConstants.Oriented weights = weights(node, 1);
    return add(
        new Step.Product(node, weights.tensor(), weights.transposed(), 1f, null, 1f),
        node.input(0));
  }

  private OnnxConstants.Oriented weights(OnnxNode node, int input) {
    OnnxConstants.Oriented weights = constants.matrix(node.input(input));
    if (weights == null) {
      throw node.refused(
          "the weights %s have to be a constant of the file, the second input."
              .formatted(InvalidOnnx.quote(node.input(input))));
    }
    return weights;
  }

  private String sum(OnnxNode node) {
    node.requireAttributes();
    boolean second = constants.isConstant(node.input(1));
    return add(
        new Step.Bias(node, constants.require(node, second ? 1 : 0)), node.input(second ? 0 : 1));
  }

  private String batchNormalization(OnnxNode node) {
    node.requireAttributes("epsilon", "momentum", "spatial", "training_mode");
    if (node.integer("training_mode", 0) != 0) {
      throw node.refused("it is in training mode; export the network for inference.");
    }
    return add(
        new Step.BatchNormalization(
            node,
            constants.require(node, 1),
            constants.require(node, 2),
            constants.require(node, 3),
            constants.require(node, 4),
            momentum(node),
            epsilon(node)),
        node.input(0));
  }

  /// ONNX gives the share of what was, ours is that of the batch. It matters only where the network
  /// is trained further, so that the usual one does where it gives none.
  private static double momentum(OnnxNode node) {
    double share = OnnxActivations.decimal(node.number("momentum", 0.9f));
    double momentum = BigDecimal.ONE.subtract(BigDecimal.valueOf(share)).doubleValue();
    return momentum > 0 && momentum <= 1 ? momentum : Normalization.Batch.DEFAULT_MOMENTUM;
  }

  private static double epsilon(OnnxNode node) {
    return OnnxActivations.decimal(node.number("epsilon", (float) Normalization.DEFAULT_EPSILON));
  }

  private String layerNormalization(OnnxNode node) {
    node.requireAttributes("axis", "epsilon", "stash_type");
    long axis = node.integer("axis", -1);
    if (axis != -1 && axis != 1) {
      throw node.refused("axis must be 1 or -1, over the units of a row, not %d.".formatted(axis));
    }
    OnnxTensor beta = node.hasInput(2) ? constants.require(node, 2) : null;
    return add(
        new Step.LayerNormalization(node, constants.require(node, 1), beta, epsilon(node)),
        node.input(0));
  }

  /// It leaves nothing out but in training.
  private static String dropout(OnnxNode node) {
    if (node.hasInput(2)) {
      throw node.refused("it may be in training mode; export the network for inference.");
    }
    return node.input(0);
  }

  private static String cast(OnnxNode node) {
    node.requireAttributes("to", "saturate");
    if (node.integer("to", 0) != OnnxTensor.FLOAT) {
      throw node.refused(
          "it makes numbers of type %s; only float32 is taken."
              .formatted(OnnxTensor.typeName((int) node.integer("to", 0))));
    }
    return node.input(0);
  }

  private String flatten(OnnxNode node) {
    node.requireAttributes("axis");
    if (node.integer("axis", 1) != 1) {
      throw node.refused("axis must be 1: what is not of a row stays apart.");
    }
    return add(new Step.Flatten(node, -1), node.input(0));
  }

  /// `[-1, columns]` and the like.
  private String reshape(OnnxNode node) {
    node.requireAttributes("allowzero");
    OnnxTensor shape = constants.require(node, 1);
    List<Long> sizes = shape.integers();
    boolean rows = sizes.size() == 2 && (sizes.getFirst() == -1 || sizes.getFirst() == 0);
    if (!rows || sizes.getLast() < -1 || sizes.getLast() > Integer.MAX_VALUE) {
      throw node.refused("the new shape must be [-1, columns], not %s.".formatted(sizes));
    }
    int columns = sizes.getLast() <= 0 ? -1 : sizes.getLast().intValue();
    return add(new Step.Flatten(node, columns), node.input(0));
  }

  private String pattern(OnnxNode node) {
    OnnxPatterns.Found found = patterns.of(node);
    if (found == null) {
      throw node.refused(
          "of products and quotients only those of gelu, silu and softsign are known, as PyTorch writes them.");
    }
    return add(new Step.Activate(node, found.activation()), found.from());
  }

  private String activation(OnnxNode node) {
    Activation activation = OnnxActivations.of(node);
    if (activation == null) {
      throw unknown(node);
    }
    return add(new Step.Activate(node, activation), node.input(0));
  }

  /// `[1 − p, p]`, which scikit-learn's converter writes for two classes.
  private String complement(OnnxNode node) {
    node.requireAttributes("axis");
    long axis = node.integer("axis", 0);
    if (node.inputs().size() == 2 && (axis == 1 || axis == -1)) {
      OnnxNode first = producers.get(node.input(0));
      if (first != null
          && first.operator().equals("Sub")
          && constants.isAbout(first.input(0), 1)
          && first.input(1).equals(node.input(1))) {
        return add(new Step.Complement(node), node.input(1));
      }
    }
    throw node.refused("only the probabilities [1 - p, p] of two classes are put together.");
  }
}
