package dev.backprop.core.nn;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.VectorMath;

/// What a unit does to its sum: `A = f(Z)`.
///
/// The derivative of almost every f here follows from its output, so that Z need not be kept.
public sealed interface Activation {

  /// `Z ← f(Z)`.
  void applyInPlace(Matrix z);

  /// Whether the derivative follows from Z only. Such an f is for hidden layers.
  default boolean needsSums() {
    return false;
  }

  /// `Δ ← Δ·∂A/∂Z`, which for all but softmax is `Δ ⊙ f′(Z)`.
  ///
  /// @param kept the outputs f(Z), or Z itself if [#needsSums], n × d
  /// @param delta ∂L/∂A on entry, ∂L/∂Z on return, n × d
  void backpropagateInPlace(Matrix kept, Matrix delta);

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
      float[] as = a.valuesAt(delta.offset());
      float[] ds = delta.values();
      for (int i = delta.offset(); i < delta.offset() + delta.size(); i++) {
        float ai = as[i];
        ds[i] *= ai * (1f - ai);
      }
    }
  }

  /// `f(z) = min(1, max(0, z/6 + ½))`, `f′ = 1/6` where `0 < a < 1`, else 0.
  record HardSigmoid() implements Activation {

    private static final float SIXTH = 1f / 6;

    @Override
    public void applyInPlace(Matrix z) {
      float[] zs = z.values();
      for (int i = z.offset(); i < z.offset() + z.size(); i++) {
        zs[i] = Math.min(1f, Math.max(0f, zs[i] * SIXTH + 0.5f));
      }
    }

    @Override
    public void backpropagateInPlace(Matrix a, Matrix delta) {
      float[] as = a.valuesAt(delta.offset());
      float[] ds = delta.values();
      for (int i = delta.offset(); i < delta.offset() + delta.size(); i++) {
        float ai = as[i];
        ds[i] *= SIXTH * Math.signum(ai) * Math.signum(1f - ai);
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
      float[] as = a.valuesAt(delta.offset());
      float[] ds = delta.values();
      for (int i = delta.offset(); i < delta.offset() + delta.size(); i++) {
        float ai = as[i];
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
      float[] as = a.valuesAt(delta.offset());
      float[] ds = delta.values();
      for (int i = delta.offset(); i < delta.offset() + delta.size(); i++) {
        ds[i] *= Math.signum(as[i]);
      }
    }
  }

  /// `f(z) = z` where `z > 0`, else `slope·z`; `f′ = 1` where `a > 0`, else the slope.
  ///
  /// Maas, Hannun, Ng: Rectifier Nonlinearities Improve Neural Network Acoustic Models, ICML 2013.
  ///
  /// @param slope of the negative part, from 0 to below 1
  record LeakyRelu(double slope) implements Activation {

    /// The slope where none is given.
    public static final double DEFAULT_SLOPE = 0.01;

    /// Checks the slope.
    ///
    /// @throws IllegalArgumentException if it is out of range
    public LeakyRelu {
      if (!(slope >= 0 && slope < 1)) {
        throw new IllegalArgumentException("slope must be from 0 to below 1, not " + slope);
      }
    }

    @Override
    public void applyInPlace(Matrix z) {
      float s = (float) slope;
      float[] zs = z.values();
      for (int i = z.offset(); i < z.offset() + z.size(); i++) {
        zs[i] = Math.max(zs[i], s * zs[i]);
      }
    }

    @Override
    public void backpropagateInPlace(Matrix a, Matrix delta) {
      float s = (float) slope;
      float[] as = a.valuesAt(delta.offset());
      float[] ds = delta.values();
      for (int i = delta.offset(); i < delta.offset() + delta.size(); i++) {
        ds[i] *= Math.max(s, Math.signum(as[i]));
      }
    }
  }

  /// `f(z) = z` where `z > 0`, else `alpha·(eᶻ − 1)`; `f′ = 1` where `a > 0`, else `a + alpha`.
  ///
  /// Clevert, Unterthiner, Hochreiter: Fast and Accurate Deep Network Learning by Exponential
  /// Linear Units, ICLR 2016, arXiv:1511.07289.
  ///
  /// @param alpha what large negative sums saturate at, above 0 and at most 100
  record Elu(double alpha) implements Activation {

    /// Alpha where none is given.
    public static final double DEFAULT_ALPHA = 1;

    /// Checks alpha.
    ///
    /// @throws IllegalArgumentException if it is out of range
    public Elu {
      if (!(alpha >= Float.MIN_NORMAL && alpha <= 100)) {
        throw new IllegalArgumentException("alpha must be above 0 and at most 100, not " + alpha);
      }
    }

    @Override
    public void applyInPlace(Matrix z) {
      exponentialLinear(z, (float) alpha, 1f);
    }

    @Override
    public void backpropagateInPlace(Matrix a, Matrix delta) {
      exponentialLinearBack(a, delta, (float) alpha, 1f);
    }
  }

  /// [Elu] scaled so that activations approach mean 0 and variance 1: `f(z) = λz` where `z > 0`,
  /// else `λα·(eᶻ − 1)`; `f′ = λ` where `a > 0`, else `a + λα`; λ ≈ 1.0507, α ≈ 1.6733.
  ///
  /// Klambauer, Unterthiner, Mayr, Hochreiter: Self-Normalizing Neural Networks, NIPS 2017,
  /// arXiv:1706.02515. Belongs with [Initializer.LeCunNormal].
  record Selu() implements Activation {

    private static final double LAMBDA = 1.0507009873554805;
    private static final double ALPHA = 1.6732632423543772;

    @Override
    public void applyInPlace(Matrix z) {
      exponentialLinear(z, (float) (LAMBDA * ALPHA), (float) LAMBDA);
    }

    @Override
    public void backpropagateInPlace(Matrix a, Matrix delta) {
      exponentialLinearBack(a, delta, (float) (LAMBDA * ALPHA), (float) LAMBDA);
    }
  }

  /// `f(z) = z·Φ(z)`, with Φ the standard normal distribution; `f′ = Φ(z) + z·φ(z)`.
  ///
  /// Hendrycks, Gimpel: Gaussian Error Linear Units, 2016, arXiv:1606.08415; the exact form.
  record Gelu() implements Activation {

    // below it f and f′ are 0 for all that 32 bits can add up
    private static final float SMALLEST = -13f;

    @Override
    public void applyInPlace(Matrix z) {
      float[] zs = z.values();
      for (int i = z.offset(); i < z.offset() + z.size(); i++) {
        float zi = Math.max(SMALLEST, zs[i]);
        zs[i] = zi * VectorMath.normalDistribution(zi);
      }
    }

    @Override
    public boolean needsSums() {
      return true;
    }

    @Override
    public void backpropagateInPlace(Matrix z, Matrix delta) {
      float[] zs = z.valuesAt(delta.offset());
      float[] ds = delta.values();
      for (int i = delta.offset(); i < delta.offset() + delta.size(); i++) {
        float zi = Math.max(SMALLEST, zs[i]);
        float bounded = Math.min(-SMALLEST, zi);
        ds[i] *= VectorMath.normalDistribution(zi) + bounded * VectorMath.normalDensity(zi);
      }
    }
  }

  /// `f(z) = z·σ(z)`, with σ the sigmoid; `f′ = σ(z)·(1 + z·σ(−z))`. Also known as swish.
  ///
  /// Elfwing, Uchibe, Doya: Sigmoid-Weighted Linear Units for Neural Network Function Approximation
  /// in Reinforcement Learning, 2017, arXiv:1702.03118.
  record Silu() implements Activation {

    // below it f and f′ are 0 for all that 32 bits can add up
    private static final float SMALLEST = -87f;

    @Override
    public void applyInPlace(Matrix z) {
      float[] zs = z.values();
      for (int i = z.offset(); i < z.offset() + z.size(); i++) {
        float zi = Math.max(SMALLEST, zs[i]);
        zs[i] = zi * VectorMath.sigmoid(zi);
      }
    }

    @Override
    public boolean needsSums() {
      return true;
    }

    @Override
    public void backpropagateInPlace(Matrix z, Matrix delta) {
      float[] zs = z.valuesAt(delta.offset());
      float[] ds = delta.values();
      for (int i = delta.offset(); i < delta.offset() + delta.size(); i++) {
        float zi = Math.max(SMALLEST, zs[i]);
        float bounded = Math.min(-SMALLEST, zi);
        ds[i] *= VectorMath.sigmoid(zi) * (1f + bounded * VectorMath.sigmoid(-zi));
      }
    }
  }

  /// `f(z) = ln(1 + eᶻ)`, `f′ = 1 − e⁻ᵃ`: a smooth relu whose outputs are above 0.
  ///
  /// Glorot, Bordes, Bengio: Deep Sparse Rectifier Neural Networks, AISTATS 2011.
  record Softplus() implements Activation {

    @Override
    public void applyInPlace(Matrix z) {
      float[] zs = z.values();
      for (int i = z.offset(); i < z.offset() + z.size(); i++) {
        zs[i] = VectorMath.softplus(zs[i]);
      }
    }

    @Override
    public void backpropagateInPlace(Matrix a, Matrix delta) {
      float[] as = a.valuesAt(delta.offset());
      float[] ds = delta.values();
      for (int i = delta.offset(); i < delta.offset() + delta.size(); i++) {
        ds[i] *= -VectorMath.expm1(-as[i]);
      }
    }
  }

  /// `f(z) = z / (1 + |z|)`, `f′ = (1 − |a|)²`.
  ///
  /// Bergstra, Desjardins, Lamblin, Bengio: Quadratic Polynomials Learn Better Image Features,
  /// 2009.
  record Softsign() implements Activation {

    @Override
    public void applyInPlace(Matrix z) {
      float[] zs = z.values();
      for (int i = z.offset(); i < z.offset() + z.size(); i++) {
        zs[i] /= 1f + Math.abs(zs[i]);
      }
    }

    @Override
    public void backpropagateInPlace(Matrix a, Matrix delta) {
      float[] as = a.valuesAt(delta.offset());
      float[] ds = delta.values();
      for (int i = delta.offset(); i < delta.offset() + delta.size(); i++) {
        float rest = 1f - Math.abs(as[i]);
        ds[i] *= rest * rest;
      }
    }
  }

  /// `f(z)ᵢ = e^zᵢ / Σⱼ e^zⱼ` over the units of the layer, for the output only.
  record Softmax() implements Activation {

    /// In three passes, since exponentials of all rows together are vectorized.
    @Override
    public void applyInPlace(Matrix z) {
      for (int row = 0; row < z.rows(); row++) {
        shift(z, row);
      }
      exponentiate(z);
      for (int row = 0; row < z.rows(); row++) {
        normalize(z, row);
      }
    }

    /// `z ← z − m` over a row, which changes nothing of the function, and keeps e^z finite.
    ///
    /// @return m, the largest of them
    static float shift(Matrix z, int row) {
      float m = maximum(z, row);
      float[] zs = z.values();
      int from = z.offset(row);
      for (int i = from; i < from + z.columns(); i++) {
        zs[i] -= m;
      }
      return m;
    }

    /// `z ← e^z`.
    static void exponentiate(Matrix z) {
      VectorMath.expInPlace(z.values(), z.offset(), z.size());
    }

    /// `z ← z / Σ z` over a row.
    ///
    /// @return the sum
    static double normalize(Matrix z, int row) {
      float[] zs = z.values();
      int from = z.offset(row);
      int to = from + z.columns();
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
      float[] as = a.valuesAt(delta.offset());
      float[] ds = delta.values();
      for (int row = 0; row < delta.rows(); row++) {
        int from = delta.offset(row);
        int to = from + delta.columns();
        float dot = 0;
        for (int i = from; i < to; i++) {
          dot += ds[i] * as[i];
        }
        for (int i = from; i < to; i++) {
          ds[i] = as[i] * (ds[i] - dot);
        }
      }
    }
  }

  /// `Z ← scale·z` where `z > 0`, else `saturation·(eᶻ − 1)`.
  private static void exponentialLinear(Matrix z, float saturation, float scale) {
    float[] zs = z.values();
    for (int i = z.offset(); i < z.offset() + z.size(); i++) {
      zs[i] = zs[i] > 0f ? scale * zs[i] : saturation * VectorMath.expm1(zs[i]);
    }
  }

  private static void exponentialLinearBack(Matrix a, Matrix delta, float saturation, float scale) {
    float[] as = a.valuesAt(delta.offset());
    float[] ds = delta.values();
    for (int i = delta.offset(); i < delta.offset() + delta.size(); i++) {
      float ai = as[i];
      float above0 = Math.max(0f, Math.signum(ai));
      ds[i] *= above0 * scale + (1f - above0) * (Math.min(0f, ai) + saturation);
    }
  }
}
