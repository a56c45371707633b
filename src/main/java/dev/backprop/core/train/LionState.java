package dev.backprop.core.train;

import dev.backprop.core.linalg.Workers;

/// The running mean m of gradients.
final class LionState implements GradientState {

  private final Lion settings;
  private final float[] m;

  LionState(Lion settings, int parameters) {
    this.settings = settings;
    m = new float[parameters];
  }

  @Override
  public Workers.Block next(float[] theta, float[] gradient, double learningRate) {
    float b1 = (float) settings.beta1();
    float b2 = (float) settings.beta2();
    float a1 = (float) (1 - settings.beta1());
    float a2 = (float) (1 - settings.beta2());
    float eta = (float) learningRate;
    float kept = (float) (1 - learningRate * settings.weightDecay());
    return (from, to) -> {
      for (int i = from; i < to; i++) {
        float g = gradient[i];
        theta[i] = kept * theta[i] - eta * Math.signum(b1 * m[i] + a1 * g);
        m[i] = b2 * m[i] + a2 * g;
      }
    };
  }
}
