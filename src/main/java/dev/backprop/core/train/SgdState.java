package dev.backprop.core.train;

/// Steps without a memory.
final class SgdState implements GradientState {

  @Override
  public void step(float[] theta, float[] gradient, double learningRate) {
    float eta = (float) learningRate;
    for (int i = 0; i < theta.length; i++) {
      theta[i] -= eta * gradient[i];
    }
  }
}
