package dev.backprop.core.train;

import dev.backprop.core.linalg.VectorMath;

/// The moments m and v, the number t of steps so far, and the product Π of their μ.
final class NadamState extends GradientState {

  private static final double GROWTH = 0.96;

  private final Nadam settings;
  private final float b1;
  private final float b2;
  private final float a1;
  private final float a2;
  private final float epsilon;
  private final float[] m;
  private final float[] v;
  private long t;
  private double product = 1;
  private float etaM;
  private float etaG;
  private float scale;

  NadamState(Nadam settings, int parameters) {
    this.settings = settings;
    b1 = (float) settings.beta1();
    b2 = (float) settings.beta2();
    a1 = (float) (1 - settings.beta1());
    a2 = (float) (1 - settings.beta2());
    epsilon = (float) settings.epsilon();
    m = new float[parameters];
    v = new float[parameters];
  }

  @Override
  void begin(double learningRate) {
    t++;
    product *= mu(t);
    etaM = (float) (learningRate * mu(t + 1) / (1 - product * mu(t + 1)));
    etaG = (float) (learningRate * (1 - mu(t)) / (1 - product));
    scale = (float) (1 / Math.sqrt(1 - Math.pow(settings.beta2(), (double) t)));
  }

  @Override
  void update(float[] theta, float[] gradient, int from, int to) {
    for (int i = from; i < to; i++) {
      float g = gradient[i];
      m[i] = VectorMath.withoutSubnormals(b1 * m[i] + a1 * g);
      v[i] = VectorMath.withoutSubnormals(b2 * v[i] + a2 * g * g);
      theta[i] -= (etaM * m[i] + etaG * g) / ((float) Math.sqrt(v[i]) * scale + epsilon);
    }
  }

  private double mu(long step) {
    return settings.beta1()
        * (1 - 0.5 * Math.pow(GROWTH, (double) step * settings.momentumDecay()));
  }
}
