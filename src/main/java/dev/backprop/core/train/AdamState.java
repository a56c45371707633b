package dev.backprop.core.train;

import dev.backprop.core.linalg.VectorMath;

/// The moments of Adam.
final class AdamState extends MomentState {

  AdamState(Adam settings, int parameters) {
    super(settings.beta1(), settings.beta2(), settings.epsilon(), parameters);
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
