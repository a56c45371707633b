package dev.backprop.core.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Both libraries against a naive product in 64-bit floats, over sizes around every border: of
/// vectors, of tiles, of the smallest products.
class ProductsTests {

  private static final int[] SIZES = {
    1, 2, 3, 5, 7, 8, 13, 16, 17, 31, 33, 64, 65, 127, 255, 256, 257, 300
  };

  private static final float GUARD = 12345;

  private final Products open = new Products(BlasProvider.best().blas());
  private final Products copying = new Products(new Copying(BlasProvider.best().blas()));
  private final Products panels = new Products(new Panels(BlasProvider.best().blas()));
  private final Products plain = new Products(BlasProvider.plain().blas());

  enum Kind {
    PLAIN,
    FIRST_TRANSPOSED,
    SECOND_TRANSPOSED;

    Product product(Products products, Matrix a, Matrix b, Matrix c) {
      return switch (this) {
        case PLAIN -> products.plain(a, b, c);
        case FIRST_TRANSPOSED -> products.transposedByPlain(a, b, c);
        case SECOND_TRANSPOSED -> products.plainByTransposed(a, b, c);
      };
    }

    void multiply(Products products, Matrix a, Matrix b, Matrix c) {
      product(products, a, b, c).compute();
    }

    Matrix a(int m, int k, SplitMix64 random) {
      return this == FIRST_TRANSPOSED ? view(k, m, random) : view(m, k, random);
    }

    Matrix b(int k, int n, SplitMix64 random) {
      return this == SECOND_TRANSPOSED ? view(n, k, random) : view(k, n, random);
    }
  }

  /// Is cut as products are where the library has no kernels for small ones.
  private record Copying(Blas blas) implements Blas {

    @Override
    public void multiply(Tile tile, float[] a, float[] b, float[] c) {
      blas.multiply(tile, a, b, c);
    }

    @Override
    public String description() {
      return "copying " + blas.description();
    }
  }

  /// Is cut as products are on processors that outpace their memory.
  private record Panels(Blas blas) implements Blas {

    @Override
    public void multiply(Tile tile, float[] a, float[] b, float[] c) {
      blas.multiply(tile, a, b, c);
    }

    @Override
    public boolean multipliesInPlace(long multiplications) {
      return true;
    }

    @Override
    public boolean outpacesMemory() {
      return true;
    }

    @Override
    public String description() {
      return "panels by " + blas.description();
    }
  }

  record Shape(int m, int n, int k) {}

  static List<Shape> shapes() {
    List<Shape> shapes = new ArrayList<>();
    for (int size : SIZES) {
      shapes.add(new Shape(size, size, size));
    }
    SplitMix64 random = new SplitMix64(1);
    for (int i = 0; i < 150; i++) {
      shapes.add(new Shape(any(random), any(random), any(random)));
    }
    // more than a tile along k, m and n, along two of them, and along all three
    shapes.add(new Shape(3, 5, 100_003));
    shapes.add(new Shape(100_003, 7, 3));
    shapes.add(new Shape(5, 100_003, 3));
    shapes.add(new Shape(1, 1, 1_000_003));
    shapes.add(new Shape(400, 257, 1000));
    // panels, even and not
    shapes.add(new Shape(64, 128, 784));
    shapes.add(new Shape(129, 256, 100));
    // a transposed factor of few summands, which is copied, or just not
    shapes.add(new Shape(32, 64, 32));
    shapes.add(new Shape(40, 2_000, 32));
    shapes.add(new Shape(40, 2_049, 32));
    shapes.add(new Shape(3, 300, 16));
    shapes.add(new Shape(300, 300, 64));
    // a vector, small, large, and in tiles
    shapes.add(new Shape(1, 128, 784));
    shapes.add(new Shape(1, 513, 517));
    shapes.add(new Shape(1, 1500, 1001));
    shapes.add(new Shape(130, 520, 3100));
    return shapes;
  }

  private static int any(SplitMix64 random) {
    return SIZES[random.nextInt(SIZES.length)];
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void bothLibrariesAgreeWithTheNaiveProduct(Shape shape) {
    for (Kind kind : Kind.values()) {
      SplitMix64 random = SplitMix64.keyed(2, shape.m(), shape.n(), shape.k());
      Matrix a = kind.a(shape.m(), shape.k(), random);
      Matrix b = kind.b(shape.k(), shape.n(), random);
      double[] exact = new double[shape.m() * shape.n()];
      double[] magnitude = new double[exact.length];
      naive(kind, shape, a, b, exact, magnitude);
      for (Products products : List.of(plain, open, copying, panels)) {
        Matrix c = view(shape.m(), shape.n(), random);
        kind.multiply(products, a, b, c);
        assertClose(c, exact, magnitude, shape.k(), kind + " by " + products.description());
        assertThat(c.values()[c.offset() - 1]).isEqualTo(GUARD);
        assertThat(c.values()[c.offset() + c.size()]).isEqualTo(GUARD);
      }
    }
  }

  /// Numbers in the middle of a longer array.
  private static Matrix view(int rows, int columns, SplitMix64 random) {
    int before = 1 + random.nextInt(20);
    float[] values = new float[before + rows * columns + 1 + random.nextInt(5)];
    Arrays.fill(values, GUARD);
    Matrix matrix = new Matrix(values, before, rows, columns);
    for (int i = 0; i < matrix.size(); i++) {
      values[before + i] = (float) (2 * random.nextDouble() - 1);
    }
    return matrix;
  }

  private static void naive(
      Kind kind, Shape shape, Matrix a, Matrix b, double[] sums, double[] magnitudes) {
    int strideA = kind == Kind.FIRST_TRANSPOSED ? shape.m() : 1;
    int rowA = kind == Kind.FIRST_TRANSPOSED ? 1 : shape.k();
    int strideB = kind == Kind.SECOND_TRANSPOSED ? 1 : shape.n();
    int columnB = kind == Kind.SECOND_TRANSPOSED ? shape.k() : 1;
    for (int i = 0; i < shape.m(); i++) {
      for (int j = 0; j < shape.n(); j++) {
        double sum = 0;
        double magnitude = 0;
        int atA = a.offset() + i * rowA;
        int atB = b.offset() + j * columnB;
        for (int l = 0; l < shape.k(); l++) {
          double product = (double) a.values()[atA] * b.values()[atB];
          sum += product;
          magnitude += Math.abs(product);
          atA += strideA;
          atB += strideB;
        }
        sums[i * shape.n() + j] = sum;
        magnitudes[i * shape.n() + j] = magnitude;
      }
    }
  }

  /// A sum of k products in 32 bits is off by at most about `λ·√k·u·Σ|aᵢbᵢ|`, u = 2⁻²⁴, with λ = 4
  /// for all practical purposes.
  ///
  /// Higham, Mary: A New Approach to Probabilistic Rounding Error Analysis, SIAM 2019.
  private static void assertClose(
      Matrix c, double[] exact, double[] magnitude, int k, String description) {
    double unit = 4 * Math.sqrt(k) * 0x1p-24;
    double worst = 0;
    for (int i = 0; i < exact.length; i++) {
      double error = Math.abs(c.values()[c.offset() + i] - exact[i]);
      worst = Math.max(worst, error / (unit * magnitude[i]));
    }
    assertThat(worst).as("error as a share of its bound, %s", description).isLessThan(1);
  }

  @ParameterizedTest
  @EnumSource
  void givesTheSameBitsWhereverTheArraysLie(Kind kind) {
    for (int size : SIZES) {
      SplitMix64 random = new SplitMix64(3);
      Matrix a = kind.a(size, size, random);
      Matrix b = kind.b(size, size, random);
      Matrix first = new Matrix(size, size);
      kind.multiply(open, a, b, first);
      for (int shift = 1; shift <= 16; shift++) {
        Matrix c = new Matrix(new float[shift + size * size], shift, size, size);
        kind.multiply(open, shifted(a, 17 - shift), shifted(b, 2 * shift), c);
        assertThat(
                Arrays.mismatch(
                    c.values(), shift, shift + c.size(), first.values(), 0, first.size()))
            .as("first difference, %d × %d, shifted by %d", size, size, shift)
            .isEqualTo(-1);
      }
    }
  }

  private static Matrix shifted(Matrix matrix, int shift) {
    float[] values = new float[shift + matrix.size()];
    System.arraycopy(matrix.values(), matrix.offset(), values, shift, matrix.size());
    return new Matrix(values, shift, matrix.rows(), matrix.columns());
  }

  @Test
  void addsAProductToWhatIsThere() {
    SplitMix64 random = new SplitMix64(4);
    for (int[] shape : new int[][] {{4, 2, 2}, {40, 30, 20}, {130, 300, 700}}) {
      Matrix a = view(shape[0], shape[2], random);
      Matrix b = view(shape[2], shape[1], random);
      for (Products products : List.of(plain, open, copying, panels)) {
        Matrix product = new Matrix(shape[0], shape[1]);
        products.plain(a, b, product).compute();
        Matrix c = view(shape[0], shape[1], random);
        Matrix before = new Matrix(c.values().clone(), c.offset(), c.rows(), c.columns());
        products.added(a, b, c).compute();
        for (int row = 0; row < c.rows(); row++) {
          for (int column = 0; column < c.columns(); column++) {
            assertThat(c.get(row, column) - before.get(row, column))
                .isCloseTo(product.get(row, column), within(1e-4f));
          }
        }
        assertThat(c.values()[c.offset() - 1]).isEqualTo(GUARD);
        assertThat(c.values()[c.offset() + c.size()]).isEqualTo(GUARD);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void overwritesWhatWasThereEvenIfItIsNoNumber(Kind kind) {
    for (Products products : List.of(plain, open, copying, panels)) {
      for (int size : new int[] {2, 40}) {
        Matrix c = new Matrix(size, size);
        Arrays.fill(c.values(), Float.NaN);
        kind.multiply(products, new Matrix(size, size), new Matrix(size, size), c);
        assertThat(c.values()).containsOnly(0);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void carriesNaNAndInfinity(Kind kind) {
    for (Products products : List.of(plain, open, copying, panels)) {
      for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
        Matrix a = new Matrix(8, 8);
        a.set(3, 3, value);
        Matrix c = new Matrix(8, 8);
        kind.multiply(products, a, new Matrix(8, 8), c);
        assertThat(c.get(3, 0)).isNaN(); // ∞·0 is NaN too
        assertThat(c.get(2, 0)).isZero();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void isZeroOverNoSummands(Kind kind) {
    Matrix c = Matrices.column(1, 2, 3);
    SplitMix64 random = new SplitMix64(4);

    kind.multiply(open, kind.a(3, 0, random), kind.b(0, 1, random), c);

    assertThat(c.values()).containsExactly(0, 0, 0);
  }

  @ParameterizedTest
  @EnumSource
  void leavesAnEmptyProductAlone(Kind kind) {
    SplitMix64 random = new SplitMix64(5);

    kind.multiply(open, kind.a(0, 3, random), kind.b(3, 2, random), new Matrix(0, 2));
    kind.multiply(open, kind.a(2, 3, random), kind.b(3, 0, random), new Matrix(2, 0));
  }

  @Test
  void refusesShapesThatDoNotFit() {
    Matrix a = new Matrix(3, 4);
    Matrix fits = new Matrix(4, 5);

    assertThatThrownBy(() -> open.plain(a, new Matrix(6, 5), new Matrix(3, 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the product of 3 × 4 and 6 × 5 does not fit into 3 × 5");
    assertThatThrownBy(() -> open.plain(a, fits, new Matrix(2, 5)))
        .hasMessage("the product of 3 × 4 and 4 × 5 does not fit into 2 × 5");
    assertThatThrownBy(() -> open.plain(a, fits, new Matrix(3, 6)))
        .hasMessage("the product of 3 × 4 and 4 × 5 does not fit into 3 × 6");
    assertThatThrownBy(() -> open.transposedByPlain(a, fits, new Matrix(4, 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("3 × 4", "4 × 5");
    assertThatThrownBy(() -> open.plainByTransposed(a, fits, new Matrix(3, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("3 × 4", "4 × 5");
  }
}
