package dev.backprop.core.nn;

import dev.backprop.core.linalg.Matrix;

/// How far the outputs are from the targets: L, a mean over the rows of a batch.
///
/// The output activation belongs to the loss's work: a cross-entropy is computed from Z, where it
/// is exact, and its δ = (A − Y)/n needs no derivative of the activation at all.
public sealed interface Loss {

  /// `Z ← A = f(Z)` and L.
  ///
  /// @param f the output activation
  /// @param z sums of the output layer on entry, outputs on return, n × k
  /// @param y targets, n × k
  /// @return L
  double applyInPlace(Activation f, Matrix z, Matrix y);

  /// `Δ ← ∂L/∂Z`.
  ///
  /// @param f the output activation
  /// @param a outputs, n × k
  /// @param y targets, n × k
  /// @param delta receives δ, n × k
  void delta(Activation f, Matrix a, Matrix y, Matrix delta);

  /// Whether the loss can be used behind this output activation.
  boolean fits(Activation f);

  /// `L = Σ (a − y)² / (n·k)`, for any output.
  record MeanSquaredError() implements Loss {

    @Override
    public double applyInPlace(Activation f, Matrix z, Matrix y) {
      f.applyInPlace(z);
      float[] as = z.values();
      float[] ys = y.values();
      int shift = y.offset() - z.offset();
      double sum = 0;
      for (int i = z.offset(); i < z.offset() + z.size(); i++) {
        double error = as[i] - ys[i + shift];
        sum += error * error;
      }
      return sum / z.size();
    }

    @Override
    public void delta(Activation f, Matrix a, Matrix y, Matrix delta) {
      difference(a, y, 2f / a.size(), delta);
      f.backpropagateInPlace(a, delta);
    }

    @Override
    public boolean fits(Activation f) {
      return true;
    }
  }

  /// `L = −Σ (y·ln a + (1 − y)·ln(1 − a)) / (n·k)`, behind sigmoid, for each output by itself.
  ///
  /// From z it is `max(z, 0) − z·y + ln(1 + e^−|z|)`, which is finite for every z.
  record BinaryCrossEntropy() implements Loss {

    @Override
    public double applyInPlace(Activation f, Matrix z, Matrix y) {
      float[] zs = z.values();
      float[] ys = y.values();
      int shift = y.offset() - z.offset();
      double sum = 0;
      for (int i = z.offset(); i < z.offset() + z.size(); i++) {
        double zi = zs[i];
        sum += Math.max(zi, 0) - zi * ys[i + shift] + Math.log1p(Math.exp(-Math.abs(zi)));
      }
      f.applyInPlace(z);
      return sum / z.size();
    }

    @Override
    public void delta(Activation f, Matrix a, Matrix y, Matrix delta) {
      difference(a, y, 1f / a.size(), delta);
    }

    @Override
    public boolean fits(Activation f) {
      return f instanceof Activation.Sigmoid;
    }
  }

  /// `L = −Σ y·ln a / n`, behind softmax, for targets that sum to 1 in each row.
  ///
  /// From z it is `ln Σⱼ e^zⱼ − Σ y·z`, which is finite for every z.
  record CategoricalCrossEntropy() implements Loss {

    @Override
    public double applyInPlace(Activation f, Matrix z, Matrix y) {
      float[] zs = z.values();
      float[] ys = y.values();
      double sum = 0;
      for (int row = 0; row < z.rows(); row++) {
        int from = z.offset(row);
        int shift = y.offset(row) - from;
        for (int i = from; i < from + z.columns(); i++) {
          sum -= (double) ys[i + shift] * zs[i];
        }
        sum += Activation.Softmax.applyToRowInPlace(z, row);
      }
      return sum / z.rows();
    }

    @Override
    public void delta(Activation f, Matrix a, Matrix y, Matrix delta) {
      difference(a, y, 1f / a.rows(), delta);
    }

    @Override
    public boolean fits(Activation f) {
      return f instanceof Activation.Softmax;
    }
  }

  /// `Δ ← scale·(A − Y)`.
  private static void difference(Matrix a, Matrix y, float scale, Matrix delta) {
    float[] as = a.values();
    float[] ys = y.values();
    float[] ds = delta.values();
    int shiftA = a.offset() - delta.offset();
    int shiftY = y.offset() - delta.offset();
    for (int i = delta.offset(); i < delta.offset() + delta.size(); i++) {
      ds[i] = scale * (as[i + shiftA] - ys[i + shiftY]);
    }
  }
}
