package dev.backprop.core.train;

/// The sum s of all squared gradients.
final class AdaGradState extends GradientState {

  private final float epsilon;
  private final float[] s;
  private float eta;

  AdaGradState(AdaGrad settings, int parameters) {
    epsilon = (float) settings.epsilon();
    s = new float[parameters];
  }

  @Override
  void begin(double learningRate) {
    eta = (float) learningRate;
  }

  @Override
  void update(float[] theta, float[] gradient, int from, int to) {
    for (int i = from; i < to; i++) {
      float g = gradient[i];
      s[i] += g * g;
      theta[i] -= eta * g / ((float) Math.sqrt(s[i]) + epsilon);
    }
  }
}
