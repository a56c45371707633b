package dev.backprop.core.nn;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.VectorMath;

/// What a unit does to its sum: `A = f(Z)`.
///
/// Every f here has a derivative that follows from its output, so that Z need not be kept.
public sealed interface Activation {

  /// `Z ← f(Z)`.
  void applyInPlace(Matrix z);

  /// `Δ ← Δ·∂A/∂Z`, which for all but softmax is `Δ ⊙ f′(Z)`.
  ///
  /// @param a the outputs f(Z), n × d
  /// @param delta ∂L/∂A on entry, ∂L/∂Z on return, n × d
  void backpropagateInPlace(Matrix a, Matrix delta);

  /// `f(z) = z`.
  record Linear() implements Activation {

    @Override
    public void applyInPlace(Matrix z) {}

    @Override
    public void backpropagateInPlace(Matrix a, Matrix delta) {}
  }

  /// `f(z) = 1 / (1 + e⁻ᶻ)`, `f′ = a·(1 − a)`.
  record Sigmoid() implements Activation {

    @Override
    public void applyInPlace(Matrix z) {
      VectorMath.sigmoidInPlace(z.values(), z.offset(), z.size());
    }

    @Override
    public void backpropagateInPlace(Matrix a, Matrix delta) {
      float[] as = a.values();
      float[] ds = delta.values();
      int shift = a.offset() - delta.offset();
      for (int i = delta.offset(); i < delta.offset() + delta.size(); i++) {
        float ai = as[i + shift];
        ds[i] *= ai * (1f - ai);
      }
    }
  }

  /// `f(z) = tanh z`, `f′ = 1 − a²`.
  record Tanh() implements Activation {

    @Override
    public void applyInPlace(Matrix z) {
      VectorMath.tanhInPlace(z.values(), z.offset(), z.size());
    }

    @Override
    public void backpropagateInPlace(Matrix a, Matrix delta) {
      float[] as = a.values();
      float[] ds = delta.values();
      int shift = a.offset() - delta.offset();
      for (int i = delta.offset(); i < delta.offset() + delta.size(); i++) {
        float ai = as[i + shift];
        ds[i] *= 1f - ai * ai;
      }
    }
  }

  /// `f(z) = max(0, z)`, `f′ = 1` where `a > 0`, else 0.
  ///
  /// Nair, Hinton: Rectified Linear Units Improve Restricted Boltzmann Machines, ICML 2010.
  record Relu() implements Activation {

    @Override
    public void applyInPlace(Matrix z) {
      float[] zs = z.values();
      for (int i = z.offset(); i < z.offset() + z.size(); i++) {
        zs[i] = Math.max(0f, zs[i]);
      }
    }

    @Override
    public void backpropagateInPlace(Matrix a, Matrix delta) {
      float[] as = a.values();
      float[] ds = delta.values();
      int shift = a.offset() - delta.offset();
      for (int i = delta.offset(); i < delta.offset() + delta.size(); i++) {
        ds[i] = as[i + shift] > 0f ? ds[i] : 0f;
      }
    }
  }

  /// `f(z)ᵢ = e^zᵢ / Σⱼ e^zⱼ` over the units of the layer, for the output only.
  record Softmax() implements Activation {

    @Override
    public void applyInPlace(Matrix z) {
      for (int row = 0; row < z.rows(); row++) {
        normalize(z, row, maximum(z, row));
      }
    }

    /// `z ← e^(z − m) / Σ e^(z − m)` over a row.
    ///
    /// @return the sum
    private static double normalize(Matrix z, int row, float m) {
      float[] zs = z.values();
      int from = z.offset(row);
      int to = from + z.columns();
      VectorMath.expInPlace(zs, from, z.columns(), m);
      double sum = 0;
      for (int i = from; i < to; i++) {
        sum += zs[i];
      }
      float scale = (float) (1 / sum);
      for (int i = from; i < to; i++) {
        zs[i] *= scale;
      }
      return sum;
    }

    /// Applies the function and returns `ln Σⱼ e^zⱼ` of the row, which the cross-entropy needs.
    static double applyToRowInPlace(Matrix z, int row) {
      float m = maximum(z, row);
      return m + Math.log(normalize(z, row, m));
    }

    private static float maximum(Matrix z, int row) {
      float[] zs = z.values();
      int from = z.offset(row);
      float m = zs[from];
      for (int i = from + 1; i < from + z.columns(); i++) {
        m = Math.max(m, zs[i]);
      }
      return m;
    }

    /// `δᵢ = aᵢ·(gᵢ − Σⱼ gⱼ·aⱼ)` with g = ∂L/∂A.
    @Override
    public void backpropagateInPlace(Matrix a, Matrix delta) {
      float[] as = a.values();
      float[] ds = delta.values();
      int shift = a.offset() - delta.offset();
      for (int row = 0; row < delta.rows(); row++) {
        int from = delta.offset(row);
        int to = from + delta.columns();
        float dot = 0;
        for (int i = from; i < to; i++) {
          dot += ds[i] * as[i + shift];
        }
        for (int i = from; i < to; i++) {
          ds[i] = as[i + shift] * (ds[i] - dot);
        }
      }
    }
  }
}
