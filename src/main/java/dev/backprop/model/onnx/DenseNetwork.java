package dev.backprop.model.onnx;

import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Parameters;
import dev.backprop.model.onnx.OnnxGraph.Value;
import dev.backprop.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The dense network that a graph is. Its numbers are in the file until [#parameters] is called.
final class DenseNetwork {

  /// As many as a job may ask for, and the output.
  private static final int MOST_LAYERS = 65;

  private static final int MOST_UNITS = 1_000_000;

  private final int inputs;
  private final List<DenseLayer> layers = new ArrayList<>();
  private int width;
  private boolean complemented;

  /// Puts the steps of a graph together.
  ///
  /// @param output the name of the output to take; null for the only one of 32-bit floats
  /// @throws ProblemException if the graph is anything but a dense network
  DenseNetwork(OnnxGraph graph, @Nullable String output) {
    Value input = input(graph);
    List<Step> steps = OnnxSteps.between(graph, input.name(), output(graph, output));
    inputs = columns(input, steps);
    width = inputs;
    steps.forEach(this::add);
    if (layers.isEmpty()) {
      throw InvalidOnnx.because(
          "There is no Gemm or MatMul between the input and the output, so there is no network.");
    }
    for (DenseLayer hidden : layers.subList(0, layers.size() - 1)) {
      if (hidden.activation() instanceof Activation.Softmax) {
        throw hidden.node().refused("Softmax follows on it, which is for the output layer only.");
      }
    }
    DenseLayer last = layers.getLast();
    if (last.isNormalized()) {
      throw last.node()
          .refused("the output layer has normalization, which is for hidden layers only.");
    }
    if (last.activation().needsSums()) {
      throw last.node()
          .refused("the output layer has gelu or silu, which are for hidden layers only.");
    }
  }

  private static Value input(OnnxGraph graph) {
    if (graph.inputs().size() != 1) {
      throw InvalidOnnx.because(
          "The graph has the inputs %s; a dense network has one, of shape [rows, features]."
              .formatted(names(graph.inputs())));
    }
    Value input = graph.inputs().getFirst();
    if (input.type() != OnnxTensor.FLOAT) {
      throw InvalidOnnx.because(
          "Input %s is %s; only float32 is taken, so export the network for inputs of float32."
              .formatted(InvalidOnnx.quote(input.name()), OnnxTensor.typeName(input.type())));
    }
    return input;
  }

  private static String output(OnnxGraph graph, @Nullable String wanted) {
    List<Value> fitting =
        graph.outputs().stream()
            .filter(
                value ->
                    wanted == null
                        ? value.type() == OnnxTensor.FLOAT || graph.outputs().size() == 1
                        : value.name().equals(wanted))
            .toList();
    if (fitting.size() != 1) {
      throw InvalidOnnx.because(
          "The graph has the outputs %s; name the one with the numbers to predict with output=."
              .formatted(names(graph.outputs())));
    }
    return fitting.getFirst().name();
  }

  private static String names(List<Value> values) {
    int shown = 10;
    String names =
        String.join(
            ", ", values.stream().limit(shown).map(v -> InvalidOnnx.quote(v.name())).toList());
    return values.size() <= shown ? names : names + " and %d more".formatted(values.size() - shown);
  }

  /// How many numbers a row has: as the input says, else as the first weights do.
  private static int columns(Value input, List<Step> steps) {
    List<Integer> sizes = input.dimensions();
    boolean flattened = !steps.isEmpty() && steps.getFirst() instanceof Step.Flatten;
    if (!sizes.isEmpty() && sizes.size() != 2 && !flattened) {
      throw InvalidOnnx.because(
          "Input %s has %d dimensions, not [rows, features]; flatten what a row has first."
              .formatted(InvalidOnnx.quote(input.name()), sizes.size()));
    }
    long columns = 1;
    for (int size : sizes.subList(Math.min(1, sizes.size()), sizes.size())) {
      columns = size < 0 || columns < 0 ? -1 : Math.min(columns * size, Integer.MAX_VALUE);
    }
    if (sizes.size() > 1 && columns > 0) {
      return (int) columns;
    }
    return steps.stream()
        .filter(Step.Product.class::isInstance)
        .map(Step.Product.class::cast)
        .findFirst()
        .filter(product -> product.weights().dimensions().size() == 2)
        .map(product -> product.weights().dimensions().get(product.transposed() ? 1 : 0))
        .filter(count -> count > 0)
        .orElseThrow(
            () ->
                InvalidOnnx.because(
                    "Neither the input nor a first matrix of weights says how many features a row has."));
  }

  private void add(Step step) {
    if (complemented) {
      throw step.node().refused("nothing may follow on the probabilities of two classes.");
    }
    switch (step) {
      case Step.Product product -> addLayer(product);
      case Step.Bias bias -> layer(step).add(bias);
      case Step.BatchNormalization _, Step.LayerNormalization _ -> layer(step).normalize(step);
      case Step.Activate activate -> layer(step).add(activate);
      case Step.Flatten flatten -> requireWidth(flatten);
      case Step.Complement _ -> complement(step);
    }
  }

  private void addLayer(Step.Product product) {
    if (layers.size() == MOST_LAYERS) {
      throw product.node().refused("there are more than %d layers.".formatted(MOST_LAYERS));
    }
    DenseLayer layer = new DenseLayer(product, width);
    if (layer.units() > MOST_UNITS) {
      throw product.node().refused("there are more than %,d units.".formatted(MOST_UNITS));
    }
    layers.add(layer);
    width = layer.units();
  }

  private DenseLayer layer(Step step) {
    if (layers.isEmpty()) {
      throw step.node()
          .refused(
              "it comes before the first Gemm or MatMul, where the rows are as they are sent.");
    }
    return layers.getLast();
  }

  private void requireWidth(Step.Flatten step) {
    if (step.columns() >= 0 && step.columns() != width) {
      throw step.node()
          .refused("it makes rows of %d numbers of those of %d.".formatted(step.columns(), width));
    }
  }

  private void complement(Step step) {
    if (width != 1 || !(layer(step).activation() instanceof Activation.Sigmoid)) {
      throw step.node().refused("[1 - p, p] is made of one sigmoid only.");
    }
    complemented = true;
  }

  int inputs() {
    return inputs;
  }

  int outputs() {
    return width;
  }

  /// The output activation of the file.
  Activation output() {
    return layers.getLast().activation();
  }

  /// Its shape with another output activation.
  NetworkSpec spec(Activation output) {
    List<LayerSpec> specs = new ArrayList<>();
    for (DenseLayer layer : layers.subList(0, layers.size() - 1)) {
      specs.add(layer.spec(layer.activation()));
    }
    specs.add(layers.getLast().spec(output));
    return new NetworkSpec(inputs, specs);
  }

  /// The numbers, copied from the file.
  ///
  /// @throws ProblemException if one is not finite
  Parameters parameters(NetworkSpec spec) {
    Parameters parameters = new Parameters(spec);
    for (int layer = 0; layer < layers.size(); layer++) {
      layers.get(layer).copyTo(parameters, layer);
    }
    if (!parameters.areFinite()) {
      throw InvalidOnnx.because(
          "Behind alpha and beta of a Gemm not all parameters are finite numbers.");
    }
    return parameters;
  }
}
