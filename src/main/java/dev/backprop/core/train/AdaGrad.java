package dev.backprop.core.train;

/// Smaller steps where gradients have been large: `s ← s + g²`, `θ ← θ − η·g / (√s + ε)`.
///
/// Duchi, Hazan, Singer: Adaptive Subgradient Methods for Online Learning and Stochastic
/// Optimization, JMLR 12, 2011.
///
/// @param learningRate η
/// @param epsilon ε, which keeps the division finite
public record AdaGrad(double learningRate, double epsilon) implements Optimizer {

  /// PyTorch's η; the paper leaves it open.
  public static final double DEFAULT_LEARNING_RATE = 0.01;

  /// PyTorch's ε.
  public static final double DEFAULT_EPSILON = 1e-10;

  /// Checks the settings.
  ///
  /// @throws IllegalArgumentException if one is out of range
  public AdaGrad {
    Range.requirePositive("learningRate", learningRate);
    Range.requirePositive("epsilon", epsilon);
  }

  /// With the default ε.
  public AdaGrad(double learningRate) {
    this(learningRate, DEFAULT_EPSILON);
  }

  @Override
  public OptimizerState newState(int parameters) {
    return new AdaGradState(this, parameters);
  }

  @Override
  public int numbersPerParameter() {
    return 1;
  }
}
