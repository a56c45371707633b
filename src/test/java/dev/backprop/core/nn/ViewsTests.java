package dev.backprop.core.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.SplitMix64;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Matrices are views: what is computed on numbers in the middle of an array, each matrix elsewhere
/// in its own, is what is computed on arrays of their own, and leaves the neighbours alone.
class ViewsTests {

  private static final int ROWS = 3;
  private static final int COLUMNS = 4;
  private static final float NEIGHBOUR = 77;

  static Stream<Arguments> fitting() {
    return Kinds.LOSSES.stream()
        .flatMap(
            loss ->
                Kinds.ACTIVATIONS.stream()
                    .filter(loss::fits)
                    .map(activation -> Arguments.of(loss, activation)));
  }

  @ParameterizedTest
  @MethodSource("fitting")
  void lossesTakeMatricesFromTheMiddleOfArrays(Loss loss, Activation activation) {
    Matrix z = sums(0);
    Matrix y = targets(0);
    double value = loss.applyInPlace(activation, z, y);
    Matrix delta = filled(0);
    loss.delta(activation, z, y, delta);

    Matrix zView = sums(5);
    Matrix yView = targets(2);
    assertThat(loss.applyInPlace(activation, zView, yView)).isEqualTo(value);
    assertSame(zView, z);
    assertSame(yView, targets(0));
    for (int offset : new int[] {0, 3, 9}) {
      Matrix deltaView = filled(offset);
      loss.delta(activation, zView, yView, deltaView);
      assertSame(deltaView, delta);
      assertSame(zView, z);
      assertSame(yView, targets(0));
    }
  }

  static List<Activation> activations() {
    return Kinds.ACTIVATIONS;
  }

  @ParameterizedTest
  @MethodSource("activations")
  void activationsTakeMatricesFromTheMiddleOfArrays(Activation activation) {
    Matrix z = sums(0);
    activation.applyInPlace(z);
    Matrix view = sums(5);
    activation.applyInPlace(view);
    assertSame(view, z);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 11})
  void orthogonalVectorsOfAnyLengthAreOrthonormal(int length) {
    Matrix weights = new Matrix(length, length);
    new Initializer.Orthogonal().fill(weights, new SplitMix64(5));
    for (int a = 0; a < length; a++) {
      for (int b = 0; b <= a; b++) {
        double dot = 0;
        for (int i = 0; i < length; i++) {
          dot += (double) weights.get(i, a) * weights.get(i, b);
        }
        assertThat(dot).isCloseTo(a == b ? 1 : 0, within(1e-5));
      }
    }
  }

  private static Matrix sums(int offset) {
    SplitMix64 random = new SplitMix64(1);
    Matrix matrix = filled(offset);
    for (int row = 0; row < ROWS; row++) {
      for (int column = 0; column < COLUMNS; column++) {
        matrix.set(row, column, (float) (2 * random.nextGaussian()));
      }
    }
    return matrix;
  }

  /// One 1 in each row, in another column each time.
  private static Matrix targets(int offset) {
    Matrix matrix = filled(offset);
    for (int row = 0; row < ROWS; row++) {
      for (int column = 0; column < COLUMNS; column++) {
        matrix.set(row, column, column == (2 * row + 1) % COLUMNS ? 1 : 0);
      }
    }
    return matrix;
  }

  private static Matrix filled(int offset) {
    float[] values = new float[offset + ROWS * COLUMNS + 6];
    Arrays.fill(values, NEIGHBOUR);
    return new Matrix(values, offset, ROWS, COLUMNS);
  }

  private static void assertSame(Matrix view, Matrix expected) {
    for (int i = 0; i < view.values().length; i++) {
      int position = i - view.offset();
      boolean inside = position >= 0 && position < view.size();
      assertThat(view.values()[i])
          .as("number %d of the array, which starts at %d", i, view.offset())
          .isEqualTo(inside ? expected.values()[expected.offset() + position] : NEIGHBOUR);
    }
  }
}
