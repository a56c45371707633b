package dev.backprop.core.train;

import dev.backprop.core.linalg.Workers;

/// The running means v of squared gradients and u of squared steps.
final class AdaDeltaState implements GradientState {

  private final float rho;
  private final float rest;
  private final float epsilon;
  private final float[] v;
  private final float[] u;

  AdaDeltaState(AdaDelta settings, int parameters) {
    rho = (float) settings.decay();
    rest = (float) (1 - settings.decay());
    epsilon = (float) settings.epsilon();
    v = new float[parameters];
    u = new float[parameters];
  }

  @Override
  public Workers.Block next(float[] theta, float[] gradient, double learningRate) {
    float eta = (float) learningRate;
    return (from, to) -> {
      for (int i = from; i < to; i++) {
        float g = gradient[i];
        v[i] = rho * v[i] + rest * g * g;
        float delta = g * (float) Math.sqrt((u[i] + epsilon) / (v[i] + epsilon));
        u[i] = rho * u[i] + rest * delta * delta;
        theta[i] -= eta * delta;
      }
    };
  }
}
