package dev.backprop.core.train;

/// Steps without a memory.
final class SgdState extends GradientState {

  private float eta;

  @Override
  void begin(double learningRate) {
    eta = (float) learningRate;
  }

  @Override
  void update(float[] theta, float[] gradient, int from, int to) {
    for (int i = from; i < to; i++) {
      theta[i] -= eta * gradient[i];
    }
  }
}
