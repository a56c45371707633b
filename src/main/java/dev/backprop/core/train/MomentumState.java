package dev.backprop.core.train;

import dev.backprop.core.linalg.VectorMath;

/// The velocity v of gradient descent with momentum.
final class MomentumState extends GradientState {

  private final float mu;
  private final boolean nesterov;
  private final float[] v;
  private float eta;

  MomentumState(Sgd settings, int parameters) {
    mu = (float) settings.momentum();
    nesterov = settings.nesterov();
    v = new float[parameters];
  }

  @Override
  void begin(double learningRate) {
    eta = (float) learningRate;
  }

  @Override
  void update(float[] theta, float[] gradient, int from, int to) {
    if (nesterov) {
      for (int i = from; i < to; i++) {
        v[i] = VectorMath.withoutSubnormals(mu * v[i] + gradient[i]);
        theta[i] -= eta * (gradient[i] + mu * v[i]);
      }
    } else {
      for (int i = from; i < to; i++) {
        v[i] = VectorMath.withoutSubnormals(mu * v[i] + gradient[i]);
        theta[i] -= eta * v[i];
      }
    }
  }
}
