package dev.backprop.core.linalg;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.stream.Stream;

/// Products by OpenBLAS through the foreign-function API, on heap arrays without a copy.
///
/// A critical call keeps the garbage collector waiting, which is why [Products] cuts a product into
/// tiles of a millisecond or less. OpenBLAS itself runs on the calling thread alone.
@SuppressWarnings("restricted") // the native library is the point
final class OpenBlas implements Blas {

  private static final int ROW_MAJOR = 101;
  private static final int NO_TRANSPOSE = 111;
  private static final int TRANSPOSE = 112;

  /// Loads the library.
  ///
  /// @throws UnsupportedOperationException if there is none for this platform or it does not load
  OpenBlas() {
    try {
      Library.setNumberOfThreads(1);
    } catch (LinkageError | IllegalArgumentException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new UnsupportedOperationException(cause.getMessage(), e);
    }
  }

  /// Up to so many multiplications the kernels that have a form for small products are as fast with
  /// one row as the product by a vector, and faster with fewer (measured).
  private static final long SMALL_ROW = 200_000;

  /// Up to so many summands the small kernels for a transposed B, which add up products of numbers
  /// that lie side by side, take more time than a copy and those for a plain one (measured).
  private static final int VERY_FEW_SUMMANDS = 16;

  /// Up to so many they do if each row of the copy serves as many rows of A (measured).
  private static final int FEW_SUMMANDS = 64;

  /// Numbers of the largest such copy: 256 KB.
  private static final int LARGEST_COPY = 65_536;

  /// From so many multiplications on, copies pay on processors that outpace their memory
  /// (measured).
  private static final long LARGE = 30_000_000;

  @Override
  public void multiply(Tile tile, float[] a, float[] b, float[] c) {
    product(tile, a, b, c).compute();
  }

  @Override
  public Product product(Tile tile, float[] a, float[] b, float[] c) {
    MemorySegment fromA = segment(a, tile.offsetA());
    MemorySegment fromB = segment(b, tile.offsetB());
    MemorySegment fromC = segment(c, tile.offsetC());
    boolean vector = tile.m() == 1 && !tile.transposeA();
    return vector && (!Library.IN_PLACE || (long) tile.n() * tile.k() > SMALL_ROW)
        ? new OfVector(tile, fromA, fromB, fromC)
        : new OfMatrices(tile, fromA, fromB, fromC);
  }

  private static MemorySegment segment(float[] values, int offset) {
    return MemorySegment.ofArray(values).asSlice((long) offset * Float.BYTES);
  }

  /// `c ← a·op(B) + β·c`, a row of each: other kernels copy all of B first, ten times the work.
  ///
  /// @param a from where the row starts in its array, as the others
  private record OfVector(Tile tile, MemorySegment a, MemorySegment b, MemorySegment c)
      implements Product {

    @Override
    public void compute() {
      try {
        Library.SGEMV.invokeExact(
            ROW_MAJOR,
            tile.transposeB() ? NO_TRANSPOSE : TRANSPOSE,
            tile.transposeB() ? tile.n() : tile.k(),
            tile.transposeB() ? tile.k() : tile.n(),
            1f,
            b,
            tile.leadingB(),
            a,
            1,
            tile.beta(),
            c,
            1);
      } catch (Throwable e) {
        throw new AssertionError("cblas_sgemv does not throw", e);
      }
    }
  }

  /// `C ← op(A)·op(B) + β·C`.
  ///
  /// @param a from where the tile starts in its array, as the others
  private record OfMatrices(Tile tile, MemorySegment a, MemorySegment b, MemorySegment c)
      implements Product {

    @Override
    public void compute() {
      try {
        Library.SGEMM.invokeExact(
            ROW_MAJOR,
            tile.transposeA() ? TRANSPOSE : NO_TRANSPOSE,
            tile.transposeB() ? TRANSPOSE : NO_TRANSPOSE,
            tile.m(),
            tile.n(),
            tile.k(),
            1f,
            a,
            tile.leadingA(),
            b,
            tile.leadingB(),
            tile.beta(),
            c,
            tile.leadingC());
      } catch (Throwable e) {
        throw new AssertionError("cblas_sgemm does not throw", e);
      }
    }
  }

  @Override
  public boolean copiesTransposed(int m, int n, int k) {
    return Library.IN_PLACE
        && m > 1
        && k <= FEW_SUMMANDS
        && (k <= VERY_FEW_SUMMANDS || m >= k)
        && (long) n * k <= LARGEST_COPY;
  }

  @Override
  public Product transposition(Matrix b, Matrix t) {
    return new Transposition(
        b.rows(), b.columns(), segment(b.values(), b.offset()), segment(t.values(), t.offset()));
  }

  /// `T ← Bᵀ`.
  ///
  /// @param rows of B
  /// @param b from where it starts in its array, as T
  private record Transposition(int rows, int columns, MemorySegment b, MemorySegment t)
      implements Product {

    @Override
    public void compute() {
      try {
        Library.SOMATCOPY.invokeExact(ROW_MAJOR, TRANSPOSE, rows, columns, 1f, b, columns, t, rows);
      } catch (Throwable e) {
        throw new AssertionError("cblas_somatcopy does not throw", e);
      }
    }
  }

  @Override
  public boolean multipliesInPlace(long multiplications) {
    return Library.IN_PLACE && (multiplications < LARGE || !outpacesMemory());
  }

  @Override
  public boolean outpacesMemory() {
    return Library.WIDE_AMD;
  }

  @Override
  public String description() {
    return Library.CONFIGURATION;
  }

  /// The handles are constants of a class of their own: only then does the JIT compiler inline
  /// them.
  @SuppressWarnings("restricted")
  private static final class Library {

    private static final SymbolLookup SYMBOLS = OpenBlasLibrary.load(Arena.global());

    static final MethodHandle SGEMM =
        critical(
            "cblas_sgemm",
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_FLOAT,
            ADDRESS,
            JAVA_INT,
            ADDRESS,
            JAVA_INT,
            JAVA_FLOAT,
            ADDRESS,
            JAVA_INT);

    static final MethodHandle SGEMV =
        critical(
            "cblas_sgemv",
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_FLOAT,
            ADDRESS,
            JAVA_INT,
            ADDRESS,
            JAVA_INT,
            JAVA_FLOAT,
            ADDRESS,
            JAVA_INT);

    static final MethodHandle SOMATCOPY =
        critical(
            "cblas_somatcopy",
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_INT,
            JAVA_FLOAT,
            ADDRESS,
            JAVA_INT,
            ADDRESS,
            JAVA_INT);

    static final String CONFIGURATION = text("openblas_get_config");

    /// The kernels, named after processors with AVX-512, that have a form for small products.
    static final boolean IN_PLACE =
        Stream.of("SkylakeX", "Cooperlake", "Sapphirerapids").anyMatch(CONFIGURATION::contains);

    static final boolean WIDE_AMD = Processor.isWideAmd();

    /// A function on heap arrays.
    private static MethodHandle critical(String function, MemoryLayout... arguments) {
      return Linker.nativeLinker()
          .downcallHandle(
              SYMBOLS.findOrThrow(function),
              FunctionDescriptor.ofVoid(arguments),
              Linker.Option.critical(true));
    }

    static void setNumberOfThreads(int threads) {
      MethodHandle handle =
          Linker.nativeLinker()
              .downcallHandle(
                  SYMBOLS.findOrThrow("openblas_set_num_threads"),
                  FunctionDescriptor.ofVoid(JAVA_INT));
      try {
        handle.invokeExact(threads);
      } catch (Throwable e) {
        throw new AssertionError("openblas_set_num_threads does not throw", e);
      }
    }

    private static String text(String function) {
      MethodHandle handle =
          Linker.nativeLinker()
              .downcallHandle(SYMBOLS.findOrThrow(function), FunctionDescriptor.of(ADDRESS));
      try {
        MemorySegment address = (MemorySegment) handle.invokeExact();
        return address.reinterpret(Short.MAX_VALUE).getString(0).strip();
      } catch (Throwable e) {
        throw new AssertionError(function + " does not throw", e);
      }
    }
  }
}
