package dev.backprop.core.train;

/// Adam with a v that never falls: as [Adam] with `v̂ = max(v₁, …, vₜ) / (1 − β₂ᵗ)`.
///
/// Reddi, Kale, Kumar: On the Convergence of Adam and Beyond, ICLR 2018, arXiv:1904.09237. The
/// correction of the means is Adam's, as in PyTorch.
///
/// @param learningRate η
/// @param beta1 β₁, decay of the mean of g, from 0 to below 1
/// @param beta2 β₂, decay of the mean of g², from 0 to below 1
/// @param epsilon ε, which keeps the division finite
public record AmsGrad(double learningRate, double beta1, double beta2, double epsilon)
    implements Optimizer {

  /// Adam's η; the paper searches for it.
  public static final double DEFAULT_LEARNING_RATE = 0.001;

  /// Adam's β₁.
  public static final double DEFAULT_BETA1 = 0.9;

  /// Adam's β₂.
  public static final double DEFAULT_BETA2 = 0.999;

  /// Adam's ε.
  public static final double DEFAULT_EPSILON = 1e-8;

  /// Checks the settings.
  ///
  /// @throws IllegalArgumentException if one is out of range
  public AmsGrad {
    Range.requirePositive("learningRate", learningRate);
    Range.requireFraction("beta1", beta1);
    Range.requireFraction("beta2", beta2);
    Range.requirePositive("epsilon", epsilon);
  }

  /// With the default decays.
  public AmsGrad(double learningRate) {
    this(learningRate, DEFAULT_BETA1, DEFAULT_BETA2, DEFAULT_EPSILON);
  }

  @Override
  public OptimizerState newState(int parameters) {
    return new AmsGradState(this, parameters);
  }

  @Override
  public int numbersPerParameter() {
    return 3;
  }
}
