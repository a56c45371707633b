package dev.backprop.core.train;

import dev.backprop.core.linalg.Workers;

/// The state of an optimizer that needs but the gradient: no step looks where it leads.
abstract class GradientState implements OptimizerState {

  private float[] theta = {};
  private float[] gradient = {};

  /// Of the step that [#step] has begun: kept, so that no step has to make one.
  private final Workers.Block block = (from, to) -> update(theta, gradient, from, to);

  /// Begins the step `θ ← θ − step(g)`: what is the same for all parameters.
  ///
  /// @param learningRate η of this step
  abstract void begin(double learningRate);

  /// Takes the step for the parameters of a range. Each is in one range before the next step
  /// begins.
  ///
  /// @param theta the parameters, changed in place
  /// @param gradient ∂L/∂θ, of the same length
  abstract void update(float[] theta, float[] gradient, int from, int to);

  /// Takes a step for all parameters.
  final void step(float[] parameters, float[] slopes, double learningRate) {
    begin(learningRate);
    update(parameters, slopes, 0, parameters.length);
  }

  @Override
  public final boolean step(Objective objective, double learningRate) {
    theta = objective.theta();
    gradient = objective.gradient();
    begin(learningRate);
    objective.workers().forBlocks(theta.length, block);
    return false;
  }
}
