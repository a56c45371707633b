package dev.backprop.core.train;

/// The sum s of all squared gradients.
final class AdaGradState implements GradientState {

  private final float epsilon;
  private final float[] s;

  AdaGradState(AdaGrad settings, int parameters) {
    epsilon = (float) settings.epsilon();
    s = new float[parameters];
  }

  @Override
  public void step(float[] theta, float[] gradient, double learningRate) {
    float eta = (float) learningRate;
    for (int i = 0; i < theta.length; i++) {
      float g = gradient[i];
      s[i] += g * g;
      theta[i] -= eta * g / ((float) Math.sqrt(s[i]) + epsilon);
    }
  }
}
