package dev.backprop.core.nn;

import dev.backprop.core.linalg.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// θ, or anything with a number for each parameter, such as gradients: one flat array, with a view
/// of it for the weights and biases of each layer, and for γ and β of a normalized one.
///
/// Beside it, what training measures and does not learn: the running mean and variance of layers
/// with batch normalization, in a flat array of their own.
public final class Parameters {

  private final NetworkSpec spec;
  private final float[] values;
  private final float[] statistics;
  private final List<Matrix> weights = new ArrayList<>();
  private final List<Matrix> biases = new ArrayList<>();
  private final List<Matrix> layers = new ArrayList<>();
  private final Map<Integer, Matrix> gamma = new HashMap<>();
  private final Map<Integer, Matrix> beta = new HashMap<>();
  private final Map<Integer, Matrix> runningMean = new HashMap<>();
  private final Map<Integer, Matrix> runningVariance = new HashMap<>();

  /// Zeros, γ too; running means of 0 and variances of 1.
  ///
  /// @throws IllegalArgumentException if there are more than an array holds
  public Parameters(NetworkSpec spec) {
    this(spec, new float[size(spec.parameterCount())]);
  }

  /// The numbers of a flat array, which is not copied; running means of 0 and variances of 1.
  ///
  /// @throws IllegalArgumentException if the array does not have one number for each parameter
  public Parameters(NetworkSpec spec, float[] values) {
    this(spec, values, new float[size(spec.statisticsCount())]);
    runningVariance.values().forEach(variance -> fill(variance, 1));
  }

  /// The numbers of flat arrays, which are not copied.
  ///
  /// @throws IllegalArgumentException if the arrays do not have one number for each parameter, and
  ///   one for each running mean and variance
  public Parameters(NetworkSpec spec, float[] values, float[] statistics) {
    requireCount("parameters", spec.parameterCount(), values);
    requireCount("running means and variances", spec.statisticsCount(), statistics);
    this.spec = spec;
    this.values = values;
    this.statistics = statistics;
    int offset = 0;
    int statisticsOffset = 0;
    for (int layer = 0; layer < spec.layers().size(); layer++) {
      final int from = offset;
      LayerSpec l = spec.layers().get(layer);
      int units = l.units();
      Matrix w = new Matrix(values, offset, spec.fanIn(layer), units);
      weights.add(w);
      biases.add(new Matrix(values, offset + w.size(), 1, units));
      offset += w.size() + units;
      if (l.isNormalized()) {
        gamma.put(layer, new Matrix(values, offset, 1, units));
        beta.put(layer, new Matrix(values, offset + units, 1, units));
        offset += 2 * units;
      }
      layers.add(new Matrix(values, from, 1, offset - from));
      if (l.hasBatchNormalization()) {
        runningMean.put(layer, new Matrix(statistics, statisticsOffset, 1, units));
        runningVariance.put(layer, new Matrix(statistics, statisticsOffset + units, 1, units));
        statisticsOffset += 2 * units;
      }
    }
  }

  /// Zeros, but for what starts at 1: γ and the running variances.
  ///
  /// @throws IllegalArgumentException if there are more than an array holds
  public static Parameters untrained(NetworkSpec spec) {
    Parameters parameters = new Parameters(spec);
    parameters.gamma.values().forEach(gamma -> fill(gamma, 1));
    return parameters;
  }

  private static void fill(Matrix numbers, float value) {
    Arrays.fill(numbers.values(), numbers.offset(), numbers.offset() + numbers.size(), value);
  }

  private static int size(long count) {
    if (count > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "the network has %d parameters, an array holds at most %d"
              .formatted(count, Integer.MAX_VALUE));
    }
    return (int) count;
  }

  private static void requireCount(String kind, long count, float[] numbers) {
    if (numbers.length != count) {
      throw new IllegalArgumentException(
          "the network has %d %s, not %d".formatted(count, kind, numbers.length));
    }
  }

  /// The network that they belong to.
  public NetworkSpec spec() {
    return spec;
  }

  /// All numbers: layer by layer W row by row, then b, then γ and β.
  public float[] values() {
    return values;
  }

  /// Running means and variances: layer by layer the means, then the variances. Empty where no
  /// layer has batch normalization.
  public float[] statistics() {
    return statistics;
  }

  /// How many numbers there are, running means and variances among them.
  public long count() {
    return (long) values.length + statistics.length;
  }

  /// All numbers of a layer counted from 0, as a row: W row by row, then b, then γ and β.
  public Matrix layer(int layer) {
    return layers.get(layer);
  }

  /// W of a layer counted from 0: inputs × units.
  public Matrix weights(int layer) {
    return weights.get(layer);
  }

  /// b of a layer counted from 0: 1 × units.
  public Matrix biases(int layer) {
    return biases.get(layer);
  }

  /// γ of a normalized layer counted from 0: 1 × units.
  public Matrix gamma(int layer) {
    return Objects.requireNonNull(gamma.get(layer));
  }

  /// β of a normalized layer counted from 0: 1 × units.
  public Matrix beta(int layer) {
    return Objects.requireNonNull(beta.get(layer));
  }

  /// The running means of a layer with batch normalization: 1 × units.
  public Matrix runningMean(int layer) {
    return Objects.requireNonNull(runningMean.get(layer));
  }

  /// The running variances of a layer with batch normalization: 1 × units.
  public Matrix runningVariance(int layer) {
    return Objects.requireNonNull(runningVariance.get(layer));
  }

  /// Numbers of their own.
  public Parameters copy() {
    return new Parameters(spec, values.clone(), statistics.clone());
  }

  /// Takes over the numbers of a network of the same shape.
  ///
  /// @throws IllegalArgumentException if there are more or fewer
  public void copyFrom(Parameters other) {
    requireCount("parameters", values.length, other.values);
    requireCount("running means and variances", statistics.length, other.statistics);
    System.arraycopy(other.values, 0, values, 0, values.length);
    System.arraycopy(other.statistics, 0, statistics, 0, statistics.length);
  }

  /// Whether there is no NaN and no infinity among them.
  public boolean areFinite() {
    return areFinite(values) && areFinite(statistics);
  }

  private static boolean areFinite(float[] numbers) {
    for (float number : numbers) {
      if (!Float.isFinite(number)) {
        return false;
      }
    }
    return true;
  }
}
