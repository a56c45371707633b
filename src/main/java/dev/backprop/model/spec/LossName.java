package dev.backprop.model.spec;

import dev.backprop.core.nn.Loss;

/// A loss by its name.
public enum LossName {
  /// [Loss.MeanSquaredError].
  MEAN_SQUARED_ERROR,
  /// [Loss.BinaryCrossEntropy].
  BINARY_CROSS_ENTROPY,
  /// [Loss.CategoricalCrossEntropy].
  CATEGORICAL_CROSS_ENTROPY;

  /// What it names.
  public Loss loss() {
    return switch (this) {
      case MEAN_SQUARED_ERROR -> new Loss.MeanSquaredError();
      case BINARY_CROSS_ENTROPY -> new Loss.BinaryCrossEntropy();
      case CATEGORICAL_CROSS_ENTROPY -> new Loss.CategoricalCrossEntropy();
    };
  }
}
