package dev.backprop.core.train;

import dev.backprop.core.linalg.Workers;

/// What a step makes smaller: loss and penalty of a batch together, as a function of θ. It comes
/// evaluated at the present θ.
public interface Objective {

  /// θ, which a step changes in place.
  float[] theta();

  /// What was evaluated last; to be asked before θ changes.
  double value();

  /// Its gradient, overwritten by the next evaluation.
  float[] gradient();

  /// Evaluates value and gradient at θ as it is now.
  ///
  /// @return the value, which may be infinite or NaN
  double evaluate();

  /// Whether somebody waits for the training to end: the step makes do with what it has.
  boolean isStopRequested();

  /// Who may share the work on θ.
  default Workers workers() {
    return Workers.INLINE;
  }
}
