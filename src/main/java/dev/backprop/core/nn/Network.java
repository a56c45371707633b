package dev.backprop.core.nn;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.Product;
import dev.backprop.core.linalg.Products;
import java.util.ArrayList;
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
    Activations rows = a.rows(x.rows());
    forwardToOutput(sums(x, rows), rows);
    return rows.output();
  }

  /// The same of inputs that stay where they are.
  ///
  /// @param sums of these inputs, see [#sums]
  /// @param a with as many rows
  void forwardToOutput(List<Product> sums, Activations a) {
    forwardToOutput(sums, a, normalizers, Masks.NONE);
  }

  /// `Zₗ ← Aₗ₋₁·Wₗ + Zₗ` of every layer, to which the biases come before.
  ///
  /// @param x A₀, n × d₀
  /// @param a with n rows
  List<Product> sums(Matrix x, Activations a) {
    List<Product> sums = new ArrayList<>();
    Matrix input = x;
    for (int layer = 0; layer < spec.layers().size(); layer++) {
      sums.add(products.added(input, parameters.weights(layer), a.layer(layer)));
      input = a.layer(layer);
    }
    return sums;
  }

  /// Aₗ ⊙ Mₗ of every hidden layer and Z_L.
  ///
  /// @param sums of the inputs
  /// @param forms how each layer normalizes its sums
  void forwardToOutput(
      List<Product> sums, Activations a, List<? extends Normalizer> forms, Masks masks) {
    int output = sums.size() - 1;
    for (int layer = 0; layer <= output; layer++) {
      Matrix z = a.layer(layer);
      repeat(parameters.biases(layer), z);
      sums.get(layer).compute();
      if (layer < output) {
        forms.get(layer).applyInPlace(z);
        activateInPlace(layer, a);
        masks.multiplyInPlace(layer, z);
      }
    }
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
