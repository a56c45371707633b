package dev.backprop.core.nn;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.SplitMix64;

/// The distribution that weights are drawn from; biases start at 0.
public sealed interface Initializer {

  /// Fills the weights of a layer.
  ///
  /// @param weights fan-in × fan-out
  void fill(Matrix weights, SplitMix64 random);

  /// Draws all weights of a network: layer l from the sequence of (seed, l).
  default Parameters initialize(NetworkSpec spec, long seed) {
    Parameters parameters = new Parameters(spec);
    for (int layer = 0; layer < spec.layers().size(); layer++) {
      fill(parameters.weights(layer), SplitMix64.keyed(seed, layer));
    }
    return parameters;
  }

  /// Uniform over ±√(6 / (fan-in + fan-out)): keeps variances through sigmoid and tanh layers.
  ///
  /// Glorot, Bengio: Understanding the Difficulty of Training Deep Feedforward Neural Networks,
  /// AISTATS 2010.
  record GlorotUniform() implements Initializer {
    @Override
    public void fill(Matrix weights, SplitMix64 random) {
      uniform(weights, random, Math.sqrt(6.0 / (weights.rows() + weights.columns())));
    }
  }

  /// Normal of variance 2 / (fan-in + fan-out).
  record GlorotNormal() implements Initializer {
    @Override
    public void fill(Matrix weights, SplitMix64 random) {
      normal(weights, random, Math.sqrt(2.0 / (weights.rows() + weights.columns())));
    }
  }

  /// Uniform over ±√(6 / fan-in): keeps variances through relu layers.
  ///
  /// He, Zhang, Ren, Sun: Delving Deep into Rectifiers, ICCV 2015, arXiv:1502.01852.
  record HeUniform() implements Initializer {
    @Override
    public void fill(Matrix weights, SplitMix64 random) {
      uniform(weights, random, Math.sqrt(6.0 / weights.rows()));
    }
  }

  /// Normal of variance 2 / fan-in.
  record HeNormal() implements Initializer {
    @Override
    public void fill(Matrix weights, SplitMix64 random) {
      normal(weights, random, Math.sqrt(2.0 / weights.rows()));
    }
  }

  /// Uniform over ±√(3 / fan-in).
  ///
  /// LeCun, Bottou, Orr, Müller: Efficient BackProp, 1998.
  record LeCunUniform() implements Initializer {
    @Override
    public void fill(Matrix weights, SplitMix64 random) {
      uniform(weights, random, Math.sqrt(3.0 / weights.rows()));
    }
  }

  /// Normal of variance 1 / fan-in.
  record LeCunNormal() implements Initializer {
    @Override
    public void fill(Matrix weights, SplitMix64 random) {
      normal(weights, random, Math.sqrt(1.0 / weights.rows()));
    }
  }

  /// Uniform over ±limit, the tutorial's choice.
  ///
  /// @param limit the largest absolute weight
  record Uniform(double limit) implements Initializer {

    /// The limit where none is given.
    public static final double DEFAULT_LIMIT = 1;

    /// Checks the limit.
    ///
    /// @throws IllegalArgumentException if it is not positive or beyond a 32-bit float
    public Uniform {
      if (!(limit >= Float.MIN_VALUE && limit <= Float.MAX_VALUE)) {
        throw new IllegalArgumentException("limit must be a positive 32-bit number, not " + limit);
      }
    }

    @Override
    public void fill(Matrix weights, SplitMix64 random) {
      uniform(weights, random, limit);
    }
  }

  private static void uniform(Matrix weights, SplitMix64 random, double limit) {
    float[] values = weights.values();
    for (int i = weights.offset(); i < weights.offset() + weights.size(); i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * limit);
    }
  }

  private static void normal(Matrix weights, SplitMix64 random, double standardDeviation) {
    float[] values = weights.values();
    for (int i = weights.offset(); i < weights.offset() + weights.size(); i++) {
      values[i] = (float) (random.nextGaussian() * standardDeviation);
    }
  }
}
