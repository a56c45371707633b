package dev.backprop.core.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.backprop.core.linalg.Matrices;
import dev.backprop.core.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Values worked out by hand, and what must not happen at the ends of the number range.
class LossTests {

  private static final float[] EXTREMES = {
    1e4f, -1e4f, 0, -0f, Float.MIN_VALUE, -Float.MIN_VALUE, 1e-39f, 88.5f, -88.5f, 3e38f, -3e38f
  };

  private final Activation softmax = new Activation.Softmax();
  private final Activation sigmoid = new Activation.Sigmoid();

  /// Every row of three extremes.
  static List<float[]> rows() {
    List<float[]> rows = new ArrayList<>();
    for (float a : EXTREMES) {
      for (float b : EXTREMES) {
        for (float c : EXTREMES) {
          rows.add(new float[] {a, b, c});
        }
      }
    }
    return rows;
  }

  @Test
  void softmaxOfExtremesSumsToOne() {
    for (float[] row : rows()) {
      Matrix z = Matrices.of(row);
      softmax.applyInPlace(z);
      assertThat(z.get(0, 0)).as("%s", row).isBetween(0f, 1f);
      assertThat((double) z.get(0, 0) + z.get(0, 1) + z.get(0, 2)).isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void crossEntropiesOfExtremesAreFiniteAndNotNegative() {
    for (float[] row : rows()) {
      for (int target = 0; target < 3; target++) {
        Matrix y = new Matrix(1, 3);
        y.set(0, target, 1);
        assertThat(new Loss.CategoricalCrossEntropy().applyInPlace(softmax, Matrices.of(row), y))
            .as("categorical, %s, %d", row, target)
            .isFinite()
            .isNotNegative();
        assertThat(new Loss.BinaryCrossEntropy().applyInPlace(sigmoid, Matrices.of(row), y))
            .as("binary, %s, %d", row, target)
            .isFinite()
            .isNotNegative();
      }
    }
  }

  @Test
  void crossEntropiesGrowWithTheLogitWhereTheProbabilityIsZero() {
    Matrix y = Matrices.of(new float[] {0, 1});

    assertThat(
            new Loss.CategoricalCrossEntropy()
                .applyInPlace(softmax, Matrices.of(new float[] {1e4f, -1e4f}), y))
        .isEqualTo(2e4);
    assertThat(
            new Loss.BinaryCrossEntropy()
                .applyInPlace(sigmoid, Matrices.of(new float[] {1e4f, -1e4f}), y))
        .isEqualTo(1e4);
  }

  @Test
  void meanSquaredErrorIsTheMeanOverRowsAndOutputs() {
    Matrix z = Matrices.of(new float[] {1, 2}, new float[] {3, 4});
    Matrix y = Matrices.of(new float[] {1, 0}, new float[] {0, 8});
    Activation linear = new Activation.Linear();
    Matrix delta = new Matrix(2, 2);

    double value = new Loss.MeanSquaredError().applyInPlace(linear, z, y);
    new Loss.MeanSquaredError().delta(linear, z, y, delta);

    assertThat(value).isEqualTo((0 + 4 + 9 + 16) / 4.0);
    assertThat(delta.values()).containsExactly(0, 1, 1.5f, -2);
  }

  @Test
  void crossEntropiesOfEvenOddsAreLogarithms() {
    Matrix zeros = new Matrix(2, 4);
    Matrix y = Matrices.of(new float[] {0, 1, 0, 0}, new float[] {0.5f, 0, 0.5f, 0});
    Matrix delta = new Matrix(2, 4);

    double categorical = new Loss.CategoricalCrossEntropy().applyInPlace(softmax, zeros, y);
    new Loss.CategoricalCrossEntropy().delta(softmax, zeros, y, delta);

    assertThat(categorical).isCloseTo(Math.log(4), within(1e-7));
    assertThat(delta.values())
        .containsExactly(0.125f, -0.375f, 0.125f, 0.125f, -0.125f, 0.125f, -0.125f, 0.125f);
    assertThat(new Loss.BinaryCrossEntropy().applyInPlace(sigmoid, new Matrix(2, 4), y))
        .isCloseTo(Math.log(2), within(1e-7));
  }

  static List<Activation> activations() {
    return Kinds.outputs();
  }

  @ParameterizedTest
  @MethodSource("activations")
  void crossEntropiesFitTheirOwnOutputOnly(Activation f) {
    assertThat(new Loss.MeanSquaredError().fits(f)).isTrue();
    assertThat(new Loss.BinaryCrossEntropy().fits(f)).isEqualTo(f instanceof Activation.Sigmoid);
    assertThat(new Loss.CategoricalCrossEntropy().fits(f))
        .isEqualTo(f instanceof Activation.Softmax);
  }

  @Test
  void nothingHidesNaN() {
    Matrix y = Matrices.of(new float[] {1, 0});
    for (Activation f : activations()) {
      Matrix z = Matrices.of(new float[] {Float.NaN, 1});
      assertThat(new Loss.MeanSquaredError().applyInPlace(f, z, y)).as("%s", f).isNaN();
    }
    assertThat(
            new Loss.BinaryCrossEntropy()
                .applyInPlace(sigmoid, Matrices.of(new float[] {0, Float.NaN}), y))
        .isNaN();
    assertThat(
            new Loss.CategoricalCrossEntropy()
                .applyInPlace(softmax, Matrices.of(new float[] {0, Float.NaN}), y))
        .isNaN();
  }
}
