package dev.backprop.core.train;

/// The state of an optimizer that needs but the gradient: no step looks where it leads.
public interface GradientState extends OptimizerState {

  /// `θ ← θ − step(g)`.
  ///
  /// @param theta the parameters, changed in place
  /// @param gradient ∂L/∂θ, of the same length
  /// @param learningRate η of this step
  void step(float[] theta, float[] gradient, double learningRate);

  @Override
  default void step(Objective objective, double learningRate) {
    step(objective.theta(), objective.gradient(), learningRate);
  }
}
