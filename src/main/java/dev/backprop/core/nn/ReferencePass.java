package dev.backprop.core.nn;

import dev.backprop.core.linalg.Matrix;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// The forward pass and the losses once more, in 64-bit floats, row by row and straight from the
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
    double sum = 0;
    for (int row = 0; row < x.rows(); row++) {
      double weight = w == null ? 1 : w.get(row, 0);
      sum += weight * rowLoss(outputSums(theta, row), row);
    }
    return sum / x.rows();
  }

  /// Which side of each kink, counted over layers and rows, the last pass was on.
  BitSet sides() {
    return (BitSet) sides.clone();
  }

  /// Z_L of a row.
  private double[] outputSums(double[] theta, int row) {
    double[] a = new double[x.columns()];
    for (int i = 0; i < a.length; i++) {
      a[i] = x.get(row, i);
    }
    int offset = 0;
    for (int layer = 0; layer < spec.layers().size(); layer++) {
      LayerSpec l = spec.layers().get(layer);
      double[] z = new double[l.units()];
      for (int j = 0; j < z.length; j++) {
        z[j] = theta[offset + a.length * z.length + j];
        for (int i = 0; i < a.length; i++) {
          z[j] += a[i] * theta[offset + i * z.length + j];
        }
      }
      offset += (a.length + 1) * z.length;
      a = layer < spec.layers().size() - 1 ? drop(layer, row, activate(l.activation(), z)) : z;
    }
    return a;
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
