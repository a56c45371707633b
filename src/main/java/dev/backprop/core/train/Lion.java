package dev.backprop.core.train;

/// Steps of equal size in every direction: `θ ← θ − η·(sign(β₁·m + (1 − β₁)·g) + λ·θ)`, then `m ←
/// β₂·m + (1 − β₂)·g`. Biases, γ and β decay too.
///
/// Chen et al.: Symbolic Discovery of Optimization Algorithms, NeurIPS 2023, arXiv:2302.06675.
///
/// @param learningRate η
/// @param beta1 β₁, weight of m in the step, from 0 to below 1
/// @param beta2 β₂, decay of m, from 0 to below 1
/// @param weightDecay λ, from 0 on
public record Lion(double learningRate, double beta1, double beta2, double weightDecay)
    implements Optimizer {

  /// The η of the paper's program.
  public static final double DEFAULT_LEARNING_RATE = 1e-4;

  /// The paper's β₁.
  public static final double DEFAULT_BETA1 = 0.9;

  /// The paper's β₂.
  public static final double DEFAULT_BETA2 = 0.99;

  /// The λ of the paper's program.
  public static final double DEFAULT_WEIGHT_DECAY = 0;

  /// Checks the settings.
  ///
  /// @throws IllegalArgumentException if one is out of range
  public Lion {
    Range.requirePositive("learningRate", learningRate);
    Range.requireFraction("beta1", beta1);
    Range.requireFraction("beta2", beta2);
    Range.requireNotNegative("weightDecay", weightDecay);
  }

  /// With the paper's decays.
  public Lion(double learningRate) {
    this(learningRate, DEFAULT_BETA1, DEFAULT_BETA2, DEFAULT_WEIGHT_DECAY);
  }

  @Override
  public OptimizerState newState(int parameters) {
    return new LionState(this, parameters);
  }

  @Override
  public int numbersPerParameter() {
    return 1;
  }
}
