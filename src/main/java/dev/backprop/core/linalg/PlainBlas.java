package dev.backprop.core.linalg;

import java.util.Arrays;

/// Products in plain Java: for small matrices, and for all where no native library loads.
public final class PlainBlas implements Blas {

  @Override
  public void multiply(Tile tile, float[] a, float[] b, float[] c) {
    if (tile.beta() == 0) {
      for (int i = 0; i < tile.m(); i++) {
        int row = tile.offsetC() + i * tile.leadingC();
        Arrays.fill(c, row, row + tile.n(), 0);
      }
    }
    if (tile.transposeB()) {
      addDotProducts(tile, a, b, c);
    } else {
      addScaledRows(tile, a, b, c);
    }
  }

  /// `cᵢ += Σₖ aᵢₖ·bₖ`, a row of C at a time, which the JIT vectorizes along the row.
  private static void addScaledRows(Tile tile, float[] a, float[] b, float[] c) {
    int strideI = tile.transposeA() ? 1 : tile.leadingA();
    int strideK = tile.transposeA() ? tile.leadingA() : 1;
    int n = tile.n();
    for (int i = 0; i < tile.m(); i++) {
      int rowC = tile.offsetC() + i * tile.leadingC();
      for (int k = 0; k < tile.k(); k++) {
        float factor = a[tile.offsetA() + i * strideI + k * strideK];
        int rowB = tile.offsetB() + k * tile.leadingB();
        for (int j = 0; j < n; j++) {
          c[rowC + j] += factor * b[rowB + j];
        }
      }
    }
  }

  /// `cᵢⱼ += aᵢ·bⱼ`, where the rows of B are the columns of `op(B)`.
  private static void addDotProducts(Tile tile, float[] a, float[] b, float[] c) {
    int strideI = tile.transposeA() ? 1 : tile.leadingA();
    int strideK = tile.transposeA() ? tile.leadingA() : 1;
    for (int i = 0; i < tile.m(); i++) {
      int rowA = tile.offsetA() + i * strideI;
      int rowC = tile.offsetC() + i * tile.leadingC();
      for (int j = 0; j < tile.n(); j++) {
        int rowB = tile.offsetB() + j * tile.leadingB();
        float sum = 0;
        for (int k = 0; k < tile.k(); k++) {
          sum += a[rowA + k * strideK] * b[rowB + k];
        }
        c[rowC + j] += sum;
      }
    }
  }

  @Override
  public String description() {
    return "plain Java";
  }
}
