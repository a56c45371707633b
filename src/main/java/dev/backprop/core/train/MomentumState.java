package dev.backprop.core.train;

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
  public void step(float[] theta, float[] gradient, double learningRate) {
    float eta = (float) learningRate;
    if (nesterov) {
      for (int i = 0; i < theta.length; i++) {
        v[i] = mu * v[i] + gradient[i];
        theta[i] -= eta * (gradient[i] + mu * v[i]);
      }
    } else {
      for (int i = 0; i < theta.length; i++) {
        v[i] = mu * v[i] + gradient[i];
        theta[i] -= eta * v[i];
      }
    }
  }
}
