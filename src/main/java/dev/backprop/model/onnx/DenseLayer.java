package dev.backprop.model.onnx;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Normalization;
import dev.backprop.core.nn.Parameters;
import dev.backprop.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A layer under construction, from the steps of a graph in their order: product, biases,
/// normalization, activation.
final class DenseLayer {

  private final Step.Product product;
  private final int inputs;
  private final int units;
  private final List<Scaled> biases = new ArrayList<>();
  private @Nullable Step normalization;
  private @Nullable Activation activation;

  /// A row times a number.
  private record Scaled(OnnxTensor row, float factor) {}

  /// @param inputs of a row that comes in
  DenseLayer(Step.Product product, int inputs) {
    this.product = product;
    this.inputs = inputs;
    List<Integer> shape = product.weights().dimensions();
    if (shape.size() != 2) {
      throw product
          .node()
          .refused(
              "the weights %s of shape %s have to be a matrix."
                  .formatted(
                      InvalidOnnx.quote(product.weights().name()), product.weights().shape()));
    }
    int rows = shape.get(product.transposed() ? 1 : 0);
    units = shape.get(product.transposed() ? 0 : 1);
    if (rows != inputs || units < 1) {
      throw product
          .node()
          .refused(
              "the weights %s of shape %s do not fit the %d numbers of a row%s."
                  .formatted(
                      InvalidOnnx.quote(product.weights().name()),
                      product.weights().shape(),
                      inputs,
                      product.transposed() ? ", transposed" : ""));
    }
    product.weights().requireFloats();
    if (product.bias() != null) {
      addBias(product.node(), product.bias(), product.beta());
    }
  }

  OnnxNode node() {
    return product.node();
  }

  int units() {
    return units;
  }

  void add(Step.Bias step) {
    if (normalization != null || activation != null) {
      throw step.node()
          .refused(
              "a constant is added behind an activation or normalization, where a dense network has none.");
    }
    addBias(step.node(), step.bias(), 1f);
  }

  private void addBias(OnnxNode node, OnnxTensor bias, float factor) {
    boolean row =
        bias.dimensions().stream()
            .limit(Math.max(0, bias.dimensions().size() - 1))
            .allMatch(d -> d == 1);
    if (!row || bias.dimensions().size() > 2 || (bias.size() != units && bias.size() != 1)) {
      throw misfit(node, bias);
    }
    biases.add(new Scaled(bias, factor));
  }

  private ProblemException misfit(OnnxNode node, OnnxTensor tensor) {
    return node.refused(
        "%s of shape %s does not fit the %d units of the layer."
            .formatted(InvalidOnnx.quote(tensor.name()), tensor.shape(), units));
  }

  /// @param step [Step.BatchNormalization] or [Step.LayerNormalization]
  void normalize(Step step) {
    if (normalization != null || activation != null) {
      throw step.node()
          .refused("normalization has to come between the product of a layer and its activation.");
    }
    switch (step) {
      case Step.BatchNormalization batch ->
          List.of(batch.gamma(), batch.beta(), batch.mean(), batch.variance())
              .forEach(row -> requireUnits(step.node(), row));
      case Step.LayerNormalization layer -> {
        requireUnits(step.node(), layer.gamma());
        if (layer.beta() != null) {
          requireUnits(step.node(), layer.beta());
        }
      }
      default -> throw new IllegalArgumentException(step.toString());
    }
    normalization = step;
  }

  private void requireUnits(OnnxNode node, OnnxTensor row) {
    if (row.dimensions().size() != 1 || row.size() != units) {
      throw misfit(node, row);
    }
  }

  void add(Step.Activate step) {
    if (activation != null) {
      throw step.node().refused("it follows on another activation without a product between them.");
    }
    activation = step.activation();
  }

  Activation activation() {
    return Objects.requireNonNullElseGet(activation, Activation.Linear::new);
  }

  boolean isNormalized() {
    return normalization != null;
  }

  /// Its shape.
  ///
  /// @param f the activation
  LayerSpec spec(Activation f) {
    try {
      Normalization kind =
          switch (normalization) {
            case Step.BatchNormalization batch ->
                new Normalization.Batch(batch.momentum(), batch.epsilon());
            case Step.LayerNormalization layer -> new Normalization.Layer(layer.epsilon());
            case null, default -> new Normalization.None();
          };
      return new LayerSpec(units, f, 0, kind);
    } catch (IllegalArgumentException e) {
      throw Objects.requireNonNull(normalization).node().refused(e.getMessage() + ".");
    }
  }

  /// Copies the numbers from the file.
  void copyTo(Parameters parameters, int layer) {
    copyWeights(parameters.weights(layer));
    Matrix b = parameters.biases(layer);
    for (Scaled bias : biases) {
      for (int unit = 0; unit < units; unit++) {
        float each = bias.row().get(bias.row().size() == 1 ? 0 : unit);
        b.set(0, unit, b.get(0, unit) + bias.factor() * each);
      }
    }
    switch (normalization) {
      case Step.BatchNormalization batch -> {
        copy(batch.gamma(), parameters.gamma(layer));
        copy(batch.beta(), parameters.beta(layer));
        copy(batch.mean(), parameters.runningMean(layer));
        copy(batch.variance(), parameters.runningVariance(layer));
        requirePositive(batch);
      }
      case Step.LayerNormalization ofLayer -> {
        copy(ofLayer.gamma(), parameters.gamma(layer));
        if (ofLayer.beta() != null) {
          copy(ofLayer.beta(), parameters.beta(layer));
        }
      }
      case null, default -> {}
    }
  }

  private void copyWeights(Matrix w) {
    OnnxTensor weights = product.weights();
    for (int input = 0; input < inputs; input++) {
      for (int unit = 0; unit < units; unit++) {
        int index = product.transposed() ? unit * inputs + input : input * units + unit;
        w.set(input, unit, product.alpha() * weights.get(index));
      }
    }
  }

  private static void copy(OnnxTensor from, Matrix row) {
    for (int i = 0; i < row.columns(); i++) {
      row.set(0, i, from.get(i));
    }
  }

  private static void requirePositive(Step.BatchNormalization batch) {
    for (int i = 0; i < batch.variance().size(); i++) {
      if (!(batch.variance().get(i) >= 0)) {
        throw batch
            .node()
            .refused(
                "the running variance of unit %d is %s.".formatted(i + 1, batch.variance().get(i)));
      }
    }
  }
}
