package dev.backprop.core.train;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.Workers;
import dev.backprop.core.nn.Parameters;
import org.jspecify.annotations.Nullable;

/// What keeps a network from learning its rows by heart, besides the dropout of its layers.
///
/// A penalty for large weights, which the training minimizes together with the loss of the data:
/// `λ₁·Σ|w| + ½·λ₂·Σw²` over all weights, biases, γ and β left free. Losses are reported without
/// it. Its gradient is `λ₁·sign(w) + λ₂·w`, so that λ₂ is what PyTorch calls the weight decay of
/// SGD.
///
/// Inputs disturbed in training alone: normal noise of standard deviation σ is added to each, and
/// by dropout an input is then 0 with probability p, else divided by 1 − p.
///
/// A largest norm: after each step `w ← w·c / ‖w‖` where `‖w‖ > c`, with w the incoming weights of
/// a unit, the outputs included, and the Euclidean norm.
///
/// Tibshirani: Regression Shrinkage and Selection via the Lasso, JRSS B 58, 1996. Krogh, Hertz: A
/// Simple Weight Decay Can Improve Generalization, NIPS 1991. Bishop: Training with Noise Is
/// Equivalent to Tikhonov Regularization, Neural Computation 7, 1995. Srivastava et al.: Dropout,
/// JMLR 15, 2014, for the largest norm.
///
/// @param l1 λ₁, from 0 on
/// @param l2 λ₂, from 0 on
/// @param inputDropout p of the inputs, from 0 to below 1
/// @param inputNoise σ of what is added to the inputs, from 0 on
/// @param maxNorm c, above 0, or null
public record Regularization(
    double l1, double l2, double inputDropout, double inputNoise, @Nullable Double maxNorm) {

  /// None of all.
  public static final Regularization NONE = new Regularization(0, 0);

  /// Checks the settings.
  ///
  /// @throws IllegalArgumentException if one is out of range
  public Regularization {
    Range.requireNotNegative("l1", l1);
    Range.requireNotNegative("l2", l2);
    Range.requireFraction("inputDropout", inputDropout);
    Range.requireNotNegative("inputNoise", inputNoise);
    if (maxNorm != null) {
      Range.requirePositive("maxNorm", maxNorm);
    }
  }

  /// The penalty alone.
  ///
  /// @throws IllegalArgumentException if one is out of range
  public Regularization(double l1, double l2) {
    this(l1, l2, 0, 0, null);
  }

  /// Whether a training pass takes other inputs than prediction.
  public boolean disturbsInputs() {
    return inputDropout > 0 || inputNoise > 0;
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
  /// @param workers share the work
  void addGradient(Parameters theta, Parameters gradient, Workers workers) {
    if (l1 == 0 && l2 == 0) {
      return;
    }
    float lambda1 = (float) l1;
    float lambda2 = (float) l2;
    float[] w = theta.values();
    float[] g = gradient.values();
    for (int layer = 0; layer < theta.spec().layers().size(); layer++) {
      Matrix weights = theta.weights(layer);
      int offset = weights.offset();
      workers.forBlocks(
          weights.size(),
          (from, to) -> {
            for (int i = offset + from; i < offset + to; i++) {
              g[i] += lambda1 * Math.signum(w[i]) + lambda2 * w[i];
            }
          });
    }
  }

  /// Whether steps see different objectives, or end at other parameters than they led to: with
  /// noise, dropout of inputs or a largest norm.
  boolean changesTheObjective() {
    return inputDropout > 0 || inputNoise > 0 || maxNorm != null;
  }

  /// `w ← w·c / ‖w‖` for the incoming weights of each unit whose norm is above c.
  ///
  /// @param theta the parameters after a step, changed in place
  void constrainInPlace(Parameters theta) {
    if (maxNorm == null) {
      return;
    }
    for (int layer = 0; layer < theta.spec().layers().size(); layer++) {
      scaleColumnsInPlace(theta.weights(layer), maxNorm);
    }
  }

  /// Row by row, as the numbers lie in memory.
  private static void scaleColumnsInPlace(Matrix w, double largest) {
    double[] squares = new double[w.columns()];
    for (int input = 0; input < w.rows(); input++) {
      for (int unit = 0; unit < w.columns(); unit++) {
        double weight = w.get(input, unit);
        squares[unit] += weight * weight;
      }
    }
    float[] factors = new float[w.columns()];
    for (int unit = 0; unit < w.columns(); unit++) {
      factors[unit] = (float) Math.min(1, largest / Math.sqrt(squares[unit]));
    }
    for (int input = 0; input < w.rows(); input++) {
      for (int unit = 0; unit < w.columns(); unit++) {
        w.set(input, unit, factors[unit] * w.get(input, unit));
      }
    }
  }
}
