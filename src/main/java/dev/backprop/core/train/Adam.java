package dev.backprop.core.train;

/// Steps by running means of the gradient and of its square: `m ← β₁·m + (1 − β₁)·g`, `v ← β₂·v +
/// (1 − β₂)·g²`, `θ ← θ − η·m̂ / (√v̂ + ε)` with `m̂ = m / (1 − β₁ᵗ)`, `v̂ = v / (1 − β₂ᵗ)`.
///
/// Kingma, Ba: Adam: A Method for Stochastic Optimization, ICLR 2015, arXiv:1412.6980.
///
/// @param learningRate η
/// @param beta1 β₁, decay of the mean of g, from 0 to below 1
/// @param beta2 β₂, decay of the mean of g², from 0 to below 1
/// @param epsilon ε, which keeps the division finite
public record Adam(double learningRate, double beta1, double beta2, double epsilon)
    implements Optimizer {

  /// The paper's η.
  public static final double DEFAULT_LEARNING_RATE = 0.001;

  /// The paper's β₁.
  public static final double DEFAULT_BETA1 = 0.9;

  /// The paper's β₂.
  public static final double DEFAULT_BETA2 = 0.999;

  /// The paper's ε.
  public static final double DEFAULT_EPSILON = 1e-8;

  /// Checks the settings.
  ///
  /// @throws IllegalArgumentException if one is out of range
  public Adam {
    Range.requirePositive("learningRate", learningRate);
    Range.requireFraction("beta1", beta1);
    Range.requireFraction("beta2", beta2);
    Range.requirePositive("epsilon", epsilon);
  }

  /// With the paper's decays.
  public Adam(double learningRate) {
    this(learningRate, DEFAULT_BETA1, DEFAULT_BETA2, DEFAULT_EPSILON);
  }

  @Override
  public OptimizerState newState(int parameters) {
    return new AdamState(this, parameters);
  }

  @Override
  public int numbersPerParameter() {
    return 2;
  }
}
