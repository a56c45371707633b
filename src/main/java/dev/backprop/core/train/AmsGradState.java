package dev.backprop.core.train;

import dev.backprop.core.linalg.VectorMath;

/// The moments of Adam, and the greatest v so far.
final class AmsGradState extends MomentState {

  private final float[] greatest;

  AmsGradState(AmsGrad settings, int parameters) {
    super(settings.beta1(), settings.beta2(), settings.epsilon(), parameters);
    greatest = new float[parameters];
  }

  @Override
  void update(float[] theta, float[] gradient, int from, int to) {
    for (int i = from; i < to; i++) {
      float g = gradient[i];
      m[i] = VectorMath.withoutSubnormals(b1 * m[i] + a1 * g);
      v[i] = VectorMath.withoutSubnormals(b2 * v[i] + a2 * g * g);
      greatest[i] = Math.max(greatest[i], v[i]);
      theta[i] -= eta * m[i] / ((float) Math.sqrt(greatest[i]) * scale + epsilon);
    }
  }
}
