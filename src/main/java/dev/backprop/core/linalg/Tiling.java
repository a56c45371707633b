package dev.backprop.core.linalg;

/// How a product is cut: the size of its tiles, all but the last of a row or column of them alike.
///
/// A library copies the parts of A and B that a tile needs, so C is cut across its longer side,
/// which repeats the fewest copies. Small products are copied nowhere (see [#UNCOPIED]).
///
/// @param rows of C in a tile
/// @param columns of C in a tile
/// @param summands that are added at a time
record Tiling(int rows, int columns, int summands) {

  /// Multiplications of a call of the library: about half a millisecond at 100 GFLOP/s, for which
  /// the garbage collector waits.
  private static final long LONGEST_CALL = 25_000_000;

  /// Multiplications up to which OpenBLAS has kernels that copy nothing, where the processor has
  /// AVX-512. With few rows or columns the copies take as long as a third of the product.
  private static final long UNCOPIED = 1_000_000;

  /// Up to so many rows or columns of a tile the copies matter.
  private static final int FEW = 64;

  /// Tiles with fewer multiplications are not worth a thread of their own.
  private static final long LEAST = 1_500_000;

  private static final int SIDE = 256;

  /// As many tiles as threads are usual; larger products have more.
  private static final int ENOUGH = 4;

  /// How a product of m × k by k × n is cut.
  static Tiling of(int m, int n, int k) {
    int columns = even(n, SIDE);
    long rowsOfLeast = LEAST / Math.max(1, (long) columns * k);
    int rows = even(m, (int) Math.max(SIDE, Math.min(m, rowsOfLeast)));
    while ((long) rows * columns * k >= 2 * LEAST && count(m, rows) * count(n, columns) < ENOUGH) {
      if (rows > columns) {
        rows = even(rows, Math.ceilDiv(rows, 2));
      } else {
        columns = even(columns, Math.ceilDiv(columns, 2));
      }
    }
    long call = Math.min(rows, columns) <= FEW ? UNCOPIED : LONGEST_CALL;
    return new Tiling(rows, columns, even(k, (int) Math.max(1, call / ((long) rows * columns))));
  }

  private static long count(int size, int step) {
    return Math.ceilDiv(size, step);
  }

  /// The size of equal parts of at most `limit`, in whole vectors of 16 where it allows them, so
  /// that none is tiny.
  private static int even(int size, int limit) {
    if (size <= limit) {
      return Math.max(1, size);
    }
    int parts = Math.ceilDiv(size, limit);
    return Math.min(limit, Math.ceilDiv(Math.ceilDiv(size, parts), 16) * 16);
  }

  /// How many tiles C has.
  int tiles(int m, int n) {
    return Math.ceilDiv(m, rows) * Math.ceilDiv(n, columns);
  }

  /// The first row of a tile; they are counted along the rows of C.
  int row(int tile, int n) {
    return tile / Math.ceilDiv(n, columns) * rows;
  }

  /// The first column of a tile.
  int column(int tile, int n) {
    return tile % Math.ceilDiv(n, columns) * columns;
  }
}
