package dev.backprop.core.train;

import dev.backprop.core.linalg.Workers;
import java.util.Arrays;

/// The step size Δ of each parameter, and the gradient of the step before.
final class RpropState implements GradientState {

  private final Rprop settings;
  private final float[] size;
  private final float[] previous;
  private boolean started;

  RpropState(Rprop settings, int parameters) {
    this.settings = settings;
    size = new float[parameters];
    previous = new float[parameters];
  }

  /// Takes the learning rate of the first step as the first Δ; after it Δ goes its own way.
  @Override
  public Workers.Block next(float[] theta, float[] gradient, double learningRate) {
    if (!started) {
      Arrays.fill(size, (float) learningRate);
      started = true;
    }
    float decrease = (float) settings.decrease();
    float increase = (float) settings.increase();
    float smallest = (float) settings.smallestStep();
    float largest = (float) settings.largestStep();
    return (from, to) -> {
      for (int i = from; i < to; i++) {
        float g = gradient[i];
        float agreement = Math.signum(g) * Math.signum(previous[i]);
        if (agreement > 0) {
          size[i] = Math.min(size[i] * increase, largest);
        } else if (agreement < 0) {
          size[i] = Math.max(size[i] * decrease, smallest);
          g = 0;
        }
        theta[i] -= Math.signum(g) * size[i];
        previous[i] = g;
      }
    };
  }
}
