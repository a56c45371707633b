package dev.backprop.bench;

import dev.backprop.core.linalg.Blas;
import dev.backprop.core.linalg.BlasProvider;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Where a native call begins to pay: `A·B` by both libraries, in nanoseconds.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class ProductsBenchmark {

  /// m × n × k.
  @Param({
    "4x1x2",
    "4x2x2",
    "4x4x2",
    "4x4x3",
    "4x4x4",
    "8x4x4",
    "8x8x4",
    "8x8x8",
    "16x16x16",
    "64x128x784"
  })
  public String shape = "";

  private final Blas plain = BlasProvider.plain().blas();
  private final Blas open = BlasProvider.best().blas();
  private Blas.Tile tile = new Blas.Tile(false, false, 1, 1, 1, 0, 1, 0, 1, 0, 0, 1);
  private float[] a = {};
  private float[] b = {};
  private float[] c = {};

  /// Fills the matrices.
  @Setup
  public void fill() {
    int[] sizes = Arrays.stream(shape.split("x", -1)).mapToInt(Integer::parseInt).toArray();
    int m = sizes[0];
    int n = sizes[1];
    int k = sizes[2];
    tile = new Blas.Tile(false, false, m, n, k, 0, k, 0, n, 0, 0, n);
    a = new float[m * k];
    b = new float[k * n];
    c = new float[m * n];
    Arrays.fill(a, 0.5f);
    Arrays.fill(b, 0.25f);
  }

  /// Plain Java.
  @Benchmark
  public float[] plain() {
    return product(plain);
  }

  /// OpenBLAS.
  @Benchmark
  public float[] open() {
    return product(open);
  }

  private float[] product(Blas blas) {
    blas.multiply(tile, a, b, c);
    if (c[0] != tile.k() * 0.125f) {
      throw new IllegalStateException("wrong product " + c[0]);
    }
    return c;
  }
}
