package dev.backprop.core.nn;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.Products;
import java.util.List;

/// A multilayer perceptron: the forward pass.
public final class Network {

  private final NetworkSpec spec;
  private final Parameters parameters;
  private final Products products;
  private final List<Normalizer> normalizers;

  /// The network with these parameters, which are not copied.
  public Network(Parameters parameters, Products products) {
    this.spec = parameters.spec();
    this.parameters = parameters;
    this.products = products;
    normalizers = Normalizer.forPrediction(parameters);
  }

  /// Its shape.
  public NetworkSpec spec() {
    return spec;
  }

  /// θ.
  public Parameters parameters() {
    return parameters;
  }

  /// A_L for the rows of X.
  ///
  /// @param x inputs, n × d₀
  /// @param a receives the outputs of every layer
  /// @return the outputs, n × d_L, a part of `a`
  public Matrix forward(Matrix x, Activations a) {
    Matrix z = forwardToOutput(x, a);
    spec.output().activation().applyInPlace(z);
    return z;
  }

  /// Aₗ of every hidden layer and Z_L, to which the caller applies the output activation.
  ///
  /// @param x inputs, n × d₀
  /// @param a receives them
  /// @return Z_L, n × d_L, a part of `a`
  public Matrix forwardToOutput(Matrix x, Activations a) {
    return forwardToOutput(x, a, normalizers, Masks.NONE);
  }

  /// Aₗ ⊙ Mₗ of every hidden layer and Z_L.
  ///
  /// @param forms how each layer normalizes its sums
  Matrix forwardToOutput(Matrix x, Activations a, List<? extends Normalizer> forms, Masks masks) {
    a.resize(x.rows());
    List<LayerSpec> layers = spec.layers();
    Matrix input = x;
    for (int layer = 0; layer < layers.size(); layer++) {
      Matrix z = a.layer(layer);
      repeat(parameters.biases(layer), z);
      products.addProduct(input, parameters.weights(layer), z);
      if (layer < layers.size() - 1) {
        forms.get(layer).applyInPlace(z);
        activateInPlace(layer, a);
        masks.multiplyInPlace(layer, z);
      }
      input = z;
    }
    return input;
  }

  /// `Z ← f(Z)`, and keeps the one of both that the derivative follows from.
  private void activateInPlace(int layer, Activations a) {
    Activation f = spec.layers().get(layer).activation();
    if (f.needsSums()) {
      a.keep(layer);
      f.applyInPlace(a.layer(layer));
    } else {
      f.applyInPlace(a.layer(layer));
      a.keep(layer);
    }
  }

  /// `Z ← b` in every row: copies what is there until all is full.
  private static void repeat(Matrix b, Matrix z) {
    float[] zs = z.values();
    int from = z.offset();
    System.arraycopy(b.values(), b.offset(), zs, from, b.size());
    int done = b.size();
    while (done < z.size()) {
      int count = Math.min(done, z.size() - done);
      System.arraycopy(zs, from, zs, from + done, count);
      done += count; // doubling it could pass the largest int
    }
  }
}
