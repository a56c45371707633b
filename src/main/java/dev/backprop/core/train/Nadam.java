package dev.backprop.core.train;

/// Adam that looks ahead as Nesterov's momentum does: with m, v and v̂ as in [Adam], `μₜ = β₁·(1 −
/// ½·0.96^(t·ψ))` and `Πₜ = μ₁·…·μₜ`, `θ ← θ − η·(μₜ₊₁·m / (1 − Πₜ₊₁) + (1 − μₜ)·g / (1 − Πₜ)) /
/// (√v̂ + ε)`.
///
/// Dozat: Incorporating Nesterov Momentum into Adam, ICLR Workshop 2016.
///
/// @param learningRate η
/// @param beta1 β₁, decay of the mean of g, from 0 to below 1
/// @param beta2 β₂, decay of the mean of g², from 0 to below 1
/// @param epsilon ε, which keeps the division finite
/// @param momentumDecay ψ, how fast μ grows to β₁; 0 keeps it at half of that
public record Nadam(
    double learningRate, double beta1, double beta2, double epsilon, double momentumDecay)
    implements Optimizer {

  /// The paper's η.
  public static final double DEFAULT_LEARNING_RATE = 0.002;

  /// The paper's β₁.
  public static final double DEFAULT_BETA1 = 0.9;

  /// The paper's β₂.
  public static final double DEFAULT_BETA2 = 0.999;

  /// The paper's ε.
  public static final double DEFAULT_EPSILON = 1e-8;

  /// PyTorch's ψ.
  public static final double DEFAULT_MOMENTUM_DECAY = 0.004;

  /// Checks the settings.
  ///
  /// @throws IllegalArgumentException if one is out of range
  public Nadam {
    Range.requirePositive("learningRate", learningRate);
    Range.requireFraction("beta1", beta1);
    Range.requireFraction("beta2", beta2);
    Range.requirePositive("epsilon", epsilon);
    Range.requireNotNegative("momentumDecay", momentumDecay);
  }

  /// With the default decays.
  public Nadam(double learningRate) {
    this(learningRate, DEFAULT_BETA1, DEFAULT_BETA2, DEFAULT_EPSILON, DEFAULT_MOMENTUM_DECAY);
  }

  @Override
  public OptimizerState newState(int parameters) {
    return new NadamState(this, parameters);
  }

  @Override
  public int numbersPerParameter() {
    return 2;
  }
}
