package dev.backprop.core.nn;

import dev.backprop.core.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;

/// θ, or anything with a number for each parameter, such as gradients: one flat array, with a view
/// of it for the weights and biases of each layer.
public final class Parameters {

  private final NetworkSpec spec;
  private final float[] values;
  private final List<Matrix> weights = new ArrayList<>();
  private final List<Matrix> biases = new ArrayList<>();

  /// Zeros.
  ///
  /// @throws IllegalArgumentException if there are more than an array holds
  public Parameters(NetworkSpec spec) {
    this(spec, new float[size(spec.parameterCount())]);
  }

  /// The numbers of a flat array, which is not copied.
  ///
  /// @throws IllegalArgumentException if the array does not have one number for each parameter
  public Parameters(NetworkSpec spec, float[] values) {
    if (values.length != spec.parameterCount()) {
      throw new IllegalArgumentException(
          "the network has %d parameters, not %d".formatted(spec.parameterCount(), values.length));
    }
    this.spec = spec;
    this.values = values;
    int offset = 0;
    for (int layer = 0; layer < spec.layers().size(); layer++) {
      int units = spec.layers().get(layer).units();
      Matrix w = new Matrix(values, offset, spec.fanIn(layer), units);
      weights.add(w);
      biases.add(new Matrix(values, offset + w.size(), 1, units));
      offset += w.size() + units;
    }
  }

  private static int size(long count) {
    if (count > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "the network has %d parameters, an array holds at most %d"
              .formatted(count, Integer.MAX_VALUE));
    }
    return (int) count;
  }

  /// The network that they belong to.
  public NetworkSpec spec() {
    return spec;
  }

  /// All numbers: layer by layer W row by row, then b.
  public float[] values() {
    return values;
  }

  /// W of a layer counted from 0: inputs × units.
  public Matrix weights(int layer) {
    return weights.get(layer);
  }

  /// b of a layer counted from 0: 1 × units.
  public Matrix biases(int layer) {
    return biases.get(layer);
  }

  /// Numbers of their own.
  public Parameters copy() {
    return new Parameters(spec, values.clone());
  }

  /// Takes over the numbers of a network of the same shape.
  ///
  /// @throws IllegalArgumentException if there are more or fewer
  public void copyFrom(Parameters other) {
    if (other.values.length != values.length) {
      throw new IllegalArgumentException(
          "the network has %d parameters, not %d".formatted(values.length, other.values.length));
    }
    System.arraycopy(other.values, 0, values, 0, values.length);
  }

  /// Whether there is no NaN and no infinity among them.
  public boolean areFinite() {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
