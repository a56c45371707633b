package dev.backprop.core.linalg;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BlasSelfCheckTests {

  /// Right, but for what a test makes of it.
  private static class WrongBlas implements Blas {

    @Override
    public void multiply(Tile tile, float[] a, float[] b, float[] c) {
      new PlainBlas().multiply(tile, a, b, c);
    }

    @Override
    public String description() {
      return "wrong BLAS";
    }
  }

  private static void assertRefused(Blas blas) {
    assertThatThrownBy(() -> BlasSelfCheck.check(blas))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("wrong BLAS computes wrong products");
  }

  @Test
  void trustsProductsThatAreRight() {
    assertThatCode(() -> BlasSelfCheck.check(new PlainBlas())).doesNotThrowAnyException();
  }

  @Test
  void refusesLibraryWithOneWrongNumberInLargeProducts() {
    assertRefused(
        new WrongBlas() {
          @Override
          public void multiply(Tile tile, float[] a, float[] b, float[] c) {
            super.multiply(tile, a, b, c);
            if (tile.m() > 64) {
              c[tile.n() * (tile.m() - 1)] += 1;
            }
          }
        });
  }

  @Test
  void refusesLibraryThatDoesNotTransposeTheLastNumber() {
    assertRefused(
        new WrongBlas() {
          @Override
          public Product transposition(Matrix b, Matrix t) {
            Product right = super.transposition(b, t);
            return () -> {
              right.compute();
              t.set(t.rows() - 1, t.columns() - 1, 0);
            };
          }
        });
  }

  @Test
  void refusesLibraryThatGivesNoNumbers() {
    assertRefused(
        new WrongBlas() {
          @Override
          public void multiply(Tile tile, float[] a, float[] b, float[] c) {
            c[0] = Float.NaN;
          }
        });
  }
}
