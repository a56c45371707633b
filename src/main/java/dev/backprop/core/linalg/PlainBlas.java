package dev.backprop.core.linalg;

import java.util.Arrays;

/// Products in plain Java: for small matrices, and for all where no native library loads.
public final class PlainBlas implements Blas {

  @Override
  public void multiply(Tile tile, float[] a, float[] b, float[] c) {
    int m = tile.m();
    int n = tile.n();
    if (tile.beta() == 0) {
      for (int i = 0; i < m; i++) {
        int row = tile.offsetC() + i * tile.leadingC();
        Arrays.fill(c, row, row + n, 0);
      }
    }
    Steps steps = Steps.of(tile);
    int evenM = m & ~1;
    int evenN = n & ~1;
    for (int i = 0; i < evenM; i += 2) {
      for (int j = 0; j < evenN; j += 2) {
        addSquare(tile, steps, i, j, a, b, c);
      }
    }
    for (int i = 0; i < m; i++) {
      for (int j = i < evenM ? evenN : 0; j < n; j++) {
        addOne(tile, steps, i, j, a, b, c);
      }
    }
  }

  /// The distances in the arrays from one i, j or k to the next.
  private record Steps(int iOfA, int kOfA, int kOfB, int jOfB) {

    static Steps of(Tile tile) {
      int a = tile.leadingA();
      int b = tile.leadingB();
      return new Steps(
          tile.transposeA() ? 1 : a,
          tile.transposeA() ? a : 1,
          tile.transposeB() ? 1 : b,
          tile.transposeB() ? b : 1);
    }
  }

  /// `cᵢⱼ += Σₖ aᵢₖ·bₖⱼ` for two rows and two columns at once: each number that is read serves two
  /// products, and four sums do not wait for each other.
  private static void addSquare(
      Tile tile, Steps steps, int i, int j, float[] a, float[] b, float[] c) {
    int stepA = steps.kOfA();
    int stepB = steps.kOfB();
    int a0 = tile.offsetA() + i * steps.iOfA();
    int a1 = a0 + steps.iOfA();
    int b0 = tile.offsetB() + j * steps.jOfB();
    int b1 = b0 + steps.jOfB();
    float sum00 = 0;
    float sum01 = 0;
    float sum10 = 0;
    float sum11 = 0;
    for (int k = 0; k < tile.k(); k++) {
      sum00 += a[a0] * b[b0];
      sum01 += a[a0] * b[b1];
      sum10 += a[a1] * b[b0];
      sum11 += a[a1] * b[b1];
      a0 += stepA;
      a1 += stepA;
      b0 += stepB;
      b1 += stepB;
    }
    int c0 = tile.offsetC() + i * tile.leadingC() + j;
    int c1 = c0 + tile.leadingC();
    c[c0] += sum00;
    c[c0 + 1] += sum01;
    c[c1] += sum10;
    c[c1 + 1] += sum11;
  }

  /// `cᵢⱼ += Σₖ aᵢₖ·bₖⱼ` for a last row or column that has no partner.
  private static void addOne(
      Tile tile, Steps steps, int i, int j, float[] a, float[] b, float[] c) {
    int rowA = tile.offsetA() + i * steps.iOfA();
    int columnB = tile.offsetB() + j * steps.jOfB();
    float sum = 0;
    for (int k = 0; k < tile.k(); k++) {
      sum += a[rowA + k * steps.kOfA()] * b[columnB + k * steps.kOfB()];
    }
    c[tile.offsetC() + i * tile.leadingC() + j] += sum;
  }

  @Override
  public String description() {
    return "plain Java";
  }
}
