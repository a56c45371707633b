package dev.backprop.core.train;

import dev.backprop.core.linalg.Workers;

/// The moments m and v of Adam, the greatest v so far, and the number t of steps.
final class AmsGradState implements GradientState {

  private final AmsGrad settings;
  private final float[] m;
  private final float[] v;
  private final float[] greatest;
  private long t;

  AmsGradState(AmsGrad settings, int parameters) {
    this.settings = settings;
    m = new float[parameters];
    v = new float[parameters];
    greatest = new float[parameters];
  }

  @Override
  public Workers.Block next(float[] theta, float[] gradient, double learningRate) {
    t++;
    float b1 = (float) settings.beta1();
    float b2 = (float) settings.beta2();
    float a1 = (float) (1 - settings.beta1());
    float a2 = (float) (1 - settings.beta2());
    float epsilon = (float) settings.epsilon();
    float eta = (float) (learningRate / (1 - Math.pow(settings.beta1(), (double) t)));
    float scale = (float) (1 / Math.sqrt(1 - Math.pow(settings.beta2(), (double) t)));
    return (from, to) -> {
      for (int i = from; i < to; i++) {
        float g = gradient[i];
        m[i] = b1 * m[i] + a1 * g;
        v[i] = b2 * v[i] + a2 * g * g;
        greatest[i] = Math.max(greatest[i], v[i]);
        theta[i] -= eta * m[i] / ((float) Math.sqrt(greatest[i]) * scale + epsilon);
      }
    };
  }
}
