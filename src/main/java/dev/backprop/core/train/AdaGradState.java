package dev.backprop.core.train;

import dev.backprop.core.linalg.Workers;

/// The sum s of all squared gradients.
final class AdaGradState implements GradientState {

  private final float epsilon;
  private final float[] s;

  AdaGradState(AdaGrad settings, int parameters) {
    epsilon = (float) settings.epsilon();
    s = new float[parameters];
  }

  @Override
  public Workers.Block next(float[] theta, float[] gradient, double learningRate) {
    float eta = (float) learningRate;
    return (from, to) -> {
      for (int i = from; i < to; i++) {
        float g = gradient[i];
        s[i] += g * g;
        theta[i] -= eta * g / ((float) Math.sqrt(s[i]) + epsilon);
      }
    };
  }
}
