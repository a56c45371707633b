package dev.backprop.core.train;

import dev.backprop.core.linalg.Workers;

/// The moments m and v, the number t of steps so far, and the product Π of their μ.
final class NadamState implements GradientState {

  private static final double GROWTH = 0.96;

  private final Nadam settings;
  private final float[] m;
  private final float[] v;
  private long t;
  private double product = 1;

  NadamState(Nadam settings, int parameters) {
    this.settings = settings;
    m = new float[parameters];
    v = new float[parameters];
  }

  @Override
  public Workers.Block next(float[] theta, float[] gradient, double learningRate) {
    t++;
    product *= mu(t);
    float b1 = (float) settings.beta1();
    float b2 = (float) settings.beta2();
    float a1 = (float) (1 - settings.beta1());
    float a2 = (float) (1 - settings.beta2());
    float epsilon = (float) settings.epsilon();
    float etaM = (float) (learningRate * mu(t + 1) / (1 - product * mu(t + 1)));
    float etaG = (float) (learningRate * (1 - mu(t)) / (1 - product));
    float scale = (float) (1 / Math.sqrt(1 - Math.pow(settings.beta2(), (double) t)));
    return (from, to) -> {
      for (int i = from; i < to; i++) {
        float g = gradient[i];
        m[i] = b1 * m[i] + a1 * g;
        v[i] = b2 * v[i] + a2 * g * g;
        theta[i] -= (etaM * m[i] + etaG * g) / ((float) Math.sqrt(v[i]) * scale + epsilon);
      }
    };
  }

  private double mu(long step) {
    return settings.beta1()
        * (1 - 0.5 * Math.pow(GROWTH, (double) step * settings.momentumDecay()));
  }
}
