package dev.backprop.core.linalg;

/// Prepares matrix products, cut into tiles that several threads may share.
///
/// The borders of the tiles depend on the shapes alone, and one thread adds all summands of a tile
/// in order, so that the numbers depend on neither the threads nor the time.
public final class Products {

  /// Up to so many multiplications plain loops are faster than a native call (measured).
  static final long SMALL = 48;

  /// Up to so many multiplications a product is one call.
  private static final long WHOLE = 500_000;

  /// So many numbers of C OpenBLAS multiplies where they lie if B is transposed, see
  /// [Tiling#inPlace].
  private static final int WHOLE_TRANSPOSED = 1024;

  /// For fewer summands its other form for a transposed B is faster (measured).
  private static final int SUMMANDS_TRANSPOSED = 64;

  /// From so many multiplications on, some 50 µs, it pays to call other threads.
  private static final long WORTH_SHARING = 2_000_000;

  private final Blas blas;
  private final Workers workers;
  private final Blas small = new PlainBlas();

  /// Products by the given library, on the calling thread alone.
  public Products(Blas blas) {
    this(blas, Workers.INLINE);
  }

  private Products(Blas blas, Workers workers) {
    this.blas = blas;
    this.workers = workers;
  }

  /// The same products by other workers: the same numbers, bit for bit.
  public Products sharedAmong(Workers others) {
    return new Products(blas, others);
  }

  /// Who computes them.
  public Workers workers() {
    return workers;
  }

  /// `C ← A·B` with A: m×k, B: k×n, C: m×n.
  ///
  /// @throws IllegalArgumentException if the shapes do not fit
  public Product plain(Matrix a, Matrix b, Matrix c) {
    check(a.rows(), a.columns(), b.rows(), b.columns(), a, b, c);
    return product(false, false, 0, a, b, c);
  }

  /// `C ← A·B + C` with A: m×k, B: k×n, C: m×n.
  ///
  /// @throws IllegalArgumentException if the shapes do not fit
  public Product added(Matrix a, Matrix b, Matrix c) {
    check(a.rows(), a.columns(), b.rows(), b.columns(), a, b, c);
    return product(false, false, 1, a, b, c);
  }

  /// `C ← Aᵀ·B` with A: k×m, B: k×n, C: m×n.
  ///
  /// @throws IllegalArgumentException if the shapes do not fit
  public Product transposedByPlain(Matrix a, Matrix b, Matrix c) {
    check(a.columns(), a.rows(), b.rows(), b.columns(), a, b, c);
    return product(true, false, 0, a, b, c);
  }

  /// `C ← A·Bᵀ` with A: m×k, B: n×k, C: m×n.
  ///
  /// @throws IllegalArgumentException if the shapes do not fit
  public Product plainByTransposed(Matrix a, Matrix b, Matrix c) {
    check(a.rows(), a.columns(), b.columns(), b.rows(), a, b, c);
    int k = a.columns();
    if ((long) c.size() * k > SMALL && blas.copiesTransposed(c.rows(), c.columns(), k)) {
      Matrix transposed = new Matrix(k, b.rows());
      Product copy = blas.transposition(b, transposed);
      Product product = product(false, false, 0, a, transposed, c);
      return () -> {
        copy.compute();
        product.compute();
      };
    }
    return product(false, true, 0, a, b, c);
  }

  private static void check(int m, int k, int kOfB, int n, Matrix a, Matrix b, Matrix c) {
    if (k != kOfB || c.rows() != m || c.columns() != n) {
      throw new IllegalArgumentException(
          "the product of %s and %s does not fit into %s".formatted(a, b, c));
    }
  }

  private Product product(
      boolean transposeA, boolean transposeB, float beta, Matrix a, Matrix b, Matrix c) {
    Operands operands = new Operands(transposeA, transposeB, beta, a, b, c);
    int k = transposeA ? a.rows() : a.columns();
    long multiplications = (long) c.rows() * c.columns() * k;
    if (multiplications <= SMALL) {
      return operands.tile(small, 0, 0, 0, c.rows(), c.columns(), k);
    }
    return multiplications <= WHOLE && !isBetterCut(transposeB, c.size(), k)
        ? operands.tile(blas, 0, 0, 0, c.rows(), c.columns(), k)
        : new TiledProduct(
            tiles(operands, k, multiplications),
            multiplications < WORTH_SHARING ? Workers.INLINE : workers);
  }

  private boolean isBetterCut(boolean transposeB, int size, int k) {
    return transposeB
        && size > WHOLE_TRANSPOSED
        && k >= SUMMANDS_TRANSPOSED
        && blas.multipliesInPlace((long) size * k);
  }

  private Product[][] tiles(Operands operands, int k, long multiplications) {
    int m = operands.c().rows();
    int n = operands.c().columns();
    Tiling tiling = tiling(operands, m, n, k, multiplications);
    Product[][] tiles = new Product[tiling.tiles(m, n)][];
    for (int tile = 0; tile < tiles.length; tile++) {
      int i = tiling.row(tile, n);
      int j = tiling.column(tile, n);
      int rows = Math.min(tiling.rows(), m - i);
      int columns = Math.min(tiling.columns(), n - j);
      tiles[tile] = new Product[Math.max(1, Math.ceilDiv(k, tiling.summands()))];
      for (int part = 0; part < tiles[tile].length; part++) {
        int l = part * tiling.summands();
        tiles[tile][part] =
            operands.tile(blas, i, j, l, rows, columns, Math.min(tiling.summands(), k - l));
      }
    }
    return tiles;
  }

  private Tiling tiling(Operands operands, int m, int n, int k, long multiplications) {
    if (!blas.multipliesInPlace(multiplications)) {
      return Tiling.copied(m, n, k);
    }
    boolean plain = !operands.transposeA() && !operands.transposeB();
    return plain && blas.outpacesMemory() && n <= Tiling.WIDEST_PANELS
        ? Tiling.panels(m, n, k)
        : Tiling.inPlace(operands.transposeB(), m, n, k);
  }

  /// `C ← op(A)·op(B) + β·C`.
  private record Operands(
      boolean transposeA, boolean transposeB, float beta, Matrix a, Matrix b, Matrix c) {

    /// Adds `summands` products from `l` on to each number of a tile of C that begins at (i, j).
    Product tile(Blas by, int i, int j, int l, int rows, int columns, int summands) {
      return by.product(
          new Blas.Tile(
              transposeA,
              transposeB,
              rows,
              columns,
              summands,
              a.offset() + (transposeA ? l * a.columns() + i : i * a.columns() + l),
              a.columns(),
              b.offset() + (transposeB ? j * b.columns() + l : l * b.columns() + j),
              b.columns(),
              l == 0 ? beta : 1,
              c.offset(i) + j,
              c.columns()),
          a.values(),
          b.values(),
          c.values());
    }
  }

  /// Name and version of the library in use.
  public String description() {
    return blas.description();
  }
}
