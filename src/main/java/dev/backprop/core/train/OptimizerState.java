package dev.backprop.core.train;

/// What an optimizer remembers between steps.
public interface OptimizerState {

  /// `θ ← θ − step(g)`.
  ///
  /// @param theta the parameters, changed in place
  /// @param gradient ∂L/∂θ, of the same length
  /// @param learningRate η of this step
  void step(float[] theta, float[] gradient, double learningRate);
}
