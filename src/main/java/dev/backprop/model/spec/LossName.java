package dev.backprop.model.spec;

import dev.backprop.core.nn.Loss;

/// A loss by its name.
public enum LossName {
  /// [Loss.MeanSquaredError].
  MEAN_SQUARED_ERROR(new Loss.MeanSquaredError()),
  /// [Loss.BinaryCrossEntropy].
  BINARY_CROSS_ENTROPY(new Loss.BinaryCrossEntropy()),
  /// [Loss.CategoricalCrossEntropy].
  CATEGORICAL_CROSS_ENTROPY(new Loss.CategoricalCrossEntropy());

  private final Loss loss;

  LossName(Loss loss) {
    this.loss = loss;
  }

  /// What it names.
  public Loss loss() {
    return loss;
  }
}
