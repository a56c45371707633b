package dev.backprop.model;

import dev.backprop.problem.ProblemException;

/// Measures what a [Gate] demands.
public interface Appraiser {

  /// How much of the gate's metric a model has on the gate's data set.
  ///
  /// @throws ProblemException [ProblemType#CONFLICT] if the data set is gone,
  ///   [ProblemType#INVALID_SPECIFICATION] if the model cannot be measured with it or has no such
  ///   metric, [ProblemType#LIMIT_EXCEEDED]
  double measure(Model model, Gate gate);
}
