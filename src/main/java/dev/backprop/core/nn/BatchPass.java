package dev.backprop.core.nn;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.Product;
import dev.backprop.core.linalg.Products;
import java.util.ArrayList;
import java.util.List;

/// All products of a batch, forward and back, for inputs that stay where they are. A training comes
/// back to the same few places in every epoch, so that a step has none of them to prepare.
///
/// @param x A₀, n × d₀
/// @param a Aₗ, n rows
/// @param delta δₗ, n rows
/// @param sums `Zₗ ← Aₗ₋₁·Wₗ + Zₗ` of every layer
/// @param weightGradients `∂L/∂Wₗ ← Aₗ₋₁ᵀ·δₗ` of every layer
/// @param biasGradients `∂L/∂bₗ ← 1ᵀ·δₗ` of every layer: a bias is the weight of an input that is
///   always 1
/// @param deltas `∂L/∂Aₗ ← δₗ₊₁·Wₗ₊₁ᵀ` of every layer but the output
record BatchPass(
    Matrix x,
    Activations a,
    Activations delta,
    List<Product> sums,
    List<Product> weightGradients,
    List<Product> biasGradients,
    List<Product> deltas) {

  /// Prepares them.
  ///
  /// @param a room for at least the rows of x
  /// @param delta room for as many
  /// @param ones as many, in a column
  /// @param gradients receive ∂L/∂Wₗ and ∂L/∂bₗ
  static BatchPass of(
      Matrix x,
      Network network,
      Activations a,
      Activations delta,
      Matrix ones,
      Parameters gradients,
      Products products) {
    Activations as = a.rows(x.rows());
    Activations deltas = delta.rows(x.rows());
    Matrix oneEach = ones.rows(0, x.rows());
    List<Product> weights = new ArrayList<>();
    List<Product> biases = new ArrayList<>();
    List<Product> back = new ArrayList<>();
    for (int layer = 0; layer < network.spec().layers().size(); layer++) {
      Matrix input = layer == 0 ? x : as.layer(layer - 1);
      Matrix d = deltas.layer(layer);
      weights.add(products.transposedByPlain(input, d, gradients.weights(layer)));
      biases.add(products.transposedByPlain(oneEach, d, gradients.biases(layer)));
      if (layer > 0) {
        back.add(
            products.plainByTransposed(
                d, network.parameters().weights(layer), deltas.layer(layer - 1)));
      }
    }
    return new BatchPass(x, as, deltas, network.sums(x, as), weights, biases, back);
  }
}
