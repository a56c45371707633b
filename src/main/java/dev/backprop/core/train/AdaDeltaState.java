package dev.backprop.core.train;

import dev.backprop.core.linalg.VectorMath;

/// The running means v of squared gradients and u of squared steps.
final class AdaDeltaState extends GradientState {

  private final float rho;
  private final float rest;
  private final float epsilon;
  private final float[] v;
  private final float[] u;
  private float eta;

  AdaDeltaState(AdaDelta settings, int parameters) {
    rho = (float) settings.decay();
    rest = (float) (1 - settings.decay());
    epsilon = (float) settings.epsilon();
    v = new float[parameters];
    u = new float[parameters];
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
      float delta = g * (float) Math.sqrt((u[i] + epsilon) / (v[i] + epsilon));
      u[i] = VectorMath.withoutSubnormals(rho * u[i] + rest * delta * delta);
      theta[i] -= eta * delta;
    }
  }
}
