package dev.backprop.core.nn;

import dev.backprop.core.linalg.Matrix;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// The training's forward pass and the losses once more, in 64-bit floats and straight from the
/// formulas. It shares no line with what [GradientCheck] checks by it.
final class ReferencePass {

  /// Standard deviations at which the normal distribution is 1 to 64 bits.
  private static final double FARTHEST = 9;

  private final NetworkSpec spec;
  private final Loss loss;
  private final Matrix x;
  private final Matrix y;
  private final @Nullable Matrix w;
  private final Masks masks;
  private final BitSet sides = new BitSet();
  private int pieces;

  /// A pass over the rows of a batch, weighted unless w is null.
  ReferencePass(NetworkSpec spec, Loss loss, Matrix x, Matrix y, @Nullable Matrix w, Masks masks) {
    this.spec = spec;
    this.loss = loss;
    this.x = x;
    this.y = y;
    this.w = w;
    this.masks = masks;
  }

  /// L at θ.
  double loss(double[] theta) {
    sides.clear();
    pieces = 0;
    double[][] z = outputSums(theta);
    double sum = 0;
    for (int row = 0; row < x.rows(); row++) {
      double weight = w == null ? 1 : w.get(row, 0);
      sum += weight * rowLoss(z[row], row);
    }
    return sum / x.rows();
  }

  /// Which side of each kink, counted over layers and rows, the last pass was on.
  BitSet sides() {
    return (BitSet) sides.clone();
  }

  /// Z_L.
  private double[][] outputSums(double[] theta) {
    double[][] a = new double[x.rows()][x.columns()];
    for (int row = 0; row < a.length; row++) {
      for (int i = 0; i < x.columns(); i++) {
        a[row][i] = x.get(row, i);
      }
    }
    int offset = 0;
    for (int layer = 0; layer < spec.layers().size() - 1; layer++) {
      LayerSpec l = spec.layers().get(layer);
      double[][] z = sums(a, theta, offset, l.units());
      offset += (spec.fanIn(layer) + 1) * l.units();
      if (l.isNormalized()) {
        normalize(l.normalization(), z);
        scaleAndShift(z, theta, offset);
        offset += 2 * l.units();
      }
      for (int row = 0; row < a.length; row++) {
        a[row] = drop(layer, row, activate(l.activation(), z[row]));
      }
    }
    return sums(a, theta, offset, spec.outputs());
  }

  private static double[][] sums(double[][] a, double[] theta, int offset, int units) {
    double[][] z = new double[a.length][units];
    for (int row = 0; row < a.length; row++) {
      int inputs = a[row].length;
      for (int j = 0; j < units; j++) {
        z[row][j] = theta[offset + inputs * units + j];
        for (int i = 0; i < inputs; i++) {
          z[row][j] += a[row][i] * theta[offset + i * units + j];
        }
      }
    }
    return z;
  }

  private static void normalize(Normalization normalization, double[][] z) {
    switch (normalization) {
      case Normalization.None _ -> {}
      case Normalization.Batch(_, double epsilon) -> {
        for (int j = 0; j < z[0].length; j++) {
          int unit = j;
          double[] ofUnit =
              standardized(Arrays.stream(z).mapToDouble(row -> row[unit]).toArray(), epsilon);
          for (int row = 0; row < z.length; row++) {
            z[row][unit] = ofUnit[row];
          }
        }
      }
      case Normalization.Layer(double epsilon) ->
          Arrays.setAll(z, row -> standardized(z[row], epsilon));
    }
  }

  private static double[] standardized(double[] numbers, double epsilon) {
    double mean = Arrays.stream(numbers).sum() / numbers.length;
    double variance = Arrays.stream(numbers).map(n -> (n - mean) * (n - mean)).sum();
    double deviation = Math.sqrt(variance / numbers.length + epsilon);
    return Arrays.stream(numbers).map(n -> (n - mean) / deviation).toArray();
  }

  /// By γ, which starts at the offset, and β, which follows it.
  private static void scaleAndShift(double[][] z, double[] theta, int offset) {
    for (double[] row : z) {
      for (int j = 0; j < row.length; j++) {
        row[j] = theta[offset + j] * row[j] + theta[offset + row.length + j];
      }
    }
  }

  private double[] drop(int layer, int row, double[] a) {
    for (int i = 0; i < a.length; i++) {
      a[i] *= masks.factor(layer, row, i);
    }
    return a;
  }

  private double[] activate(Activation f, double[] z) {
    double logSum = logSumExp(z);
    double[] a = new double[z.length];
    for (int i = 0; i < z.length; i++) {
      a[i] =
          switch (f) {
            case Activation.Linear _ -> z[i];
            case Activation.Sigmoid _ -> sigmoid(z[i]);
            case Activation.HardSigmoid _ ->
                piece(z[i] > -3, piece(z[i] < 3, z[i] / 6 + 0.5, 1), 0);
            case Activation.Tanh _ -> Math.tanh(z[i]);
            case Activation.Relu _ -> piece(z[i] > 0, z[i], 0);
            case Activation.LeakyRelu(double slope) -> piece(z[i] > 0, z[i], slope * z[i]);
            case Activation.Elu(double alpha) ->
                piece(z[i] > 0, z[i], alpha * (Math.exp(z[i]) - 1));
            case Activation.Selu _ ->
                1.0507009873554805
                    * piece(z[i] > 0, z[i], 1.6732632423543772 * (Math.exp(z[i]) - 1));
            case Activation.Gelu _ -> z[i] * normalDistribution(z[i]);
            case Activation.Silu _ -> z[i] * sigmoid(z[i]);
            case Activation.Softplus _ -> softplus(z[i]);
            case Activation.Softsign _ -> z[i] / (1 + Math.abs(z[i]));
            case Activation.Softmax _ -> Math.exp(z[i] - logSum);
          };
    }
    return a;
  }

  /// The value of one of two pieces, noting which, because the derivative jumps between them.
  private double piece(boolean first, double value, double otherwise) {
    sides.set(pieces, first);
    pieces++;
    return first ? value : otherwise;
  }

  private double rowLoss(double[] z, int row) {
    double[] a = activate(spec.output().activation(), z);
    double logSum = logSumExp(z);
    double sum = 0;
    for (int i = 0; i < z.length; i++) {
      double target = y.get(row, i);
      sum +=
          switch (loss) {
            case Loss.MeanSquaredError _ -> (a[i] - target) * (a[i] - target) / z.length;
            case Loss.BinaryCrossEntropy _ ->
                (target * softplus(-z[i]) + (1 - target) * softplus(z[i])) / z.length;
            case Loss.CategoricalCrossEntropy(double smoothing) ->
                ((1 - smoothing) * target + smoothing / z.length) * (logSum - z[i]);
            case Loss.MeanAbsoluteError _ ->
                piece(a[i] > target, a[i] - target, target - a[i]) / z.length;
            case Loss.Huber(double delta) -> huber(Math.abs(a[i] - target), delta) / z.length;
            case Loss.LogCosh _ -> Math.log(Math.cosh(a[i] - target)) / z.length;
            case Loss.Quantile(double q) ->
                piece(a[i] > target, (1 - q) * (a[i] - target), q * (target - a[i])) / z.length;
            case Loss.Poisson _ -> (a[i] - target * Math.log(a[i])) / z.length;
            case Loss.Hinge _ ->
                piece(a[i] * (2 * target - 1) < 1, 1 - a[i] * (2 * target - 1), 0) / z.length;
          };
    }
    return sum;
  }

  private static double huber(double size, double delta) {
    return size <= delta ? size * size / 2 : delta * (size - delta / 2);
  }

  private static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  /// `Φ(z) = ½ + φ(z)·Σ z^(2k+1) / (1·3·5·…·(2k+1))`, whose terms shrink once 2k exceeds z².
  private static double normalDistribution(double z) {
    if (Math.abs(z) > FARTHEST) {
      return z > 0 ? 1 : 0;
    }
    double term = z;
    double sum = 0;
    for (int k = 1; Math.abs(term) > 1e-18 * Math.abs(sum); k++) {
      sum += term;
      term *= z * z / (2 * k + 1);
    }
    return 0.5 + Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * sum;
  }

  /// `ln(1 + eᶻ) = −ln(1 − sigmoid z)`, finite for every z.
  private static double softplus(double z) {
    return Math.max(0, z) + Math.log1p(Math.exp(-Math.abs(z)));
  }

  /// `ln Σ e^zᵢ`, finite for every z.
  private static double logSumExp(double[] z) {
    double max = Double.NEGATIVE_INFINITY;
    for (double zi : z) {
      max = Math.max(max, zi);
    }
    double sum = 0;
    for (double zi : z) {
      sum += Math.exp(zi - max);
    }
    return max + Math.log(sum);
  }
}
