package dev.backprop.core.train;

import java.util.Arrays;

/// The step size Δ of each parameter, and the gradient of the step before.
final class RpropState extends GradientState {

  private final float decrease;
  private final float increase;
  private final float smallest;
  private final float largest;
  private final float[] size;
  private final float[] previous;
  private boolean started;

  RpropState(Rprop settings, int parameters) {
    decrease = (float) settings.decrease();
    increase = (float) settings.increase();
    smallest = (float) settings.smallestStep();
    largest = (float) settings.largestStep();
    size = new float[parameters];
    previous = new float[parameters];
  }

  /// Takes the learning rate of the first step as the first Δ; after it Δ goes its own way.
  @Override
  void begin(double learningRate) {
    if (!started) {
      Arrays.fill(size, (float) learningRate);
      started = true;
    }
  }

  @Override
  void update(float[] theta, float[] gradient, int from, int to) {
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
  }
}
