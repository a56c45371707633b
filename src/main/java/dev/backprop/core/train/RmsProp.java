package dev.backprop.core.train;

/// Steps by a running mean of the squared gradient: `v ← ρ·v + (1 − ρ)·g²`, `θ ← θ − η·g / (√v +
/// ε)`.
///
/// Tieleman, Hinton: Lecture 6.5, rmsprop, COURSERA: Neural Networks for Machine Learning, 2012.
///
/// @param learningRate η
/// @param decay ρ, from 0 to below 1
/// @param epsilon ε, which keeps the division finite
public record RmsProp(double learningRate, double decay, double epsilon) implements Optimizer {

  /// PyTorch's η; the lecture leaves it open.
  public static final double DEFAULT_LEARNING_RATE = 0.01;

  /// The lecture's ρ.
  public static final double DEFAULT_DECAY = 0.9;

  /// PyTorch's ε.
  public static final double DEFAULT_EPSILON = 1e-8;

  /// Checks the settings.
  ///
  /// @throws IllegalArgumentException if one is out of range
  public RmsProp {
    Range.requirePositive("learningRate", learningRate);
    Range.requireFraction("decay", decay);
    Range.requirePositive("epsilon", epsilon);
  }

  /// With the default decay.
  public RmsProp(double learningRate) {
    this(learningRate, DEFAULT_DECAY, DEFAULT_EPSILON);
  }

  @Override
  public OptimizerState newState(int parameters) {
    return new RmsPropState(this, parameters);
  }

  @Override
  public int numbersPerParameter() {
    return 1;
  }
}
