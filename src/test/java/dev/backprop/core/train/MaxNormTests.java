package dev.backprop.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.backprop.core.linalg.BlasProvider;
import dev.backprop.core.linalg.Matrices;
import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Parameters;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// The constraint on incoming weights, also against NumPy in float64; `golden/maxNorm.py` made the
/// numbers.
@SuppressWarnings("ArrayRecordComponent") // the records mirror the file
class MaxNormTests {

  /// Ten steps of numbers of about 1, each rounded to 24 bits.
  private static final Offset<Float> FLOAT_ACCURACY = Offset.offset(3e-6f);

  private static final NetworkSpec NETWORK =
      TrainingProblems.network(
          3, new Activation.Tanh(), 4, new LayerSpec(2, new Activation.Linear()));

  record Golden(
      double maxNorm,
      float[][] inputs,
      float[][] targets,
      float[] initial,
      float[] afterOneStep,
      float[] afterTenSteps) {}

  private static Golden golden() throws IOException {
    try (InputStream file = MaxNormTests.class.getResourceAsStream("/golden/maxNorm.json")) {
      return JsonMapper.shared().readValue(Objects.requireNonNull(file), Golden.class);
    }
  }

  private static Regularization maxNorm(@Nullable Double maximum) {
    return new Regularization(0, 0, 0, 0, maximum);
  }

  private static Parameters train(
      Golden golden, Optimizer optimizer, int steps, Regularization regularization) {
    TrainingSpec spec =
        new TrainingSpec(
            new Loss.MeanSquaredError(),
            optimizer,
            new Schedule.Constant(),
            steps,
            new BatchSize.Full(),
            false,
            0,
            regularization,
            new GradientClipping.None(),
            null,
            null);
    return new Trainer(
            spec,
            new Parameters(NETWORK, golden.initial().clone()),
            new Examples(Matrices.of(golden.inputs()), Matrices.of(golden.targets())),
            null,
            new Products(BlasProvider.best().blas()))
        .train(new RecordingMonitor())
        .last();
  }

  private static double norm(Matrix weights, int unit) {
    double squares = 0;
    for (int input = 0; input < weights.rows(); input++) {
      squares += Math.pow(weights.get(input, unit), 2);
    }
    return Math.sqrt(squares);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10})
  void endsWhereNumPyEnds(int steps) throws IOException {
    Golden golden = golden();

    Parameters last = train(golden, new Sgd(1.0 / 16), steps, maxNorm(golden.maxNorm()));

    assertThat(last.values())
        .containsExactly(
            steps == 1 ? golden.afterOneStep() : golden.afterTenSteps(), FLOAT_ACCURACY);
    assertThat(train(golden, new Sgd(1.0 / 16), steps, maxNorm(null)).values())
        .isNotEqualTo(last.values());
  }

  @Test
  void holdsAfterTheStepsOfEveryOptimizerButLbfgs() throws IOException {
    for (Optimizer optimizer : Optimizers.all()) {
      if (optimizer instanceof Lbfgs) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> train(golden(), optimizer, 5, maxNorm(0.5)))
            .withMessageContaining("lbfgs needs the same objective in every step");
        continue;
      }
      Parameters last = train(golden(), optimizer, 5, maxNorm(0.5));

      for (int layer = 0; layer < 2; layer++) {
        for (int unit = 0; unit < NETWORK.layers().get(layer).units(); unit++) {
          assertThat(norm(last.weights(layer), unit))
              .as("%s", optimizer)
              .isLessThanOrEqualTo(0.5 + 1e-6);
        }
      }
    }
  }

  @Test
  void scalesLargeWeightsDownAndLeavesSmallOnesAndBiases() {
    NetworkSpec spec =
        TrainingProblems.network(
            2, new Activation.Tanh(), 2, new LayerSpec(1, new Activation.Linear()));
    float[] before = {3, 0.3f, -4, 0.4f, 50, -60, 5, 12, 70};
    Parameters theta = new Parameters(spec, before.clone());

    maxNorm(2.5).constrainInPlace(theta);

    assertThat(theta.weights(0).get(0, 0)).isCloseTo(1.5f, within(1e-6f));
    assertThat(theta.weights(0).get(1, 0)).isCloseTo(-2, within(1e-6f));
    assertThat(theta.weights(0).get(0, 1)).isEqualTo(0.3f);
    assertThat(theta.weights(0).get(1, 1)).isEqualTo(0.4f);
    assertThat(norm(theta.weights(1), 0)).isCloseTo(2.5, within(1e-6));
    assertThat(theta.biases(0).get(0, 0)).isEqualTo(50);
    assertThat(theta.biases(0).get(0, 1)).isEqualTo(-60);
    assertThat(theta.biases(1).get(0, 0)).isEqualTo(70);
  }

  @Test
  void leavesAllAsItIsWhereNoneIsGiven() {
    float[] before = {1e30f, -1e30f, 3e38f, 1, 2, 3, 4, 5, 6};
    Parameters theta =
        new Parameters(
            TrainingProblems.network(
                2, new Activation.Tanh(), 2, new LayerSpec(1, new Activation.Linear())),
            before.clone());

    maxNorm(null).constrainInPlace(theta);
    assertThat(theta.values()).isEqualTo(before);

    maxNorm(1.0).constrainInPlace(theta);
    assertThat(norm(theta.weights(0), 0)).isCloseTo(1, within(1e-6));
  }
}
