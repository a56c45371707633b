package dev.backprop.core.train;

/// How gradients become steps: the setting. [#newState] makes what changes along the way.
///
/// Each record names its paper, and its defaults are the paper's; where the paper has none they are
/// PyTorch's. In the formulas θ are the parameters, weights and biases alike, g is the gradient, η
/// the learning rate and t the number of the step, from 1.
public sealed interface Optimizer
    permits Sgd, AdaGrad, RmsProp, AdaDelta, Adam, AdamW, Nadam, AmsGrad, Lion, Rprop, Lbfgs {

  /// η, the size of a step, which a schedule may change.
  double learningRate();

  /// The state before the first step, for a number of parameters.
  OptimizerState newState(int parameters);

  /// How many numbers the state keeps for each parameter.
  int numbersPerParameter();

  /// How often a step evaluates loss and gradient, at most.
  default int evaluationsPerStep() {
    return 1;
  }

  /// Whether it works only on the gradient of all rows.
  default boolean needsFullBatch() {
    return false;
  }
}
