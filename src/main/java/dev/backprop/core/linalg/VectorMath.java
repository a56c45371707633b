package dev.backprop.core.linalg;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Elementary functions over arrays, written so that the JIT compiler vectorizes the loops.
public final class VectorMath {

  private static final float LOG2_E = 1.442695f;
  // ln 2 in two parts, so that x − n·ln 2 loses no digits (Cody and Waite)
  private static final float LN2_HIGH = 0.6933594f;
  private static final float LN2_LOW = -2.1219444e-4f;
  // adding 1.5·2²³ rounds to the nearest whole number
  private static final float ROUNDER = 12582912f;
  private static final float LARGEST_EXPONENT = 88.0f;
  private static final float SMALLEST_EXPONENT = -87.0f;
  private static final float DENSITY_AT_ZERO = 0.3989423f;
  private static final float HALF_ROOT = 0.70710677f;
  // e^(−13²/2) is the last one that exp can tell
  private static final float TAIL = 13f;

  // adding 2⁻⁹⁰ rounds what is far smaller to multiples of 2⁻¹¹³
  private static final float TINY_ROUNDER = 0x1p-90f;

  // for fewer numbers two loops cost more than they save
  private static final int FEW = 64;

  private static final ScopedValue<Memory> MEMORY = ScopedValue.newInstance();

  private VectorMath() {}

  /// What functions of this class need while they work, kept for a thread that calls them again and
  /// again. Without it they make it anew.
  public static final class Memory {

    private final Exponentials exponentials = new Exponentials();

    /// Does something on this thread with this memory, which must be in use by no other.
    public <T extends @Nullable Object> T keepFor(Supplier<T> work) {
      return ScopedValue.where(MEMORY, this).call(work::get);
    }
  }

  /// `eˣ` to about one unit in the last place; x is clamped to [−87, 88].
  ///
  /// `x = n·ln 2 + r`, `eˣ = 2ⁿ·eʳ`, `eʳ` by a polynomial of degree 7 (Taylor; |r| ≤ ln 2 / 2).
  static float exp(float x) {
    float clamped = Math.max(SMALLEST_EXPONENT, Math.min(LARGEST_EXPONENT, x));
    float n = (clamped * LOG2_E + ROUNDER) - ROUNDER;
    return (expm1OfRest(clamped, n) + 1f) * powerOfTwo(n);
  }

  /// `eˣ − 1` to about two units in the last place, near 0 too; x is clamped to [−87, 88].
  public static float expm1(float x) {
    float clamped = Math.max(SMALLEST_EXPONENT, Math.min(LARGEST_EXPONENT, x));
    float n = (clamped * LOG2_E + ROUNDER) - ROUNDER;
    float power = powerOfTwo(n);
    return power * expm1OfRest(clamped, n) + (power - 1f);
  }

  /// `eʳ − 1` with `r = x − n·ln 2`.
  private static float expm1OfRest(float x, float n) {
    float r = (x - n * LN2_HIGH) - n * LN2_LOW;
    float p = 1f / 5040;
    p = p * r + 1f / 720;
    p = p * r + 1f / 120;
    p = p * r + 1f / 24;
    p = p * r + 1f / 6;
    p = p * r + 0.5f;
    return p * r * r + r;
  }

  private static float powerOfTwo(float n) {
    return Float.intBitsToFloat(((int) n + 127) << 23);
  }

  /// x to within a unit in the last place, but to multiples of 2⁻¹¹³, some 1e-34, where it is below
  /// 2⁻⁹⁰.
  ///
  /// A running mean of what has become 0 would decay to subnormal numbers and stay there, and
  /// arithmetic with those takes several times as long.
  public static float withoutSubnormals(float x) {
    return (x + TINY_ROUNDER) - TINY_ROUNDER;
  }

  /// `1 / (1 + e⁻ˣ)`.
  public static float sigmoid(float x) {
    return 1f / (1f + exp(-x));
  }

  /// `ln(1 + eˣ) = max(x, 0) + ln(1 + e^−|x|)`, which neither overflows nor cancels.
  public static float softplus(float x) {
    return Math.max(x, 0f) + log1pOfFraction(exp(-Math.abs(x)));
  }

  /// `ln(1 + t) = 2·artanh(t / (2 + t))` for t from 0 to 1, by its odd polynomial (Taylor; the
  /// argument is at most 1/3).
  private static float log1pOfFraction(float t) {
    float s = t / (2f + t);
    float z = s * s;
    float p = 1f / 15;
    p = p * z + 1f / 13;
    p = p * z + 1f / 11;
    p = p * z + 1f / 9;
    p = p * z + 1f / 7;
    p = p * z + 1f / 5;
    p = p * z + 1f / 3;
    return 2f * (s + s * z * p);
  }

  /// The density of the standard normal distribution, `φ(x) = e^(−x²/2) / √(2π)`.
  public static float normalDensity(float x) {
    return DENSITY_AT_ZERO * expOfHalfSquare(x);
  }

  /// The standard normal distribution, `Φ(x) = (1 + erf(x/√2)) / 2`, with relative accuracy in the
  /// lower tail too.
  ///
  /// For u = |x|/√2, `erfc u = e^(−u²)·t·P(t)` with `t = 1 / (1 + 0.35·u)` and P the polynomial of
  /// degree 9 whose largest relative error for u in [0, 10] is least: 7e-9.
  public static float normalDistribution(float x) {
    float u = Math.min(Math.abs(x), TAIL) * HALF_ROOT;
    float t = 1f / (1f + 0.35f * u);
    float p = 0.038397923f;
    p = p * t - 0.15891168f;
    p = p * t + 0.18142284f;
    p = p * t - 0.02765506f;
    p = p * t + 0.086976856f;
    p = p * t + 0.1460648f;
    p = p * t + 0.15117827f;
    p = p * t + 0.1879041f;
    p = p * t + 0.19713815f;
    p = p * t + 0.1974838f;
    float upper = 0.5f * expOfHalfSquare(x) * t * p;
    return x > 0f ? 1f - upper : upper;
  }

  /// `e^(−x²/2)`, with the part of x² that a 32-bit float cannot hold put back. Beyond ±[#TAIL] it
  /// stays what it is there.
  private static float expOfHalfSquare(float x) {
    float clamped = Math.max(-TAIL, Math.min(TAIL, x));
    double exact = -0.5 * clamped * clamped;
    float rounded = (float) exact;
    return exp(rounded) * (1f + (float) (exact - rounded));
  }

  /// `x ← eˣ` over `count` numbers from `offset` on.
  public static void expInPlace(float[] x, int offset, int count) {
    if (count < FEW) {
      for (int i = offset; i < offset + count; i++) {
        x[i] = exp(x[i]);
      }
      return;
    }
    Exponentials e = Exponentials.ofThread();
    for (int from = offset; from < offset + count; from += Exponentials.SIZE) {
      int size = Math.min(Exponentials.SIZE, offset + count - from);
      System.arraycopy(e.of(x, from, size, 1f), 0, x, from, size);
    }
  }

  /// `x ← 1 / (1 + e⁻ˣ)` over `count` numbers from `offset` on.
  public static void sigmoidInPlace(float[] x, int offset, int count) {
    if (count < FEW) {
      for (int i = offset; i < offset + count; i++) {
        x[i] = sigmoid(x[i]);
      }
      return;
    }
    Exponentials e = Exponentials.ofThread();
    for (int from = offset; from < offset + count; from += Exponentials.SIZE) {
      int size = Math.min(Exponentials.SIZE, offset + count - from);
      float[] powers = e.of(x, from, size, -1f);
      for (int i = 0; i < size; i++) {
        powers[i] = 1f / (1f + powers[i]);
      }
      System.arraycopy(powers, 0, x, from, size);
    }
  }

  /// `x ← tanh x` over `count` numbers from `offset` on.
  public static void tanhInPlace(float[] x, int offset, int count) {
    if (count < FEW) {
      for (int i = offset; i < offset + count; i++) {
        x[i] = tanh(x[i], exp(2f * x[i]));
      }
      return;
    }
    Exponentials e = Exponentials.ofThread();
    for (int from = offset; from < offset + count; from += Exponentials.SIZE) {
      int size = Math.min(Exponentials.SIZE, offset + count - from);
      float[] powers = e.of(x, from, size, 2f);
      float[] given = e.given;
      System.arraycopy(x, from, given, 0, size);
      for (int i = 0; i < size; i++) {
        powers[i] = tanh(given[i], powers[i]);
      }
      System.arraycopy(powers, 0, x, from, size);
    }
  }

  /// `tanh x = 1 − 2 / (e²ˣ + 1)`, and near 0, where that cancels, its odd polynomial.
  ///
  /// @param power e²ˣ
  private static float tanh(float x, float power) {
    float z = x * x;
    // Taylor to x⁹: the next term is below 1e-8 of x where |x| < 1/4
    float p = 62f / 2835;
    p = p * z - 17f / 315;
    p = p * z + 2f / 15;
    p = p * z - 1f / 3;
    float near0 = x + x * z * p;
    float far = 1f - 2f / (power + 1f);
    return z < 0.0625f ? near0 : far;
  }

  /// eˣ of a few numbers at a time, in two loops: the JIT compiler vectorizes the polynomial, but
  /// not what makes a float of its bits.
  private static final class Exponentials {

    static final int SIZE = 256;

    private final float[] powers = new float[SIZE];
    private final int[] bits = new int[SIZE];
    private final float[] given = new float[SIZE];

    static Exponentials ofThread() {
      return MEMORY.isBound() ? MEMORY.get().exponentials : new Exponentials();
    }

    /// `e^(factor·x)`, overwritten by the next call.
    float[] of(float[] x, int from, int size, float factor) {
      float[] p = powers;
      int[] b = bits;
      System.arraycopy(x, from, p, 0, size);
      for (int i = 0; i < size; i++) {
        float clamped = Math.max(SMALLEST_EXPONENT, Math.min(LARGEST_EXPONENT, factor * p[i]));
        float n = (clamped * LOG2_E + ROUNDER) - ROUNDER;
        p[i] = expm1OfRest(clamped, n) + 1f;
        b[i] = ((int) n + 127) << 23;
      }
      for (int i = 0; i < size; i++) {
        p[i] *= Float.intBitsToFloat(b[i]);
      }
      return p;
    }
  }
}
