package dev.backprop.core.train;

/// The moments of Adam, which the decay does not touch.
final class AdamWState implements GradientState {

  private final double weightDecay;
  private final AdamState adam;

  AdamWState(AdamW settings, int parameters) {
    weightDecay = settings.weightDecay();
    adam =
        new AdamState(
            new Adam(
                settings.learningRate(), settings.beta1(), settings.beta2(), settings.epsilon()),
            parameters);
  }

  @Override
  public void step(float[] theta, float[] gradient, double learningRate) {
    float kept = (float) (1 - learningRate * weightDecay);
    for (int i = 0; i < theta.length; i++) {
      theta[i] *= kept;
    }
    adam.step(theta, gradient, learningRate);
  }
}
