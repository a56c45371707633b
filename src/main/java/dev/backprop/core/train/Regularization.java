package dev.backprop.core.train;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.nn.Parameters;

/// A penalty for large weights, which the training minimizes together with the loss of the data:
/// `λ₁·Σ|w| + ½·λ₂·Σw²` over all weights, biases left free. Losses are reported without it.
///
/// Its gradient is `λ₁·sign(w) + λ₂·w`, so that λ₂ is what PyTorch calls the weight decay of SGD.
///
/// Tibshirani: Regression Shrinkage and Selection via the Lasso, JRSS B 58, 1996. Krogh, Hertz: A
/// Simple Weight Decay Can Improve Generalization, NIPS 1991.
///
/// @param l1 λ₁, from 0 on
/// @param l2 λ₂, from 0 on
public record Regularization(double l1, double l2) {

  /// No penalty.
  public static final Regularization NONE = new Regularization(0, 0);

  /// Checks the settings.
  ///
  /// @throws IllegalArgumentException if one is out of range
  public Regularization {
    Range.requireNotNegative("l1", l1);
    Range.requireNotNegative("l2", l2);
  }

  /// `λ₁·Σ|w| + ½·λ₂·Σw²` over the weights of every layer.
  double penalty(Parameters theta) {
    if (l1 == 0 && l2 == 0) {
      return 0;
    }
    double absolute = 0;
    double squares = 0;
    float[] w = theta.values();
    for (int layer = 0; layer < theta.spec().layers().size(); layer++) {
      Matrix weights = theta.weights(layer);
      for (int i = weights.offset(); i < weights.offset() + weights.size(); i++) {
        absolute += Math.abs(w[i]);
        squares += (double) w[i] * w[i];
      }
    }
    return l1 * absolute + l2 / 2 * squares;
  }

  /// `g ← g + λ₁·sign(w) + λ₂·w` for the weights of every layer.
  ///
  /// @param theta the parameters
  /// @param gradient the gradient of the loss, changed in place
  void addGradient(Parameters theta, Parameters gradient) {
    if (l1 == 0 && l2 == 0) {
      return;
    }
    float lambda1 = (float) l1;
    float lambda2 = (float) l2;
    float[] w = theta.values();
    float[] g = gradient.values();
    for (int layer = 0; layer < theta.spec().layers().size(); layer++) {
      Matrix weights = theta.weights(layer);
      for (int i = weights.offset(); i < weights.offset() + weights.size(); i++) {
        g[i] += lambda1 * Math.signum(w[i]) + lambda2 * w[i];
      }
    }
  }
}
