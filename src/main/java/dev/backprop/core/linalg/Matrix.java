package dev.backprop.core.linalg;

/// A row-major view of `rows × columns` numbers in a flat array. Views share their numbers.
public final class Matrix {

  private final float[] values;
  private final int offset;
  private final int rows;
  private final int columns;

  /// A matrix of zeros.
  ///
  /// @throws IllegalArgumentException if a size is negative or there are more than 2³¹ − 1 numbers
  public Matrix(int rows, int columns) {
    this(new float[sizeOf(rows, columns)], 0, rows, columns);
  }

  /// A view of the numbers from `offset` on.
  ///
  /// @throws IllegalArgumentException if the array is too short
  public Matrix(float[] values, int offset, int rows, int columns) {
    if (offset < 0 || values.length - offset < sizeOf(rows, columns)) {
      throw new IllegalArgumentException(
          "%d × %d numbers from %d on do not fit into an array of %d"
              .formatted(rows, columns, offset, values.length));
    }
    this.values = values;
    this.offset = offset;
    this.rows = rows;
    this.columns = columns;
  }

  private static int sizeOf(int rows, int columns) {
    long size = (long) rows * columns;
    if (rows < 0 || columns < 0 || size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("no matrix has %d × %d numbers".formatted(rows, columns));
    }
    return (int) size;
  }

  /// The number of rows.
  public int rows() {
    return rows;
  }

  /// The number of columns.
  public int columns() {
    return columns;
  }

  /// How many numbers there are.
  public int size() {
    return rows * columns;
  }

  /// The array behind this view; the numbers start at [#offset].
  public float[] values() {
    return values;
  }

  /// These numbers in an array where the first one is at `offset`: the array behind this view, if
  /// it is there, else a copy.
  ///
  /// The JIT compiler vectorizes a loop over several arrays only where one index serves them all.
  public float[] valuesAt(int at) {
    if (at == offset) {
      return values;
    }
    float[] copy = new float[at + size()];
    System.arraycopy(values, offset, copy, at, size());
    return copy;
  }

  /// Where the first number is in [#values].
  public int offset() {
    return offset;
  }

  /// Where the first number of a row is in [#values].
  public int offset(int row) {
    return offset + row * columns;
  }

  /// The number at a place.
  public float get(int row, int column) {
    return values[offset(row) + column];
  }

  /// Sets the number at a place.
  public void set(int row, int column, float value) {
    values[offset(row) + column] = value;
  }

  /// A view of `count` rows from the row `from` on.
  ///
  /// @throws IllegalArgumentException if not all of them are rows of this matrix
  public Matrix rows(int from, int count) {
    if (from < 0 || count < 0 || from > rows - count) {
      throw new IllegalArgumentException(
          "a matrix of %s has no %d rows from %d on".formatted(this, count, from));
    }
    return from == 0 && count == rows
        ? this
        : new Matrix(values, offset + from * columns, count, columns);
  }

  /// `rows × columns`, for messages.
  @Override
  public String toString() {
    return rows + " × " + columns;
  }
}
