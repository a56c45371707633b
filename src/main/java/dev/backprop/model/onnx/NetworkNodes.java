package dev.backprop.model.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Normalization;
import dev.backprop.core.nn.Parameters;
import java.util.List;

/// Writes the layers of a network: a Gemm each, the normalization and the activation.
final class NetworkNodes {

  private static final double SELU_ALPHA = 1.6732632423543772;
  private static final double SELU_LAMBDA = 1.0507009873554805;

  private final GraphBuilder graph;
  private final Parameters parameters;

  NetworkNodes(GraphBuilder graph, Parameters parameters) {
    this.graph = graph;
    this.parameters = parameters;
  }

  /// Adds the layers.
  ///
  /// @param input rows × d₀
  /// @return A_L, rows × d_L
  String add(String input) {
    List<LayerSpec> layers = parameters.spec().layers();
    String a = input;
    for (int layer = 0; layer < layers.size(); layer++) {
      String z = sums(a, layer);
      boolean last = layer == layers.size() - 1;
      if (last && layers.get(layer).activation() instanceof Activation.Sigmoid) {
        a = sigmoid(z);
      } else {
        a = activate(normalize(z, layer), layers.get(layer).activation(), name("a", layer));
      }
    }
    return a;
  }

  private static String name(String kind, int layer) {
    return kind + (layer + 1);
  }

  private String sums(String a, int layer) {
    return graph.node(
        "Gemm",
        name("z", layer),
        List.of(
            a,
            graph.matrix(name("W", layer), parameters.weights(layer)),
            graph.vector(name("b", layer), parameters.biases(layer))));
  }

  private String normalize(String z, int layer) {
    return switch (parameters.spec().layers().get(layer).normalization()) {
      case Normalization.None _ -> z;
      case Normalization.Batch batch ->
          graph.node(
              "BatchNormalization",
              name("normalized", layer),
              List.of(
                  z,
                  graph.vector(name("gamma", layer), parameters.gamma(layer)),
                  graph.vector(name("beta", layer), parameters.beta(layer)),
                  graph.vector(name("mean", layer), parameters.runningMean(layer)),
                  graph.vector(name("variance", layer), parameters.runningVariance(layer))),
              Attributes.of("epsilon", (float) batch.epsilon()));
      case Normalization.Layer ofLayer -> normalizeRows(z, layer, ofLayer.epsilon());
    };
  }

  /// Layer normalization in the operators that came before one of its own did. The mean is taken
  /// away in 64 bits, as the server has it.
  private String normalizeRows(String z, int layer, double epsilon) {
    String wide = graph.cast(z, name("wide", layer), DataType.DOUBLE);
    String mean = rowMean(wide, name("rowMean", layer));
    String difference = graph.node("Sub", name("difference", layer), List.of(wide, mean));
    String square = graph.node("Mul", name("square", layer), List.of(difference, difference));
    String variance = rowMean(square, name("rowVariance", layer));
    String added =
        graph.node(
            "Add",
            name("positive", layer),
            List.of(variance, graph.number(name("epsilon", layer), epsilon)));
    String deviation = graph.node("Sqrt", name("deviation", layer), List.of(added));
    String standardized =
        graph.cast(
            graph.node("Div", name("ratio", layer), List.of(difference, deviation)),
            name("standardized", layer),
            DataType.FLOAT);
    String scaled =
        graph.node(
            "Mul",
            name("scaled", layer),
            List.of(standardized, graph.vector(name("gamma", layer), parameters.gamma(layer))));
    return graph.node(
        "Add",
        name("normalized", layer),
        List.of(scaled, graph.vector(name("beta", layer), parameters.beta(layer))));
  }

  private String rowMean(String input, String wished) {
    return graph.node(
        "ReduceMean",
        wished,
        List.of(input),
        Attributes.ofLongs("axes", List.of(1L)),
        Attributes.of("keepdims", 1));
  }

  /// In 64 bits: runtimes save time on the sigmoid of 32 bits, and small probabilities lose all
  /// their digits.
  private String sigmoid(String z) {
    String wide = graph.cast(z, "logits", DataType.DOUBLE);
    String exact = graph.node("Sigmoid", "sigmoids", List.of(wide));
    return graph.cast(exact, "outputs", DataType.FLOAT);
  }

  private String activate(String z, Activation activation, String a) {
    List<String> inputs = List.of(z);
    return switch (activation) {
      case Activation.Linear _ -> z;
      case Activation.Sigmoid _ -> graph.node("Sigmoid", a, inputs);
      case Activation.HardSigmoid _ ->
          graph.node(
              "HardSigmoid",
              a,
              inputs,
              Attributes.of("alpha", 1f / 6),
              Attributes.of("beta", 0.5f));
      case Activation.Tanh _ -> graph.node("Tanh", a, inputs);
      case Activation.Relu _ -> graph.node("Relu", a, inputs);
      case Activation.LeakyRelu leaky ->
          graph.node("LeakyRelu", a, inputs, Attributes.of("alpha", (float) leaky.slope()));
      case Activation.Elu elu ->
          graph.node("Elu", a, inputs, Attributes.of("alpha", (float) elu.alpha()));
      case Activation.Selu _ ->
          graph.node(
              "Selu",
              a,
              inputs,
              Attributes.of("alpha", (float) SELU_ALPHA),
              Attributes.of("gamma", (float) SELU_LAMBDA));
      case Activation.Gelu _ -> gelu(z, a);
      case Activation.Silu _ ->
          graph.node("Mul", a, List.of(z, graph.node("Sigmoid", a + ":sigmoid", inputs)));
      case Activation.Softplus _ -> graph.node("Softplus", a, inputs);
      case Activation.Softsign _ -> graph.node("Softsign", a, inputs);
      case Activation.Softmax _ -> graph.node("Softmax", a, inputs, Attributes.of("axis", 1));
    };
  }

  /// `z·½·(1 + erf(z/√2))`: the operator of its own came with opset 20.
  private String gelu(String z, String a) {
    String u =
        graph.node(
            "Div", a + ":scaled", List.of(z, graph.number(a + ":root", (float) Math.sqrt(2))));
    String erf = graph.node("Erf", a + ":erf", List.of(u));
    String twice = graph.node("Add", a + ":twice", List.of(erf, graph.number(a + ":one", 1f)));
    String distribution =
        graph.node("Mul", a + ":phi", List.of(twice, graph.number(a + ":half", 0.5f)));
    return graph.node("Mul", a, List.of(z, distribution));
  }
}
