package dev.backprop.core.train;

import dev.backprop.core.linalg.VectorMath;

/// The running mean m of gradients.
final class LionState extends GradientState {

  private final double weightDecay;
  private final float b1;
  private final float b2;
  private final float a1;
  private final float a2;
  private final float[] m;
  private float eta;
  private float kept;

  LionState(Lion settings, int parameters) {
    weightDecay = settings.weightDecay();
    b1 = (float) settings.beta1();
    b2 = (float) settings.beta2();
    a1 = (float) (1 - settings.beta1());
    a2 = (float) (1 - settings.beta2());
    m = new float[parameters];
  }

  @Override
  void begin(double learningRate) {
    eta = (float) learningRate;
    kept = (float) (1 - learningRate * weightDecay);
  }

  @Override
  void update(float[] theta, float[] gradient, int from, int to) {
    for (int i = from; i < to; i++) {
      float g = gradient[i];
      theta[i] = kept * theta[i] - eta * Math.signum(b1 * m[i] + a1 * g);
      m[i] = VectorMath.withoutSubnormals(b2 * m[i] + a2 * g);
    }
  }
}
