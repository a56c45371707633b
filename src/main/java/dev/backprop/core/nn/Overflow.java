package dev.backprop.core.nn;

import dev.backprop.core.linalg.Matrix;

/// Where the numbers of a network stopped being finite.
///
/// @param layer where it began, counted from 0; the last is the output
/// @param kind what became too large there
public record Overflow(int layer, Kind kind) {

  /// What became too large.
  public enum Kind {
    /// What units sum up, although the weights are finite.
    SUMS,
    /// What went back through the network before the last step.
    GRADIENT,
    /// What the last step made of finite gradients.
    WEIGHTS
  }

  /// Finds it after a pass whose loss is not finite, or after a step that left parameters that are
  /// not. Sums overflow on the way forward, so that the first layer is where it began; gradients on
  /// the way back, where it is the last. Where neither did, the loss itself is beyond its range:
  /// that of the output.
  public static Overflow in(Backprop backprop) {
    Parameters theta = backprop.network().parameters();
    int layers = theta.spec().layers().size();
    int changed = firstNotFinite(theta);
    if (changed == layers) {
      int layer = 0;
      while (layer < layers - 1 && isFinite(backprop.activations().layer(layer))) {
        layer++;
      }
      return new Overflow(layer, Kind.SUMS);
    }
    for (int layer = layers - 1; layer >= 0; layer--) {
      if (!isFinite(backprop.gradients().layer(layer))) {
        return new Overflow(layer, Kind.GRADIENT);
      }
    }
    return new Overflow(changed, Kind.WEIGHTS);
  }

  private static int firstNotFinite(Parameters parameters) {
    int layer = 0;
    while (layer < parameters.spec().layers().size() && isFinite(parameters.layer(layer))) {
      layer++;
    }
    return layer;
  }

  private static boolean isFinite(Matrix m) {
    for (int i = m.offset(); i < m.offset() + m.size(); i++) {
      if (!Float.isFinite(m.values()[i])) {
        return false;
      }
    }
    return true;
  }
}
