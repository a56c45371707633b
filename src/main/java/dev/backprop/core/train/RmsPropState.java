package dev.backprop.core.train;

import dev.backprop.core.linalg.Workers;

/// The running mean v of squared gradients.
final class RmsPropState implements GradientState {

  private final float rho;
  private final float rest;
  private final float epsilon;
  private final float[] v;

  RmsPropState(RmsProp settings, int parameters) {
    rho = (float) settings.decay();
    rest = (float) (1 - settings.decay());
    epsilon = (float) settings.epsilon();
    v = new float[parameters];
  }

  @Override
  public Workers.Block next(float[] theta, float[] gradient, double learningRate) {
    float eta = (float) learningRate;
    return (from, to) -> {
      for (int i = from; i < to; i++) {
        float g = gradient[i];
        v[i] = rho * v[i] + rest * g * g;
        theta[i] -= eta * g / ((float) Math.sqrt(v[i]) + epsilon);
      }
    };
  }
}
