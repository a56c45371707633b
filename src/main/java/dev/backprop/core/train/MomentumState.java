package dev.backprop.core.train;

import dev.backprop.core.linalg.Workers;

/// The velocity v of gradient descent with momentum.
final class MomentumState implements GradientState {

  private final float mu;
  private final boolean nesterov;
  private final float[] v;

  MomentumState(Sgd settings, int parameters) {
    mu = (float) settings.momentum();
    nesterov = settings.nesterov();
    v = new float[parameters];
  }

  @Override
  public Workers.Block next(float[] theta, float[] gradient, double learningRate) {
    float eta = (float) learningRate;
    return nesterov
        ? (from, to) -> {
          for (int i = from; i < to; i++) {
            v[i] = mu * v[i] + gradient[i];
            theta[i] -= eta * (gradient[i] + mu * v[i]);
          }
        }
        : (from, to) -> {
          for (int i = from; i < to; i++) {
            v[i] = mu * v[i] + gradient[i];
            theta[i] -= eta * v[i];
          }
        };
  }
}
