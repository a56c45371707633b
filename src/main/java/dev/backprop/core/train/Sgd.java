package dev.backprop.core.train;

/// Gradient descent: `v ← μ·v + g`, `θ ← θ − η·v`; with Nesterov `θ ← θ − η·(g + μ·v)`.
///
/// Sutskever, Martens, Dahl, Hinton: On the Importance of Initialization and Momentum in Deep
/// Learning, ICML 2013.
///
/// @param learningRate η
/// @param momentum μ, from 0 to below 1
/// @param nesterov whether to look ahead; needs momentum
public record Sgd(double learningRate, double momentum, boolean nesterov) implements Optimizer {

  /// η where none is given.
  public static final double DEFAULT_LEARNING_RATE = 0.01;

  /// Checks the settings.
  ///
  /// @throws IllegalArgumentException if one is out of range
  public Sgd {
    Range.requirePositive("learningRate", learningRate);
    Range.requireFraction("momentum", momentum);
    if (nesterov && momentum == 0) {
      throw new IllegalArgumentException("nesterov needs a momentum above 0");
    }
  }

  /// Without momentum.
  public Sgd(double learningRate) {
    this(learningRate, 0, false);
  }

  @Override
  public OptimizerState newState(int parameters) {
    return momentum == 0 ? new SgdState() : new MomentumState(this, parameters);
  }

  @Override
  public int numbersPerParameter() {
    return momentum == 0 ? 0 : 1;
  }
}
