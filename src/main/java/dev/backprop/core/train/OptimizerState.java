package dev.backprop.core.train;

/// What an optimizer remembers between steps.
public interface OptimizerState {

  /// A step that makes the objective smaller, or tries to.
  ///
  /// @param objective evaluated at θ, which changes in place
  /// @param learningRate η of this step
  /// @return whether the objective comes back evaluated at the new θ, which need not be done again
  boolean step(Objective objective, double learningRate);
}
