package dev.backprop.core.train;

import java.util.List;

/// Every optimizer, at rates that suit the problems of the tests.
final class Optimizers {

  private Optimizers() {}

  static List<Optimizer> all() {
    return List.of(
        new Sgd(0.1),
        new Sgd(0.05, 0.9, false),
        new Sgd(0.05, 0.9, true),
        new AdaGrad(0.1),
        new RmsProp(0.01),
        new AdaDelta(2),
        new Adam(0.01),
        new AdamW(0.01),
        new Nadam(0.01),
        new AmsGrad(0.01),
        new Lion(0.002),
        new Rprop(0.01),
        new Lbfgs(1));
  }
}
