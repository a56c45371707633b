package dev.backprop.core.train;

import dev.backprop.core.linalg.VectorMath;

/// The moments m and v of Adam, and the number t of steps so far.
final class AdamState extends GradientState {

  private final double beta1;
  private final double beta2;
  private final float b1;
  private final float b2;
  private final float a1;
  private final float a2;
  private final float epsilon;
  private final float[] m;
  private final float[] v;
  private long t;
  private float eta;
  private float scale;

  AdamState(Adam settings, int parameters) {
    beta1 = settings.beta1();
    beta2 = settings.beta2();
    b1 = (float) beta1;
    b2 = (float) beta2;
    a1 = (float) (1 - beta1);
    a2 = (float) (1 - beta2);
    epsilon = (float) settings.epsilon();
    m = new float[parameters];
    v = new float[parameters];
  }

  @Override
  void begin(double learningRate) {
    t++;
    eta = (float) (learningRate / (1 - Math.pow(beta1, (double) t)));
    scale = (float) (1 / Math.sqrt(1 - Math.pow(beta2, (double) t)));
  }

  /// `m ← β₁·m + (1 − β₁)·g`, `v ← β₂·v + (1 − β₂)·g²`, `θ ← θ − η·m̂ / (√v̂ + ε)` with `m̂ = m /
  /// (1 − β₁ᵗ)`, `v̂ = v / (1 − β₂ᵗ)`.
  @Override
  void update(float[] theta, float[] gradient, int from, int to) {
    for (int i = from; i < to; i++) {
      float g = gradient[i];
      m[i] = VectorMath.withoutSubnormals(b1 * m[i] + a1 * g);
      v[i] = VectorMath.withoutSubnormals(b2 * v[i] + a2 * g * g);
      theta[i] -= eta * m[i] / ((float) Math.sqrt(v[i]) * scale + epsilon);
    }
  }
}
