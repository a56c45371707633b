package dev.backprop.core.linalg;

/// Products in plain Java: for small matrices, and for all where no native library loads.
public final class PlainBlas implements Blas {

  @Override
  public void multiply(Tile tile, float[] a, float[] b, float[] c) {
    int m = tile.m();
    int n = tile.n();
    int evenM = m & ~1;
    int evenN = n & ~1;
    for (int i = 0; i < evenM; i += 2) {
      for (int j = 0; j < evenN; j += 2) {
        square(tile, i, j, a, b, c);
      }
    }
    for (int i = 0; i < m; i++) {
      for (int j = i < evenM ? evenN : 0; j < n; j++) {
        one(tile, i, j, a, b, c);
      }
    }
  }

  /// `cᵢⱼ ← Σₖ aᵢₖ·bₖⱼ + β·cᵢⱼ` for two rows and two columns at once: each number that is read
  /// serves two products, and four sums do not wait for each other.
  private static void square(Tile tile, int i, int j, float[] a, float[] b, float[] c) {
    int leadingA = tile.leadingA();
    int leadingB = tile.leadingB();
    int stepA = tile.transposeA() ? leadingA : 1;
    int stepB = tile.transposeB() ? 1 : leadingB;
    int rowA = tile.transposeA() ? 1 : leadingA;
    int columnB = tile.transposeB() ? leadingB : 1;
    int a0 = tile.offsetA() + i * rowA;
    int b0 = tile.offsetB() + j * columnB;
    float sum00 = 0;
    float sum01 = 0;
    float sum10 = 0;
    float sum11 = 0;
    for (int k = tile.k(); k > 0; k--) {
      sum00 += a[a0] * b[b0];
      sum01 += a[a0] * b[b0 + columnB];
      sum10 += a[a0 + rowA] * b[b0];
      sum11 += a[a0 + rowA] * b[b0 + columnB];
      a0 += stepA;
      b0 += stepB;
    }
    int c0 = tile.offsetC() + i * tile.leadingC() + j;
    int c1 = c0 + tile.leadingC();
    if (tile.beta() != 0) {
      sum00 += c[c0];
      sum01 += c[c0 + 1];
      sum10 += c[c1];
      sum11 += c[c1 + 1];
    }
    c[c0] = sum00;
    c[c0 + 1] = sum01;
    c[c1] = sum10;
    c[c1 + 1] = sum11;
  }

  /// The same for a last row or column that has no partner.
  private static void one(Tile tile, int i, int j, float[] a, float[] b, float[] c) {
    int stepA = tile.transposeA() ? tile.leadingA() : 1;
    int stepB = tile.transposeB() ? 1 : tile.leadingB();
    int atA = tile.offsetA() + i * (tile.transposeA() ? 1 : tile.leadingA());
    int atB = tile.offsetB() + j * (tile.transposeB() ? tile.leadingB() : 1);
    float sum = 0;
    for (int k = tile.k(); k > 0; k--) {
      sum += a[atA] * b[atB];
      atA += stepA;
      atB += stepB;
    }
    int at = tile.offsetC() + i * tile.leadingC() + j;
    c[at] = tile.beta() == 0 ? sum : sum + c[at];
  }

  @Override
  public boolean multipliesInPlace(long multiplications) {
    return true;
  }

  @Override
  public String description() {
    return "plain Java";
  }
}
