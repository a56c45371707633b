package dev.backprop.core.nn;

import dev.backprop.core.linalg.Matrix;
import java.util.List;

/// The shape of a network.
///
/// @param inputs d₀, the number of inputs
/// @param layers the layers from the first hidden one to the output; at least the output
public record NetworkSpec(int inputs, List<LayerSpec> layers) {

  /// Copies the list.
  ///
  /// @throws IllegalArgumentException if there is no input, no layer, a softmax before the output,
  ///   or an output whose derivative needs its sums or that has dropout or normalization
  public NetworkSpec {
    layers = List.copyOf(layers);
    if (inputs < 1 || layers.isEmpty()) {
      throw new IllegalArgumentException(
          "a network needs inputs and layers, not %d and %d".formatted(inputs, layers.size()));
    }
    for (LayerSpec layer : layers.subList(0, layers.size() - 1)) {
      if (layer.activation() instanceof Activation.Softmax) {
        throw new IllegalArgumentException("softmax is for the output layer only");
      }
    }
    if (layers.getLast().activation().needsSums()) {
      throw new IllegalArgumentException(
          layers.getLast().activation() + " is for hidden layers only");
    }
    if (layers.getLast().hasDropout()) {
      throw new IllegalArgumentException("dropout is for hidden layers only");
    }
    if (layers.getLast().isNormalized()) {
      throw new IllegalArgumentException("normalization is for hidden layers only");
    }
  }

  /// d_L, the number of outputs.
  public int outputs() {
    return output().units();
  }

  /// The last layer.
  public LayerSpec output() {
    return layers.getLast();
  }

  /// Checks the shapes of a batch.
  ///
  /// @param x inputs, n × d₀
  /// @param y targets, n × d_L
  /// @throws IllegalArgumentException if they do not fit
  public void requireFit(Matrix x, Matrix y) {
    if (x.columns() != inputs || y.columns() != outputs() || x.rows() != y.rows()) {
      throw new IllegalArgumentException(
          "inputs of %s and targets of %s do not fit a network with %d inputs and %d outputs"
              .formatted(x, y, inputs, outputs()));
    }
  }

  /// What feeds a layer: dₗ₋₁.
  ///
  /// @param layer counted from 0
  public int fanIn(int layer) {
    return layer == 0 ? inputs : layers.get(layer - 1).units();
  }

  /// How many numbers θ has; a long, because a spec may describe a network that is too large. Where
  /// even a long is too small, it is [Long#MAX_VALUE].
  public long parameterCount() {
    long count = 0;
    for (int layer = 0; layer < layers.size(); layer++) {
      long ofUnit = fanIn(layer) + (layers.get(layer).isNormalized() ? 3L : 1L);
      long ofLayer = ofUnit * layers.get(layer).units();
      count = Math.min(count, Long.MAX_VALUE - ofLayer) + ofLayer;
    }
    return count;
  }

  /// Whether training takes another form of the network than prediction, by the statistics of the
  /// batch.
  public boolean hasBatchNormalization() {
    return layers.stream().anyMatch(LayerSpec::hasBatchNormalization);
  }

  /// How many running means and variances there are, which is fewer than θ has numbers.
  public long statisticsCount() {
    return layers.stream()
        .filter(LayerSpec::hasBatchNormalization)
        .mapToLong(layer -> 2L * layer.units())
        .sum();
  }
}
