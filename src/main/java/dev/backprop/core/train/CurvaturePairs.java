package dev.backprop.core.train;

/// The last few steps `s = θₖ₊₁ − θₖ` with the changes of the gradient `y = gₖ₊₁ − gₖ` that they
/// brought: all that L-BFGS knows of the curvature. Sums are made in 64 bits.
final class CurvaturePairs {

  /// A cosine between s and y that 24 bits tell from 0.
  private static final double LEAST_COSINE = 0x1p-23;

  private final float[][] s;
  private final float[][] y;
  private final double[] sy;
  private final double[] alpha;
  private int first;
  private int count;

  CurvaturePairs(int memory, int parameters) {
    s = new float[memory][parameters];
    y = new float[memory][parameters];
    sy = new double[memory];
    alpha = new double[memory];
  }

  boolean isEmpty() {
    return count == 0;
  }

  void clear() {
    count = 0;
  }

  /// Keeps the pair of two points in place of the oldest, if the objective curves upwards between
  /// them; without that the direction might not descend.
  void add(float[] oldTheta, float[] oldGradient, float[] theta, float[] gradient) {
    int slot = (first + count) % s.length;
    if (count == s.length) {
      // the oldest pair is lost even if the new one is of no use: there is room for no more
      first = (first + 1) % s.length;
      count--;
    }
    float[] step = s[slot];
    float[] change = y[slot];
    for (int i = 0; i < theta.length; i++) {
      step[i] = theta[i] - oldTheta[i];
      change[i] = gradient[i] - oldGradient[i];
    }
    sy[slot] = dot(step, change);
    double lengths = Math.sqrt(dot(step, step)) * Math.sqrt(dot(change, change));
    if (sy[slot] > LEAST_COSINE * lengths) {
      count++;
    }
  }

  /// `d ← −H·g`, by the two loops of algorithm 7.4, with `H⁰ = sᵀy / yᵀy` of the newest pair
  /// (7.20).
  void direct(float[] gradient, float[] d) {
    for (int i = 0; i < d.length; i++) {
      d[i] = -gradient[i];
    }
    for (int age = 0; age < count; age++) {
      int slot = slot(age);
      alpha[slot] = dot(s[slot], d) / sy[slot];
      add(-alpha[slot], y[slot], d);
    }
    if (count > 0) {
      int newest = slot(0);
      float scale = (float) (sy[newest] / dot(y[newest], y[newest]));
      for (int i = 0; i < d.length; i++) {
        d[i] *= scale;
      }
    }
    for (int age = count - 1; age >= 0; age--) {
      int slot = slot(age);
      add(alpha[slot] - dot(y[slot], d) / sy[slot], s[slot], d);
    }
  }

  private int slot(int age) {
    return (first + count - 1 - age) % s.length;
  }

  /// `Σ aᵢ·bᵢ`.
  static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  /// `b ← b + c·a`.
  private static void add(double c, float[] a, float[] b) {
    for (int i = 0; i < a.length; i++) {
      b[i] = (float) (b[i] + c * a[i]);
    }
  }
}
