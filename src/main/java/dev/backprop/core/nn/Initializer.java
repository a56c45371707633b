package dev.backprop.core.nn;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.SplitMix64;
import java.util.Arrays;

/// The distribution that weights are drawn from; biases and β start at 0, γ at 1.
public sealed interface Initializer {

  /// Fills the weights of a layer.
  ///
  /// @param weights fan-in × fan-out
  void fill(Matrix weights, SplitMix64 random);

  /// Draws all weights of a network: layer l from the sequence of (seed, l).
  default Parameters initialize(NetworkSpec spec, long seed) {
    Parameters parameters = Parameters.untrained(spec);
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

  /// Normal of mean 0.
  ///
  /// @param standardDeviation of the weights, 1e-30 to 1e30
  record Normal(double standardDeviation) implements Initializer {

    /// The standard deviation where none is given.
    public static final double DEFAULT_STANDARD_DEVIATION = 0.05;

    /// Checks the standard deviation.
    ///
    /// @throws IllegalArgumentException if it is out of range
    public Normal {
      if (!(standardDeviation >= 1e-30 && standardDeviation <= 1e30)) {
        throw new IllegalArgumentException(
            "standardDeviation must be from 1e-30 to 1e30, not " + standardDeviation);
      }
    }

    @Override
    public void fill(Matrix weights, SplitMix64 random) {
      normal(weights, random, standardDeviation);
    }
  }

  /// A random rotation, cut to the shape of the layer: the shorter of its rows or columns have
  /// length 1 and are orthogonal to each other, so that a deep linear network neither stretches nor
  /// shrinks what passes through.
  ///
  /// Saxe, McClelland, Ganguli: Exact Solutions to the Nonlinear Dynamics of Learning in Deep
  /// Linear Neural Networks, ICLR 2014, arXiv:1312.6120.
  record Orthogonal() implements Initializer {

    @Override
    public void fill(Matrix weights, SplitMix64 random) {
      boolean tall = weights.rows() >= weights.columns();
      double[][] vectors =
          orthonormal(
              Math.min(weights.rows(), weights.columns()),
              Math.max(weights.rows(), weights.columns()),
              random);
      for (int row = 0; row < weights.rows(); row++) {
        for (int column = 0; column < weights.columns(); column++) {
          double weight = tall ? vectors[column][row] : vectors[row][column];
          weights.set(row, column, (float) weight);
        }
      }
    }

    /// Vectors of independent normal numbers, made orthonormal one after the other (modified
    /// Gram-Schmidt, in 64 bits: what rounding leaves is far below the 24 bits of a weight).
    private static double[][] orthonormal(int count, int length, SplitMix64 random) {
      double[][] vectors = new double[count][length];
      for (int i = 0; i < count; i++) {
        double[] vector = vectors[i];
        Arrays.setAll(vector, _ -> random.nextGaussian());
        for (int j = 0; j < i; j++) {
          subtractInPlace(vector, vectors[j], dot(vector, vectors[j]));
        }
        double norm = Math.sqrt(dot(vector, vector));
        Arrays.setAll(vector, k -> vector[k] / norm);
      }
      return vectors;
    }

    /// In four sums, so that no addition waits for the one before.
    private static double dot(double[] a, double[] b) {
      double s0 = 0;
      double s1 = 0;
      double s2 = 0;
      double s3 = 0;
      int i = 0;
      for (; i < a.length - 3; i += 4) {
        s0 += a[i] * b[i];
        s1 += a[i + 1] * b[i + 1];
        s2 += a[i + 2] * b[i + 2];
        s3 += a[i + 3] * b[i + 3];
      }
      for (; i < a.length; i++) {
        s0 += a[i] * b[i];
      }
      return (s0 + s1) + (s2 + s3);
    }

    /// `a ← a − scale·b`.
    private static void subtractInPlace(double[] a, double[] b, double scale) {
      for (int i = 0; i < a.length; i++) {
        a[i] -= scale * b[i];
      }
    }
  }

  /// Nothing but zeros, for a network without hidden layers: the units of a hidden layer would all
  /// learn the same.
  record Zeros() implements Initializer {

    @Override
    public void fill(Matrix weights, SplitMix64 random) {
      Arrays.fill(weights.values(), weights.offset(), weights.offset() + weights.size(), 0f);
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
