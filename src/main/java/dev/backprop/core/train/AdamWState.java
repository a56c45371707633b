package dev.backprop.core.train;

/// The moments of Adam, which the decay does not touch.
final class AdamWState extends GradientState {

  private final double weightDecay;
  private final AdamState adam;
  private float kept;

  AdamWState(AdamW settings, int parameters) {
    weightDecay = settings.weightDecay();
    adam =
        new AdamState(
            new Adam(
                settings.learningRate(), settings.beta1(), settings.beta2(), settings.epsilon()),
            parameters);
  }

  @Override
  void begin(double learningRate) {
    kept = (float) (1 - learningRate * weightDecay);
    adam.begin(learningRate);
  }

  @Override
  void update(float[] theta, float[] gradient, int from, int to) {
    for (int i = from; i < to; i++) {
      theta[i] *= kept;
    }
    adam.update(theta, gradient, from, to);
  }
}
