package dev.backprop.core.linalg;

/// Matrices for tests.
public final class Matrices {

  private Matrices() {}

  /// The rows, copied.
  public static Matrix of(float[]... rows) {
    Matrix matrix = new Matrix(rows.length, rows[0].length);
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, matrix.values(), matrix.offset(row), rows[row].length);
    }
    return matrix;
  }

  /// A column of numbers.
  public static Matrix column(float... values) {
    return new Matrix(values.clone(), 0, values.length, 1);
  }

  /// Numbers from the normal distribution of mean 0 and variance 1.
  public static Matrix random(int rows, int columns, SplitMix64 random) {
    Matrix matrix = new Matrix(rows, columns);
    for (int i = 0; i < matrix.size(); i++) {
      matrix.values()[i] = (float) random.nextGaussian();
    }
    return matrix;
  }
}
