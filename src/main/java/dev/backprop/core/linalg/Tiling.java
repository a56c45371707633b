package dev.backprop.core.linalg;

/// How a product is cut: the size of its tiles, all but the last of a row or column of them alike.
///
/// @param rows of C in a tile
/// @param columns of C in a tile
/// @param summands that are added at a time
record Tiling(int rows, int columns, int summands) {

  /// Multiplications of a call of the library: 0.6 ms at 240 GFLOP/s, 1.4 ms at 100, for which the
  /// garbage collector waits.
  private static final long LONGEST_CALL = 70_000_000;

  /// Tiles with fewer multiplications are not worth a thread of their own.
  private static final long LEAST = 1_500_000;

  private static final int SIDE = 512;

  /// As many tiles as threads are usual; larger products have more.
  private static final int ENOUGH = 4;

  /// The most columns of B that [#panels] are for.
  static final int WIDEST_PANELS = 256;

  /// Numbers of whole rows of B that stay in the first cache: 32 KB.
  private static final int PANEL = 8192;

  private static final int PANEL_COLUMNS = 128;
  private static final int LEAST_SUMMANDS = 32;
  private static final int LEAST_ROWS = 32;

  /// So that a tile has less than a million multiplications.
  private static final int MOST_ROWS = 112;

  /// How a product of m × k by k × n is cut for a library that multiplies small products where they
  /// lie (see [Blas#multipliesInPlace]): into such products, of the shapes that are fastest
  /// (measured).
  ///
  /// @param transposeB whether the second factor is transposed
  static Tiling inPlace(boolean transposeB, int m, int n, int k) {
    return transposeB ? inPlace(m, n, k, 32, 32, 512) : inPlace(m, n, k, 48, 64, 256);
  }

  /// Tiles of at most so many rows and columns; where there are fewer of the one or of the summands
  /// there may be more of the other.
  private static Tiling inPlace(int m, int n, int k, int rows, int columns, int summands) {
    int area = rows * columns;
    int longer = Math.max(columns, area / Math.min(m, rows));
    int width = even(n, longer);
    return new Tiling(even(m, Math.max(rows, area / width)), width, even(k, summands));
  }

  /// The same for a plain product on a processor that outpaces its memory. A part of a row of B
  /// would share the few lines of the cache with the parts of all others, wherefore a tile goes
  /// across B, and has as many summands as the cache has room for whole rows of B.
  ///
  /// @param n up to [#WIDEST_PANELS]
  static Tiling panels(int m, int n, int k) {
    int columns = even(n, PANEL_COLUMNS);
    int share = (int) Math.ceilDiv(m * count(n, columns), ENOUGH);
    int rows = even(m, Math.clamp(share, LEAST_ROWS, MOST_ROWS));
    return new Tiling(rows, columns, even(k, Math.max(LEAST_SUMMANDS, PANEL / Math.max(1, n))));
  }

  /// How a product of m × k by k × n is cut for a library that copies the parts of A and B that a
  /// tile needs: C across its longer side, which repeats the fewest copies.
  static Tiling copied(int m, int n, int k) {
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
    return new Tiling(
        rows, columns, even(k, (int) Math.max(1, LONGEST_CALL / ((long) rows * columns))));
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
