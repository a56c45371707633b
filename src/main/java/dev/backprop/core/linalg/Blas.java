package dev.backprop.core.linalg;

/// The seam to a matrix library: one operation on one tile. [Products] is the face with checks.
public interface Blas {

  /// `C ← op(A)·op(B) + β·C` with `op(A)`: m×k, `op(B)`: k×n, `C`: m×n, all row-major; a leading
  /// dimension is the distance between two rows of the array.
  ///
  /// @param tile shapes, places and β
  void multiply(Tile tile, float[] a, float[] b, float[] c);

  /// The same product, to be computed again and again.
  default Product product(Tile tile, float[] a, float[] b, float[] c) {
    return () -> multiply(tile, a, b, c);
  }

  /// Whether a product is best made of small ones, which it multiplies where the matrices lie,
  /// without a copy: up to a million multiplications, or 1024 numbers of C where B is transposed.
  ///
  /// @param multiplications of the whole product
  default boolean multipliesInPlace(long multiplications) {
    return false;
  }

  /// Whether the processor outpaces the memory behind its first cache, so that small products are
  /// fastest if their part of B stays in there.
  default boolean outpacesMemory() {
    return false;
  }

  /// Whether `C ← A·Bᵀ` with C: m×n and k summands is fastest by way of a copy of Bᵀ.
  default boolean copiesTransposed(int m, int n, int k) {
    return false;
  }

  /// `T ← Bᵀ`, to be done again and again.
  ///
  /// @param b rows × columns
  /// @param t columns × rows
  default Product transposition(Matrix b, Matrix t) {
    return () -> {
      for (int row = 0; row < b.rows(); row++) {
        for (int column = 0; column < b.columns(); column++) {
          t.values()[t.offset(column) + row] = b.get(row, column);
        }
      }
    };
  }

  /// Its name and version, for the log and for `/actuator/info`.
  String description();

  /// A tile of a product.
  ///
  /// @param transposeA whether `op(A) = Aᵀ`
  /// @param transposeB whether `op(B) = Bᵀ`
  /// @param m rows of C
  /// @param n columns of C
  /// @param k summands of each number of C
  /// @param offsetA where A starts in its array
  /// @param leadingA distance between rows of A
  /// @param offsetB where B starts
  /// @param leadingB distance between rows of B
  /// @param beta 0 overwrites C, 1 adds to it
  /// @param offsetC where C starts
  /// @param leadingC distance between rows of C
  record Tile(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      int offsetA,
      int leadingA,
      int offsetB,
      int leadingB,
      float beta,
      int offsetC,
      int leadingC) {}
}
