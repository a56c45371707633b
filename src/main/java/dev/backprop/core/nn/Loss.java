package dev.backprop.core.nn;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.VectorMath;
import org.jspecify.annotations.Nullable;

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
  default double applyInPlace(Activation f, Matrix z, Matrix y) {
    return applyInPlace(f, z, y, null);
  }

  /// `Z ← A = f(Z)` and `L = Σ wᵢ·ℓᵢ / n`, with ℓᵢ the loss of a row alone.
  ///
  /// @param f the output activation
  /// @param z sums of the output layer on entry, outputs on return, n × k
  /// @param y targets, n × k
  /// @param w weight of each row, n × 1; null where all are 1
  /// @return L
  double applyInPlace(Activation f, Matrix z, Matrix y, @Nullable Matrix w);

  /// `Δ ← ∂L/∂Z`.
  ///
  /// @param f the output activation
  /// @param a outputs, n × k
  /// @param y targets, n × k
  /// @param delta receives δ, n × k
  void delta(Activation f, Matrix a, Matrix y, Matrix delta);

  /// `Δ ← ∂L/∂Z` of the weighted L: row i of δ times wᵢ.
  ///
  /// @param f the output activation
  /// @param a outputs, n × k
  /// @param y targets, n × k
  /// @param w weight of each row, n × 1; null where all are 1
  /// @param delta receives δ, n × k
  default void delta(Activation f, Matrix a, Matrix y, @Nullable Matrix w, Matrix delta) {
    delta(f, a, y, delta);
    if (w == null) {
      return;
    }
    float[] ds = delta.values();
    for (int row = 0; row < delta.rows(); row++) {
      float weight = w.get(row, 0);
      for (int i = delta.offset(row); i < delta.offset(row) + delta.columns(); i++) {
        ds[i] *= weight;
      }
    }
  }

  /// Whether the loss can be used behind this output activation.
  boolean fits(Activation f);

  /// What an output is compared with to decide for its class or label.
  default float threshold() {
    return 0.5f;
  }

  /// A mean over rows and outputs of what each output and its target come to.
  sealed interface OfEach extends Loss {

    /// `Σ l` over numbers of N from the place `from` to before `to`.
    ///
    /// @param n outputs, or sums where [#isOfSums]
    /// @param y targets of the same shape
    double sum(Matrix n, Matrix y, int from, int to);

    /// Whether it is computed from Z, where it is exact, not from A.
    default boolean isOfSums() {
      return false;
    }

    @Override
    default double applyInPlace(Activation f, Matrix z, Matrix y, @Nullable Matrix w) {
      if (isOfSums()) {
        double mean = mean(z, y, w);
        f.applyInPlace(z);
        return mean;
      }
      f.applyInPlace(z);
      return mean(z, y, w);
    }

    private double mean(Matrix n, Matrix y, @Nullable Matrix w) {
      if (w == null) {
        return sum(n, y, n.offset(), n.offset() + n.size()) / n.size();
      }
      double sum = 0;
      for (int row = 0; row < n.rows(); row++) {
        sum += w.get(row, 0) * sum(n, y, n.offset(row), n.offset(row) + n.columns());
      }
      return sum / n.size();
    }
  }

  /// A mean over rows and outputs of a function of the error e = a − y, for any output.
  sealed interface OfError extends OfEach {

    /// l(e).
    double value(double error);

    /// l′(e); where l has a kink, 0.
    float slope(float error);

    @Override
    default double sum(Matrix a, Matrix y, int from, int to) {
      float[] as = a.values();
      float[] ys = y.values();
      int shift = y.offset() - a.offset();
      double sum = 0;
      for (int i = from; i < to; i++) {
        sum += value(as[i] - ys[i + shift]);
      }
      return sum;
    }

    @Override
    default void delta(Activation f, Matrix a, Matrix y, Matrix delta) {
      float[] ds = delta.values();
      difference(a, y, 1f, delta);
      float scale = 1f / a.size();
      for (int i = delta.offset(); i < delta.offset() + delta.size(); i++) {
        ds[i] = scale * slope(ds[i]);
      }
      f.backpropagateInPlace(a, delta);
    }

    @Override
    default boolean fits(Activation f) {
      return !f.needsSums();
    }
  }

  /// `L = Σ (a − y)² / (n·k)`.
  record MeanSquaredError() implements OfError {

    @Override
    public double value(double error) {
      return error * error;
    }

    @Override
    public float slope(float error) {
      return 2 * error;
    }
  }

  /// `L = Σ |a − y| / (n·k)`, which outliers pull less than squares.
  record MeanAbsoluteError() implements OfError {

    @Override
    public double value(double error) {
      return Math.abs(error);
    }

    @Override
    public float slope(float error) {
      return Math.signum(error);
    }
  }

  /// `l(e) = e²/2` where `|e| ≤ delta`, else `delta·(|e| − delta/2)`; `l′(e)` is e cut off at
  /// ±delta.
  ///
  /// Huber: Robust Estimation of a Location Parameter, 1964.
  ///
  /// @param delta the error from which on the loss is no longer a square, 1e-6 to 1e6
  record Huber(double delta) implements OfError {

    /// Delta where none is given.
    public static final double DEFAULT_DELTA = 1;

    /// Checks delta.
    ///
    /// @throws IllegalArgumentException if it is out of range
    public Huber {
      if (!(delta >= 1e-6 && delta <= 1e6)) {
        throw new IllegalArgumentException("delta must be from 1e-6 to 1e6, not " + delta);
      }
    }

    @Override
    public double value(double error) {
      double size = Math.abs(error);
      return size <= delta ? size * size / 2 : delta * (size - delta / 2);
    }

    @Override
    public float slope(float error) {
      float d = (float) delta;
      return Math.max(-d, Math.min(d, error));
    }
  }

  /// `l(e) = ln cosh e`, computed as `|e| + ln(1 + e^−2|e|) − ln 2`, which does not overflow;
  /// `l′(e) = tanh e`.
  record LogCosh() implements OfError {

    @Override
    public double value(double error) {
      double size = Math.abs(error);
      return size + Math.log1p(Math.exp(-2 * size)) - Math.log(2);
    }

    @Override
    public float slope(float error) {
      return (float) Math.tanh(error);
    }
  }

  /// `l(e) = (1 − q)·e` where `e > 0`, else `−q·e`: least at the q-quantile of the targets. The
  /// default is half the absolute error, least at the median.
  ///
  /// Koenker, Bassett: Regression Quantiles, Econometrica 46, 1978.
  ///
  /// @param q the share of targets that is to lie below the output, above 0 and below 1
  record Quantile(double q) implements OfError {

    /// The median.
    public static final double DEFAULT_Q = 0.5;

    /// Checks q.
    ///
    /// @throws IllegalArgumentException if it is not between 0 and 1
    public Quantile {
      if (!(q > 0 && q < 1)) {
        throw new IllegalArgumentException("q must be above 0 and below 1, not " + q);
      }
    }

    @Override
    public double value(double error) {
      return error > 0 ? (1 - q) * error : -q * error;
    }

    @Override
    public float slope(float error) {
      if (error == 0 || Float.isNaN(error)) {
        return error;
      }
      return (float) (error > 0 ? 1 - q : -q);
    }
  }

  /// `L = Σ (a − y·ln a) / (n·k)`, behind softplus, for counts: a Poisson distribution's mean is a.
  /// It is −ln of the probability, without what does not depend on a, and so may be below 0.
  ///
  /// `δ = (a − y)·(1 − e⁻ᵃ)/a / (n·k)`, whose fraction is at most 1 and stays exact where a is
  /// close to 0.
  record Poisson() implements OfEach {

    @Override
    public double sum(Matrix a, Matrix y, int from, int to) {
      float[] as = a.values();
      float[] ys = y.values();
      int shift = y.offset() - a.offset();
      double sum = 0;
      for (int i = from; i < to; i++) {
        sum += as[i] - ys[i + shift] * Math.log(as[i]);
      }
      return sum;
    }

    @Override
    public void delta(Activation f, Matrix a, Matrix y, Matrix delta) {
      difference(a, y, 1f / a.size(), delta);
      float[] as = a.values();
      float[] ds = delta.values();
      int shift = a.offset() - delta.offset();
      for (int i = delta.offset(); i < delta.offset() + delta.size(); i++) {
        float ai = as[i + shift];
        ds[i] *= -VectorMath.expm1(-ai) / ai;
      }
    }

    @Override
    public boolean fits(Activation f) {
      return f instanceof Activation.Softplus;
    }
  }

  /// `L = Σ max(0, 1 − t·a) / (n·k)` with `t = 2y − 1`, so that targets of 0 and 1 are −1 and 1;
  /// the sign of the output decides. `∂L/∂a = −t / (n·k)` where `t·a < 1`, else 0.
  ///
  /// Cortes, Vapnik: Support-Vector Networks, Machine Learning 20, 1995.
  record Hinge() implements OfEach {

    @Override
    public double sum(Matrix a, Matrix y, int from, int to) {
      float[] as = a.values();
      float[] ys = y.values();
      int shift = y.offset() - a.offset();
      double sum = 0;
      for (int i = from; i < to; i++) {
        sum += Math.max(0, 1 - (2.0 * ys[i + shift] - 1) * as[i]);
      }
      return sum;
    }

    @Override
    public void delta(Activation f, Matrix a, Matrix y, Matrix delta) {
      float[] as = a.values();
      float[] ys = y.values();
      float[] ds = delta.values();
      int shiftA = a.offset() - delta.offset();
      int shiftY = y.offset() - delta.offset();
      float scale = 1f / a.size();
      for (int i = delta.offset(); i < delta.offset() + delta.size(); i++) {
        float t = 2f * ys[i + shiftY] - 1f;
        ds[i] = t * as[i + shiftA] < 1f ? -scale * t : 0f;
      }
      f.backpropagateInPlace(a, delta);
    }

    @Override
    public boolean fits(Activation f) {
      return f instanceof Activation.Linear || f instanceof Activation.Tanh;
    }

    @Override
    public float threshold() {
      return 0;
    }
  }

  /// `L = −Σ (y·ln a + (1 − y)·ln(1 − a)) / (n·k)`, behind sigmoid, for each output by itself.
  ///
  /// From z it is `max(z, 0) − z·y + ln(1 + e^−|z|)`, which is finite for every z.
  record BinaryCrossEntropy() implements OfEach {

    @Override
    public double sum(Matrix z, Matrix y, int from, int to) {
      float[] zs = z.values();
      float[] ys = y.values();
      int shift = y.offset() - z.offset();
      double sum = 0;
      for (int i = from; i < to; i++) {
        double zi = zs[i];
        sum += Math.max(zi, 0) - zi * ys[i + shift] + Math.log1p(Math.exp(-Math.abs(zi)));
      }
      return sum;
    }

    @Override
    public boolean isOfSums() {
      return true;
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

  /// `L = −Σ y′·ln a / n` with `y′ = (1 − s)·y + s/k`, behind softmax, for targets that sum to 1 in
  /// each row.
  ///
  /// From z it is `ln Σⱼ e^zⱼ − Σ y′·z`, which is finite for every z; `δ = (a − y′)/n`. Smoothed
  /// labels: Szegedy, Vanhoucke, Ioffe, Shlens, Wojna: Rethinking the Inception Architecture for
  /// Computer Vision, CVPR 2016, arXiv:1512.00567.
  ///
  /// @param labelSmoothing s, the share of each target that all classes get alike, 0 to below 1
  record CategoricalCrossEntropy(double labelSmoothing) implements Loss {

    /// No smoothing.
    public static final double DEFAULT_LABEL_SMOOTHING = 0;

    /// Checks the smoothing.
    ///
    /// @throws IllegalArgumentException if it is out of range
    public CategoricalCrossEntropy {
      if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
        throw new IllegalArgumentException(
            "labelSmoothing must be from 0 to below 1, not " + labelSmoothing);
      }
    }

    /// The loss of the targets as they are.
    public CategoricalCrossEntropy() {
      this(DEFAULT_LABEL_SMOOTHING);
    }

    @Override
    public double applyInPlace(Activation f, Matrix z, Matrix y, @Nullable Matrix w) {
      double sum = 0;
      for (int row = 0; row < z.rows(); row++) {
        double agreement = agreement(z, y, row);
        sum += weight(w, row) * (Activation.Softmax.shift(z, row) - agreement);
      }
      Activation.Softmax.exponentiate(z);
      for (int row = 0; row < z.rows(); row++) {
        sum += weight(w, row) * Math.log(Activation.Softmax.normalize(z, row));
      }
      return sum / z.rows();
    }

    private static float weight(@Nullable Matrix w, int row) {
      return w == null ? 1 : w.get(row, 0);
    }

    /// `Σ y′·z` of a row.
    private double agreement(Matrix z, Matrix y, int row) {
      float[] zs = z.values();
      float[] ys = y.values();
      double share = labelSmoothing / z.columns();
      int from = z.offset(row);
      int shift = y.offset(row) - from;
      double sum = 0;
      for (int i = from; i < from + z.columns(); i++) {
        sum += ((1 - labelSmoothing) * ys[i + shift] + share) * zs[i];
      }
      return sum;
    }

    @Override
    public void delta(Activation f, Matrix a, Matrix y, Matrix delta) {
      float[] as = a.values();
      float[] ys = y.values();
      float[] ds = delta.values();
      int shiftA = a.offset() - delta.offset();
      int shiftY = y.offset() - delta.offset();
      float scale = 1f / a.rows();
      float rest = (float) (1 - labelSmoothing);
      float share = (float) (labelSmoothing / a.columns());
      for (int i = delta.offset(); i < delta.offset() + delta.size(); i++) {
        ds[i] = scale * (as[i + shiftA] - (rest * ys[i + shiftY] + share));
      }
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
