package dev.backprop.core.train;

/// How the learning rate changes from epoch to epoch.
public sealed interface Schedule {

  /// η of an epoch.
  ///
  /// @param learningRate the optimizer's η
  /// @param epoch counted from 1
  double learningRate(double learningRate, int epoch);

  /// The optimizer's η throughout.
  record Constant() implements Schedule {
    @Override
    public double learningRate(double learningRate, int epoch) {
      return learningRate;
    }
  }
}
