package dev.backprop.core.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backprop.core.linalg.Matrices;
import dev.backprop.core.linalg.Matrix;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What must hold of every activation, at the ends of the number range too.
class ActivationTests {

  private static final float[] EXTREMES = {
    -3e38f, -1e4f, -90, -88.5f, -20, -1e-39f, -0f, 0, Float.MIN_VALUE, 20, 88.5f, 1e4f, 3e38f
  };

  static List<Activation> activations() {
    return Kinds.ACTIVATIONS;
  }

  @Test
  void noneIsLeftOut() {
    Set<Class<?>> tested =
        Kinds.ACTIVATIONS.stream().map(Activation::getClass).collect(Collectors.toSet());

    assertThat(tested).containsExactlyInAnyOrder(Activation.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("activations")
  void outputsAndDerivativesOfExtremesAreFinite(Activation f) {
    Matrix z = Matrices.column(EXTREMES);
    Matrix a = Matrices.column(EXTREMES);
    Matrix delta = ones(EXTREMES.length);

    f.applyInPlace(a);
    f.backpropagateInPlace(f.needsSums() ? z : a, delta);

    for (int i = 0; i < EXTREMES.length; i++) {
      assertThat(a.get(i, 0)).as("f(%s)", EXTREMES[i]).isFinite();
      assertThat(delta.get(i, 0)).as("f′(%s)", EXTREMES[i]).isBetween(-1f, 2f);
    }
  }

  @ParameterizedTest
  @MethodSource("activations")
  void nothingHidesNaN(Activation f) {
    Matrix z = Matrices.of(new float[] {Float.NaN});

    f.applyInPlace(z);

    assertThat(z.get(0, 0)).isNaN();
  }

  @ParameterizedTest
  @MethodSource("activations")
  void touchesNothingBeyondItsRows(Activation f) {
    float[] values = {9, 1, 2, 9};
    float[] deltas = {8, 8, 1, 2, 8};
    Matrix a = new Matrix(values, 1, 1, 2);

    f.applyInPlace(a);
    f.backpropagateInPlace(a, new Matrix(deltas, 2, 1, 2));

    assertThat(values).startsWith(9).endsWith(9);
    assertThat(deltas).startsWith(8, 8).endsWith(8);
  }

  @Test
  void softplusStaysAboveZeroAndHasTheSigmoidAsItsDerivative() {
    Matrix a = Matrices.column(-80, -30, 0, 30);
    Matrix sigmoid = Matrices.column(-80, -30, 0, 30);
    Matrix delta = ones(4);

    new Activation.Softplus().applyInPlace(a);
    new Activation.Softplus().backpropagateInPlace(a, delta);
    new Activation.Sigmoid().applyInPlace(sigmoid);

    for (int row = 0; row < 4; row++) {
      assertThat(a.get(row, 0)).isPositive();
      assertThat(delta.get(row, 0) / sigmoid.get(row, 0)).isBetween(1 - 1e-6f, 1 + 1e-6f);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.01, 1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesASlopeOutOfRange(double slope) {
    assertThatThrownBy(() -> new Activation.LeakyRelu(slope))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("slope must be from 0 to below 1, not " + slope);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 1e-50, 100.5, Double.NaN})
  void refusesAnAlphaOutOfRange(double alpha) {
    assertThatThrownBy(() -> new Activation.Elu(alpha))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("alpha must be above 0 and at most 100, not " + alpha);
  }

  @Test
  void thoseThatNeedTheirSumsAreForHiddenLayersOnly() {
    for (Activation f : Kinds.ACTIVATIONS) {
      if (f.needsSums()) {
        assertThatThrownBy(() -> new NetworkSpec(1, List.of(new LayerSpec(1, f))))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(f + " is for hidden layers only");
      }
    }
  }

  private static Matrix ones(int rows) {
    float[] ones = new float[rows];
    Arrays.fill(ones, 1);
    return Matrices.column(ones);
  }
}
