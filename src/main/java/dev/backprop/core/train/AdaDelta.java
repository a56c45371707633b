package dev.backprop.core.train;

/// Steps in the units of θ: `v ← ρ·v + (1 − ρ)·g²`, `δ = g·√(u + ε) / √(v + ε)`, `u ← ρ·u + (1 −
/// ρ)·δ²`, `θ ← θ − η·δ`.
///
/// Zeiler: ADADELTA: An Adaptive Learning Rate Method, 2012, arXiv:1212.5701.
///
/// @param learningRate η
/// @param decay ρ, from 0 to below 1
/// @param epsilon ε, which keeps the division finite
public record AdaDelta(double learningRate, double decay, double epsilon) implements Optimizer {

  /// The paper has no η.
  public static final double DEFAULT_LEARNING_RATE = 1;

  /// The paper's ρ.
  public static final double DEFAULT_DECAY = 0.95;

  /// The paper's ε.
  public static final double DEFAULT_EPSILON = 1e-6;

  /// Checks the settings.
  ///
  /// @throws IllegalArgumentException if one is out of range
  public AdaDelta {
    Range.requirePositive("learningRate", learningRate);
    Range.requireFraction("decay", decay);
    Range.requirePositive("epsilon", epsilon);
  }

  /// With the paper's decay.
  public AdaDelta(double learningRate) {
    this(learningRate, DEFAULT_DECAY, DEFAULT_EPSILON);
  }

  @Override
  public OptimizerState newState(int parameters) {
    return new AdaDeltaState(this, parameters);
  }

  @Override
  public int numbersPerParameter() {
    return 2;
  }
}
