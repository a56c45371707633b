package dev.backprop.core.linalg;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BlasSelfCheckTests {

  @Test
  void trustsProductsThatAreRight() {
    assertThatCode(() -> BlasSelfCheck.check(new PlainBlas())).doesNotThrowAnyException();
  }

  @Test
  void refusesLibraryWithOneWrongNumberInLargeProducts() {
    Blas wrong =
        new Blas() {
          @Override
          public void multiply(Tile tile, float[] a, float[] b, float[] c) {
            new PlainBlas().multiply(tile, a, b, c);
            if (tile.m() > 64) {
              c[tile.n() * (tile.m() - 1)] += 1;
            }
          }

          @Override
          public String description() {
            return "wrong BLAS";
          }
        };
    assertThatThrownBy(() -> BlasSelfCheck.check(wrong))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("wrong BLAS computes wrong products");
  }

  @Test
  void refusesLibraryThatDoesNotTransposeTheLastNumber() {
    Blas wrong =
        new Blas() {
          @Override
          public void multiply(Tile tile, float[] a, float[] b, float[] c) {
            new PlainBlas().multiply(tile, a, b, c);
          }

          @Override
          public Product transposition(Matrix b, Matrix t) {
            Product right = Blas.super.transposition(b, t);
            return () -> {
              right.compute();
              t.set(t.rows() - 1, t.columns() - 1, 0);
            };
          }

          @Override
          public String description() {
            return "wrong BLAS";
          }
        };
    assertThatThrownBy(() -> BlasSelfCheck.check(wrong))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("wrong BLAS computes wrong products");
  }

  @Test
  void refusesLibraryThatGivesNoNumbers() {
    Blas empty =
        new Blas() {
          @Override
          public void multiply(Tile tile, float[] a, float[] b, float[] c) {
            c[0] = Float.NaN;
          }

          @Override
          public String description() {
            return "empty BLAS";
          }
        };
    assertThatThrownBy(() -> BlasSelfCheck.check(empty))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
