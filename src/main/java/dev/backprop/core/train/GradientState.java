package dev.backprop.core.train;

import dev.backprop.core.linalg.Workers;

/// The state of an optimizer that needs but the gradient: no step looks where it leads.
public interface GradientState extends OptimizerState {

  /// Begins the step `θ ← θ − step(g)`.
  ///
  /// @param theta the parameters, changed in place
  /// @param gradient ∂L/∂θ, of the same length
  /// @param learningRate η of this step
  /// @return takes the step for the parameters of a range; each must be in one range, before the
  ///   next step begins
  Workers.Block next(float[] theta, float[] gradient, double learningRate);

  /// Takes a step for all parameters.
  default void step(float[] theta, float[] gradient, double learningRate) {
    next(theta, gradient, learningRate).accept(0, theta.length);
  }

  @Override
  default boolean step(Objective objective, double learningRate) {
    float[] theta = objective.theta();
    objective.workers().forBlocks(theta.length, next(theta, objective.gradient(), learningRate));
    return false;
  }
}
