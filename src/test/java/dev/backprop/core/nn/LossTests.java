package dev.backprop.core.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.backprop.core.linalg.Matrices;
import dev.backprop.core.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  static List<Loss> losses() {
    return Kinds.LOSSES;
  }

  @Test
  void noneIsLeftOut() {
    Set<Class<?>> tested = Kinds.LOSSES.stream().map(Loss::getClass).collect(Collectors.toSet());
    Set<Class<?>> permitted =
        Stream.of(Loss.class, Loss.OfEach.class, Loss.OfError.class)
            .flatMap(type -> Stream.of(type.getPermittedSubclasses()))
            .filter(type -> !type.isInterface())
            .collect(Collectors.toSet());

    assertThat(tested).isEqualTo(permitted);
  }

  @ParameterizedTest
  @MethodSource("activations")
  void someLossesFitTheirOwnOutputOnly(Activation f) {
    assertThat(new Loss.BinaryCrossEntropy().fits(f)).isEqualTo(f instanceof Activation.Sigmoid);
    assertThat(new Loss.CategoricalCrossEntropy().fits(f))
        .isEqualTo(f instanceof Activation.Softmax);
    assertThat(new Loss.Poisson().fits(f)).isEqualTo(f instanceof Activation.Softplus);
    assertThat(new Loss.Hinge().fits(f))
        .isEqualTo(f instanceof Activation.Linear || f instanceof Activation.Tanh);
    assertThat(Kinds.LOSSES.stream().filter(Loss.OfError.class::isInstance))
        .allMatch(loss -> loss.fits(f));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void noneFitsAnActivationThatNeedsItsSums(Loss loss) {
    assertThat(Kinds.ACTIVATIONS.stream().filter(Activation::needsSums)).noneMatch(loss::fits);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void nothingHidesNaN(Loss loss) {
    Matrix y = Matrices.of(new float[] {1, 0});
    for (Activation f : activations()) {
      if (loss.fits(f)) {
        Matrix z = Matrices.of(new float[] {0, Float.NaN});

        assertThat(loss.applyInPlace(f, z, y)).as("%s", f).isNaN();
      }
    }
  }

  /// Only the square of 3e38 is beyond a 32-bit delta.
  @ParameterizedTest
  @MethodSource("losses")
  void lossesAndDeltasOfLargeSumsAreFinite(Loss loss) {
    float[] sums = {1e4f, -1e4f, 0, 88.5f, -88.5f, 1e30f, -1e30f};
    for (Activation f : activations()) {
      for (int i = 0; i < sums.length && loss.fits(f); i++) {
        for (float target : new float[] {0, 1}) {
          Matrix z = Matrices.of(new float[] {sums[i], 0});
          Matrix y = Matrices.of(new float[] {target, 1 - target});
          Matrix delta = new Matrix(1, 2);

          assertThat(loss.applyInPlace(f, z, y)).as("%s of %s", f, sums[i]).isFinite();
          loss.delta(f, z, y, delta);
          assertThat(delta.get(0, 0)).as("%s of %s", f, sums[i]).isFinite();
        }
      }
    }
  }

  /// A loss with an error, its value and its slope.
  record OfOne(Loss.OfError loss, double error, double value, double slope) {}

  static List<OfOne> errors() {
    return List.of(
        new OfOne(new Loss.MeanSquaredError(), -3, 9, -6),
        new OfOne(new Loss.MeanAbsoluteError(), -3, 3, -1),
        new OfOne(new Loss.MeanAbsoluteError(), 0, 0, 0),
        new OfOne(new Loss.Huber(2), 2, 2, 2),
        new OfOne(new Loss.Huber(2), -3, 4, -2),
        new OfOne(new Loss.Huber(2), 1, 0.5, 1),
        new OfOne(new Loss.LogCosh(), 0, 0, 0),
        new OfOne(new Loss.LogCosh(), -1000, 1000 - Math.log(2), -1),
        new OfOne(new Loss.Quantile(0.75), 4, 1, 0.25),
        new OfOne(new Loss.Quantile(0.75), -4, 3, -0.75),
        new OfOne(new Loss.Quantile(0.75), 0, 0, 0));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void hasTheValueAndTheSlopeOfItsFormula(OfOne expected) {
    assertThat(expected.loss().value(expected.error())).isCloseTo(expected.value(), within(1e-12));
    assertThat((double) expected.loss().slope((float) expected.error()))
        .isCloseTo(expected.slope(), within(1e-7));
  }

  @Test
  void hingeTakesZeroAndOneForTheTwoSides() {
    Matrix a = Matrices.of(new float[] {0.5f, 0.5f, 2, -2});
    Matrix y = Matrices.of(new float[] {1, 0, 1, 1});
    Matrix delta = new Matrix(1, 4);

    double value = new Loss.Hinge().applyInPlace(new Activation.Linear(), a, y);
    new Loss.Hinge().delta(new Activation.Linear(), a, y, delta);

    assertThat(value).isEqualTo((0.5 + 1.5 + 0 + 3) / 4);
    assertThat(delta.values()).containsExactly(-0.25f, 0.25f, 0, -0.25f);
    assertThat(new Loss.Hinge().threshold()).isZero();
    assertThat(new Loss.BinaryCrossEntropy().threshold()).isEqualTo(0.5f);
  }

  @Test
  void poissonIsLeastWhereTheOutputIsTheCount() {
    Matrix z = Matrices.of(new float[] {(float) Math.log(Math.E * Math.E * Math.E - 1), -50});
    Matrix y = Matrices.of(new float[] {3, 0});
    Matrix delta = new Matrix(1, 2);

    double value = new Loss.Poisson().applyInPlace(new Activation.Softplus(), z, y);
    new Loss.Poisson().delta(new Activation.Softplus(), z, y, delta);

    assertThat(value).isCloseTo((3 - 3 * Math.log(3)) / 2, within(1e-6));
    assertThat(delta.get(0, 0)).isCloseTo(0, within(1e-6f));
    assertThat(delta.get(0, 1)).isPositive().isLessThan(1e-20f);
  }

  @Test
  void smoothedLabelsShareTheirPart() {
    Matrix y = Matrices.of(new float[] {0, 1, 0, 0});
    Matrix delta = new Matrix(1, 4);
    Loss loss = new Loss.CategoricalCrossEntropy(0.5);
    Matrix a = new Matrix(1, 4);

    assertThat(loss.applyInPlace(softmax, a, y)).isCloseTo(Math.log(4), within(1e-7));
    loss.delta(softmax, a, y, delta);

    assertThat(delta.values()).containsExactly(0.125f, -0.375f, 0.125f, 0.125f);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.5, 1.5, Double.NaN})
  void refusesAQuantileThatIsNoShare(double q) {
    assertThatThrownBy(() -> new Loss.Quantile(q))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("q must be above 0 and below 1, not " + q);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 1e-7, 1e7, Double.NaN})
  void refusesADeltaOutOfRange(double delta) {
    assertThatThrownBy(() -> new Loss.Huber(delta))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("delta must be from 1e-6 to 1e6, not " + delta);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void refusesASmoothingOutOfRange(double smoothing) {
    assertThatThrownBy(() -> new Loss.CategoricalCrossEntropy(smoothing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("labelSmoothing must be from 0 to below 1, not " + smoothing);
  }
}
