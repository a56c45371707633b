package dev.backprop.core.nn;

import dev.backprop.core.linalg.Matrix;
import java.util.BitSet;

/// The forward pass and the losses once more, in 64-bit floats, row by row and straight from the
/// formulas. It shares no line with what [GradientCheck] checks by it.
final class ReferencePass {

  private final NetworkSpec spec;
  private final Loss loss;
  private final Matrix x;
  private final Matrix y;
  private final BitSet active = new BitSet();
  private int reluUnits;

  /// A pass over the rows of a batch.
  ReferencePass(NetworkSpec spec, Loss loss, Matrix x, Matrix y) {
    this.spec = spec;
    this.loss = loss;
    this.x = x;
    this.y = y;
  }

  /// L at θ.
  double loss(double[] theta) {
    active.clear();
    reluUnits = 0;
    double sum = 0;
    for (int row = 0; row < x.rows(); row++) {
      sum += rowLoss(outputSums(theta, row), row);
    }
    return sum / x.rows();
  }

  /// Which relu units, counted over layers and rows, were above 0 in the last pass.
  BitSet activeUnits() {
    return (BitSet) active.clone();
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
      a = layer < spec.layers().size() - 1 ? activate(l.activation(), z) : z;
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
            case Activation.Sigmoid _ -> 1 / (1 + Math.exp(-z[i]));
            case Activation.Tanh _ -> Math.tanh(z[i]);
            case Activation.Relu _ -> relu(z[i]);
            case Activation.Softmax _ -> Math.exp(z[i] - logSum);
          };
    }
    return a;
  }

  private double relu(double z) {
    active.set(reluUnits, z > 0);
    reluUnits++;
    return Math.max(0, z);
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
            case Loss.CategoricalCrossEntropy _ -> target * (logSum - z[i]);
          };
    }
    return sum;
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
