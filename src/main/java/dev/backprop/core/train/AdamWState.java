package dev.backprop.core.train;

import dev.backprop.core.linalg.Workers;

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
  public Workers.Block next(float[] theta, float[] gradient, double learningRate) {
    float kept = (float) (1 - learningRate * weightDecay);
    Workers.Block step = adam.next(theta, gradient, learningRate);
    return (from, to) -> {
      for (int i = from; i < to; i++) {
        theta[i] *= kept;
      }
      step.accept(from, to);
    };
  }
}
