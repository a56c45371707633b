package dev.backprop.core.linalg;

/// Matrix products, cut into tiles.
///
/// The borders of the tiles depend on the shapes alone, so that the numbers do too.
public final class Products {

  /// Up to so many multiplications plain loops are faster than a native call (measured).
  static final long SMALL = 48;

  /// Multiplications of one tile: about half a millisecond at 100 GFLOP/s.
  private static final long TILE = 25_000_000;

  private static final int TILE_COLUMNS = 256;
  private static final int TILE_ROWS = 64;

  private final Blas blas;
  private final Blas small = new PlainBlas();

  /// Products by the given library.
  public Products(Blas blas) {
    this.blas = blas;
  }

  /// `C ← A·B` with A: m×k, B: k×n, C: m×n.
  ///
  /// @throws IllegalArgumentException if the shapes do not fit
  public void multiply(Matrix a, Matrix b, Matrix c) {
    check(a.rows(), a.columns(), b.rows(), b.columns(), a, b, c);
    tiles(false, false, a.columns(), a, b, c);
  }

  /// `C ← Aᵀ·B` with A: k×m, B: k×n, C: m×n.
  ///
  /// @throws IllegalArgumentException if the shapes do not fit
  public void multiplyTransposedByPlain(Matrix a, Matrix b, Matrix c) {
    check(a.columns(), a.rows(), b.rows(), b.columns(), a, b, c);
    tiles(true, false, a.rows(), a, b, c);
  }

  /// `C ← A·Bᵀ` with A: m×k, B: n×k, C: m×n.
  ///
  /// @throws IllegalArgumentException if the shapes do not fit
  public void multiplyPlainByTransposed(Matrix a, Matrix b, Matrix c) {
    check(a.rows(), a.columns(), b.columns(), b.rows(), a, b, c);
    tiles(false, true, a.columns(), a, b, c);
  }

  private static void check(int m, int k, int kOfB, int n, Matrix a, Matrix b, Matrix c) {
    if (k != kOfB || c.rows() != m || c.columns() != n) {
      throw new IllegalArgumentException(
          "the product of %s and %s does not fit into %s".formatted(a, b, c));
    }
  }

  private void tiles(boolean transposeA, boolean transposeB, int k, Matrix a, Matrix b, Matrix c) {
    int m = c.rows();
    int n = c.columns();
    Blas tileBlas = (long) m * n * k <= SMALL ? small : blas;
    int stepN = even(n, TILE_COLUMNS);
    int stepK = even(k, (int) (TILE / ((long) stepN * TILE_ROWS)));
    int stepM = even(m, (int) Math.max(TILE_ROWS, TILE / ((long) stepN * stepK)));
    for (int i = 0; i < m; i += stepM) {
      for (int j = 0; j < n; j += stepN) {
        for (int l = 0; l == 0 || l < k; l += stepK) {
          tileBlas.multiply(
              new Blas.Tile(
                  transposeA,
                  transposeB,
                  Math.min(stepM, m - i),
                  Math.min(stepN, n - j),
                  Math.min(stepK, k - l),
                  a.offset() + (transposeA ? l * a.columns() + i : i * a.columns() + l),
                  a.columns(),
                  b.offset() + (transposeB ? j * b.columns() + l : l * b.columns() + j),
                  b.columns(),
                  l == 0 ? 0 : 1,
                  c.offset(i) + j,
                  n),
              a.values(),
              b.values(),
              c.values());
        }
      }
    }
  }

  /// The size of equal parts of at most `limit`, in whole vectors of 16, so that none is tiny.
  private static int even(int size, int limit) {
    if (size <= limit) {
      return Math.max(1, size);
    }
    int parts = Math.ceilDiv(size, limit);
    return Math.min(limit, Math.ceilDiv(Math.ceilDiv(size, parts), 16) * 16);
  }

  /// Name and version of the library in use.
  public String description() {
    return blas.description();
  }
}
