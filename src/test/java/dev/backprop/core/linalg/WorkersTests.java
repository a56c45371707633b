package dev.backprop.core.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTests {

  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, Workers.WORTH_SHARING - 1, Workers.WORTH_SHARING, 5 * Workers.BLOCK + 1})
  void blocksHaveEachNumberOnce(int size) {
    for (Workers workers : new Workers[] {Workers.INLINE, new ThreadPerTask(3)}) {
      int[] visits = new int[size];
      workers.forBlocks(
          size,
          (from, to) -> {
            for (int i = from; i < to; i++) {
              visits[i]++;
            }
          });
      assertThat(visits).matches(all -> Arrays.stream(all).allMatch(count -> count == 1));
    }
  }

  @ParameterizedTest
  @EnumSource
  void threadsDoNotChangeProducts(ProductsTests.Kind kind) {
    for (int[] shape : new int[][] {{64, 128, 784}, {784, 130, 64}, {300, 300, 300}}) {
      SplitMix64 random = new SplitMix64(2);
      Matrix a = kind.a(shape[0], shape[2], random);
      Matrix b = kind.b(shape[2], shape[1], random);
      Products alone = new Products(BlasProvider.best().blas());
      Matrix expected = new Matrix(shape[0], shape[1]);
      kind.multiply(alone, a, b, expected);
      for (int threads : new int[] {2, 4}) {
        ThreadPerTask workers = new ThreadPerTask(threads);
        Matrix c = new Matrix(shape[0], shape[1]);
        kind.multiply(alone.sharedAmong(workers), a, b, c);
        assertThat(c.values()).isEqualTo(expected.values());
        assertThat(workers.shared()).isEqualTo(1);
      }
    }
  }

  /// The products of usual networks are cut well for two and four threads.
  @ParameterizedTest
  @CsvSource({
    "64, 128, 784",
    "784, 128, 64",
    "256, 1024, 1024",
    "1024, 1024, 256",
    "1024, 1024, 1024"
  })
  void largeProductsHaveTilesForFourThreads(int m, int n, int k) {
    Tiling copied = Tiling.copied(m, n, k);

    assertThat(copied.tiles(m, n) % 4).isZero();
    assertThat(multiplications(copied)).isBetween(100_000L, 70_000_000L);

    for (boolean transposeB : new boolean[] {false, true}) {
      Tiling inPlace = Tiling.inPlace(transposeB, m, n, k);

      assertThat(inPlace.tiles(m, n)).isGreaterThanOrEqualTo(4);
      assertThat(multiplications(inPlace)).isBetween(50_000L, 800_000L);
      assertThat(transposeB && inPlace.rows() * inPlace.columns() > 1024).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "64, 128, 784, 32, 128",
    "256, 128, 784, 64, 128",
    "128, 256, 256, 64, 128",
    "10000, 20, 300, 112, 20",
    "3, 200, 2000, 3, 112",
    "100, 1, 100000, 32, 1",
  })
  void panelsGoAcrossTheSecondFactorAndStayInTheFirstCache(
      int m, int n, int k, int rows, int columns) {
    Tiling tiling = Tiling.panels(m, n, k);

    assertThat(tiling.rows()).isEqualTo(rows);
    assertThat(tiling.columns()).isEqualTo(columns);
    assertThat(tiling.summands() * n).isBetween(Math.min(k * n, 4_000), 32 * 256);
    assertThat(multiplications(tiling)).isLessThan(1_000_000);
  }

  private static long multiplications(Tiling tiling) {
    return (long) tiling.rows() * tiling.columns() * tiling.summands();
  }
}
