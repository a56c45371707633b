package dev.backprop.core.train;

import dev.backprop.core.linalg.Workers;

/// Steps without a memory.
final class SgdState implements GradientState {

  @Override
  public Workers.Block next(float[] theta, float[] gradient, double learningRate) {
    float eta = (float) learningRate;
    return (from, to) -> {
      for (int i = from; i < to; i++) {
        theta[i] -= eta * gradient[i];
      }
    };
  }
}
