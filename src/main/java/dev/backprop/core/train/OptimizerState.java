package dev.backprop.core.train;

/// What an optimizer remembers between steps.
public interface OptimizerState {

  /// A step that makes the objective smaller, or tries to.
  ///
  /// @param objective evaluated at θ, which changes in place
  /// @param learningRate η of this step
  void step(Objective objective, double learningRate);
}
