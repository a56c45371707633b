package dev.backprop.core.linalg;

/// Compares a native library with plain Java once, before it is trusted: kernels that a library
/// chooses by the processor have been wrong on processors newer than the library.
final class BlasSelfCheck {

  /// Sizes beside whole vectors and blocks, small and large.
  private static final int[] SIZES = {5, 33, 130};

  /// A row for which [OpenBlas] calls the product by a vector, whatever its kernels.
  private static final int LONG_ROW = 450;

  private static final float TOLERANCE = 1e-4f;

  private BlasSelfCheck() {}

  /// Multiplies a few matrices both ways.
  ///
  /// @throws UnsupportedOperationException if the results differ by more than rounding
  static void check(Blas blas) {
    SplitMix64 random = new SplitMix64(1);
    for (int form = 0; form < 3; form++) {
      for (int size : SIZES) {
        check(blas, size, size, form == 1, form == 2, random);
        check(blas, 1, size, form == 1, form == 2, random);
      }
      check(blas, 1, LONG_ROW, form == 1, form == 2, random);
    }
    for (int size : SIZES) {
      checkTransposition(blas, size, random);
    }
  }

  private static void check(
      Blas blas, int m, int size, boolean transposeA, boolean transposeB, SplitMix64 random) {
    int n = size + 2;
    int k = size + 7;
    float[] a = numbers(m * k, random);
    float[] b = numbers(k * n, random);
    float[] expected = new float[m * n];
    float[] actual = new float[m * n];
    Blas.Tile tile =
        new Blas.Tile(
            transposeA, transposeB, m, n, k, 0, transposeA ? m : k, 0, transposeB ? k : n, 0, 0, n);
    new PlainBlas().multiply(tile, a, b, expected);
    blas.multiply(tile, a, b, actual);
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(actual[i] - expected[i]) <= TOLERANCE * k)) {
        throw wrong(blas);
      }
    }
  }

  private static void checkTransposition(Blas blas, int size, SplitMix64 random) {
    Matrix b = new Matrix(numbers(size * (size + 2), random), 0, size, size + 2);
    Matrix t = new Matrix(size + 2, size);
    blas.transposition(b, t).compute();
    for (int row = 0; row < b.rows(); row++) {
      for (int column = 0; column < b.columns(); column++) {
        if (t.get(column, row) != b.get(row, column)) {
          throw wrong(blas);
        }
      }
    }
  }

  private static UnsupportedOperationException wrong(Blas blas) {
    return new UnsupportedOperationException(
        blas.description()
            + " computes wrong products on this processor; an older kernel may be right, see"
            + " OPENBLAS_CORETYPE");
  }

  private static float[] numbers(int count, SplitMix64 random) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) (2 * random.nextDouble() - 1);
    }
    return numbers;
  }
}
