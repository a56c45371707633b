package dev.backprop.core.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.backprop.core.linalg.BlasProvider;
import dev.backprop.core.linalg.Matrices;
import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.linalg.SplitMix64;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What normalization does beside its numbers, which golden files and gradient checks cover.
class NormalizationTests {

  private static final Loss LOSS = new Loss.MeanSquaredError();
  private static final Normalization BATCH = new Normalization.Batch(0.25, 1e-5);
  private static final Normalization LAYER = new Normalization.Layer();

  private final Products products = new Products(BlasProvider.best().blas());
  private final Matrix x = Matrices.random(7, 3, new SplitMix64(1));
  private final Matrix y = Matrices.random(7, 2, new SplitMix64(2));

  private static NetworkSpec network(Normalization normalization) {
    return new NetworkSpec(
        3,
        List.of(
            new LayerSpec(4, new Activation.Tanh(), 0, normalization),
            new LayerSpec(5, new Activation.Relu(), 0, normalization),
            new LayerSpec(2, new Activation.Linear())));
  }

  private Backprop backprop(NetworkSpec spec) {
    Parameters theta = new Initializer.GlorotUniform().initialize(spec, 3);
    return new Backprop(new Network(theta, products), LOSS, 7, products);
  }

  @Test
  void startsFromTheStandardizedSumsThemselves() {
    Parameters theta = backprop(network(BATCH)).network().parameters();

    assertThat(theta.gamma(1).values()).isSameAs(theta.values());
    assertThat(theta.gamma(1).get(0, 4)).isEqualTo(1);
    assertThat(theta.beta(1).get(0, 4)).isZero();
    assertThat(theta.statistics())
        .containsExactly(0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1);
  }

  @Test
  void neitherLossNorGradientsChangeTheNetwork() {
    Backprop backprop = backprop(network(BATCH));
    Parameters before = backprop.network().parameters().copy();

    backprop.loss(x, y);
    backprop.gradients(x, y);

    assertThat(backprop.network().parameters().values()).isEqualTo(before.values());
    assertThat(backprop.network().parameters().statistics()).isEqualTo(before.statistics());
  }

  @Test
  void movesTheRunningStatisticsTowardsThoseOfTheBatch() {
    Backprop backprop = backprop(network(BATCH));
    Parameters theta = backprop.network().parameters();

    backprop.gradients(x, y);
    backprop.updateStatistics();

    Matrix sums = new Matrix(7, 4);
    products.plain(x, theta.weights(0), sums).compute();
    for (int unit = 0; unit < 4; unit++) {
      double mean = 0;
      double squares = 0;
      for (int row = 0; row < 7; row++) {
        mean += sums.get(row, unit) / 7.0;
      }
      for (int row = 0; row < 7; row++) {
        squares += Math.pow(sums.get(row, unit) - mean, 2);
      }
      assertThat(theta.runningMean(0).get(0, unit)).isCloseTo((float) (0.25 * mean), within(1e-6f));
      assertThat(theta.runningVariance(0).get(0, unit))
          .isCloseTo((float) (0.75 + 0.25 * squares / 6), within(1e-6f));
    }
  }

  /// From standard statistics after a step of momentum 1, prediction is training but for n/(n − 1).
  @Test
  void predictsByTheRunningStatistics() {
    NetworkSpec spec =
        new NetworkSpec(
            3,
            List.of(
                new LayerSpec(4, new Activation.Linear(), 0, new Normalization.Batch(1, 1e-12)),
                new LayerSpec(2, new Activation.Linear())));
    Backprop backprop = backprop(spec);
    backprop.gradients(x, y);
    Matrix trained = Matrices.of(rows(backprop.outputs()));
    backprop.updateStatistics();

    backprop.loss(x, y);

    float shrink = (float) Math.sqrt(6.0 / 7);
    for (int i = 0; i < trained.size(); i++) {
      assertThat(backprop.outputs().values()[i])
          .isCloseTo(shrink * trained.values()[i], within(1e-5f));
    }
  }

  private static float[][] rows(Matrix matrix) {
    float[][] rows = new float[matrix.rows()][matrix.columns()];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(matrix.values(), matrix.offset(row), rows[row], 0, matrix.columns());
    }
    return rows;
  }

  @Test
  void layerNormalizationIsTheSameInTrainingAndPrediction() {
    Backprop backprop = backprop(network(LAYER));

    double loss = backprop.loss(x, y);

    assertThat(backprop.gradients(x, y)).isEqualTo(loss);
    assertThat(backprop.network().parameters().statistics()).isEmpty();
  }

  @Test
  void predictsEachRowByItself() {
    for (Normalization normalization : List.of(BATCH, LAYER)) {
      Backprop backprop = backprop(network(normalization));
      backprop.gradients(x, y);
      backprop.updateStatistics();
      backprop.loss(x, y);
      Matrix together = Matrices.of(rows(backprop.outputs()));
      for (int row = 0; row < 7; row++) {
        backprop.loss(x.rows(row, 1), y.rows(row, 1));

        assertThat(rows(backprop.outputs())[0])
            .containsExactly(rows(together)[row], Offset.offset(1e-6f));
      }
    }
  }

  @Test
  void givesTheBiasesThatABatchCancelsNoGradientAtAll() {
    Backprop backprop = backprop(network(BATCH));
    backprop.gradients().biases(0).set(0, 0, Float.NaN);

    backprop.gradients(x, y);

    assertThat(rows(backprop.gradients().biases(0))[0]).containsOnly(0f);
    assertThat(rows(backprop.gradients().biases(1))[0]).containsOnly(0f);
    assertThat(rows(backprop.gradients().biases(2))[0]).doesNotContain(0f);
  }

  @Test
  void aBatchOfOneRowHasNoVarianceAndLeavesTheStatisticsAlone() {
    Backprop backprop = backprop(network(BATCH));
    Parameters theta = backprop.network().parameters();

    double loss = backprop.gradients(x.rows(0, 1), y.rows(0, 1));
    backprop.updateStatistics();

    assertThat(loss).isFinite();
    assertThat(backprop.gradients().areFinite()).isTrue();
    assertThat(theta.statistics()).isEqualTo(new Parameters(theta.spec()).statistics());
  }

  @Test
  void staysFiniteWhereAUnitIsConstant() {
    for (Normalization normalization : List.of(BATCH, LAYER)) {
      Backprop backprop = backprop(network(normalization));

      double loss = backprop.gradients(new Matrix(7, 3), y);

      assertThat(loss).isFinite();
      assertThat(backprop.gradients().areFinite()).isTrue();
    }
  }

  /// A mean far from 0 costs digits of the numbers themselves, not of their sum of squares.
  @Test
  void measuresVariancesFarFromZero() {
    NetworkSpec spec =
        new NetworkSpec(
            1,
            List.of(
                new LayerSpec(1, new Activation.Linear(), 0, new Normalization.Batch(1, 1e-12)),
                new LayerSpec(1, new Activation.Linear())));
    Parameters theta = Parameters.untrained(spec);
    theta.weights(0).set(0, 0, 1);
    Backprop backprop = new Backprop(new Network(theta, products), LOSS, 3, products);

    backprop.gradients(Matrices.column(100_000, 100_001, 100_002), Matrices.column(0, 0, 0));
    backprop.updateStatistics();

    assertThat(theta.statistics()).containsExactly(100_001, 1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 1.1, Double.NaN})
  void refusesAMomentumOutOfRange(double momentum) {
    assertThatThrownBy(() -> new Normalization.Batch(momentum, 1e-5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("momentum must be above 0 and at most 1, not " + momentum);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-13, 1.1, Double.NaN})
  void refusesAnEpsilonOutOfRange(double epsilon) {
    assertThatThrownBy(() -> new Normalization.Batch(0.1, epsilon))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("epsilon must be from 1e-12 to 1, not " + epsilon);
    assertThatThrownBy(() -> new Normalization.Layer(epsilon))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("epsilon must be from 1e-12 to 1, not " + epsilon);
  }

  @Test
  void refusesTheNormalizationOfAnOutput() {
    assertThatThrownBy(
            () ->
                new NetworkSpec(
                    3,
                    List.of(
                        new LayerSpec(2, new Activation.Linear(), 0, new Normalization.Layer()))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("normalization is for hidden layers only");
  }
}
