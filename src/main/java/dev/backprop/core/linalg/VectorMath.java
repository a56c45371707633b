package dev.backprop.core.linalg;

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

  private VectorMath() {}

  /// `eˣ` to about one unit in the last place; x is clamped to [−87, 88].
  ///
  /// `x = n·ln 2 + r`, `eˣ = 2ⁿ·eʳ`, `eʳ` by a polynomial of degree 7 (Taylor; |r| ≤ ln 2 / 2).
  static float exp(float x) {
    float clamped = Math.max(SMALLEST_EXPONENT, Math.min(LARGEST_EXPONENT, x));
    float n = (clamped * LOG2_E + ROUNDER) - ROUNDER;
    float r = (clamped - n * LN2_HIGH) - n * LN2_LOW;
    float p = 1f / 5040;
    p = p * r + 1f / 720;
    p = p * r + 1f / 120;
    p = p * r + 1f / 24;
    p = p * r + 1f / 6;
    p = p * r + 0.5f;
    p = p * r * r + r + 1f;
    return p * Float.intBitsToFloat(((int) n + 127) << 23);
  }

  /// `x ← e^(x − shift)` over `count` numbers from `offset` on.
  public static void expInPlace(float[] x, int offset, int count, float shift) {
    for (int i = offset; i < offset + count; i++) {
      x[i] = exp(x[i] - shift);
    }
  }

  /// `x ← 1 / (1 + e⁻ˣ)` over `count` numbers from `offset` on.
  public static void sigmoidInPlace(float[] x, int offset, int count) {
    for (int i = offset; i < offset + count; i++) {
      x[i] = 1f / (1f + exp(-x[i]));
    }
  }

  /// `x ← tanh x` over `count` numbers from `offset` on.
  public static void tanhInPlace(float[] x, int offset, int count) {
    for (int i = offset; i < offset + count; i++) {
      x[i] = tanh(x[i]);
    }
  }

  /// `tanh x = 1 − 2 / (e²ˣ + 1)`, and near 0, where that cancels, its odd polynomial.
  private static float tanh(float x) {
    float z = x * x;
    if (z < 0.0625f) {
      // Taylor to x⁹: the next term is below 1e-8 of x where |x| < 1/4
      float p = 62f / 2835;
      p = p * z - 17f / 315;
      p = p * z + 2f / 15;
      p = p * z - 1f / 3;
      return x + x * z * p;
    }
    return 1f - 2f / (exp(2f * x) + 1f);
  }
}
