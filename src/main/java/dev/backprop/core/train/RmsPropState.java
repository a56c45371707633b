package dev.backprop.core.train;

import dev.backprop.core.linalg.VectorMath;

/// The running mean v of squared gradients.
final class RmsPropState extends GradientState {

  private final float rho;
  private final float rest;
  private final float epsilon;
  private final float[] v;
  private float eta;

  RmsPropState(RmsProp settings, int parameters) {
    rho = (float) settings.decay();
    rest = (float) (1 - settings.decay());
    epsilon = (float) settings.epsilon();
    v = new float[parameters];
  }

  @Override
  void begin(double learningRate) {
    eta = (float) learningRate;
  }

  @Override
  void update(float[] theta, float[] gradient, int from, int to) {
    for (int i = from; i < to; i++) {
      float g = gradient[i];
      v[i] = VectorMath.withoutSubnormals(rho * v[i] + rest * g * g);
      theta[i] -= eta * g / ((float) Math.sqrt(v[i]) + epsilon);
    }
  }
}
