package dev.backprop.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.backprop.core.nn.Loss;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTests {

  static List<Arguments> refused() {
    return List.of(
        refused("batchSize must be at least 1, not 0", () -> new BatchSize.Rows(0)),
        refused("batchSize must be at least 1, not -5", () -> new BatchSize.Rows(-5)),
        refused("learningRate must be a positive 32-bit number, not 0.0", () -> sgd(0, 0)),
        refused("learningRate must be a positive 32-bit number, not -0.1", () -> sgd(-0.1, 0)),
        refused("learningRate must be a positive 32-bit number, not 1.0E-50", () -> sgd(1e-50, 0)),
        refused("learningRate must be a positive 32-bit number, not 1.0E39", () -> sgd(1e39, 0)),
        refused(
            "learningRate must be a positive 32-bit number, not Infinity",
            () -> sgd(Double.POSITIVE_INFINITY, 0)),
        refused("learningRate must be a positive 32-bit number, not NaN", () -> sgd(Double.NaN, 0)),
        refused("momentum must be from 0 to below 1, not 1.0", () -> sgd(0.1, 1)),
        refused("momentum must be from 0 to below 1, not -0.1", () -> sgd(0.1, -0.1)),
        refused("momentum must be from 0 to below 1, not NaN", () -> sgd(0.1, Double.NaN)),
        refused("nesterov needs a momentum above 0", () -> new Sgd(0.1, 0, true)),
        refused("learningRate must be a positive 32-bit number, not 0.0", () -> new Adam(0)),
        refused("beta1 must be from 0 to below 1, not 1.0", () -> adam(1, 0.999, 1e-8)),
        refused("beta1 must be from 0 to below 1, not NaN", () -> adam(Double.NaN, 0.999, 1e-8)),
        refused("beta2 must be from 0 to below 1, not 1.5", () -> adam(0.9, 1.5, 1e-8)),
        refused("beta2 must be from 0 to below 1, not -1.0", () -> adam(0.9, -1, 1e-8)),
        refused("epsilon must be a positive 32-bit number, not 0.0", () -> adam(0.9, 0.999, 0)),
        refused(
            "epsilon must be a positive 32-bit number, not 1.0E-50", () -> adam(0.9, 0.999, 1e-50)),
        refused("epsilon must be a positive 32-bit number, not -1.0", () -> new AdaGrad(1, -1)),
        refused("decay must be from 0 to below 1, not 1.0", () -> new RmsProp(1, 1, 1)),
        refused("decay must be from 0 to below 1, not -0.5", () -> new AdaDelta(1, -0.5, 1)),
        refused(
            "weightDecay must be a 32-bit number from 0 on, not -0.1",
            () -> new AdamW(1, 0.9, 0.9, 1, -0.1)),
        refused(
            "weightDecay must be a 32-bit number from 0 on, not NaN",
            () -> new Lion(1, 0.9, 0.9, Double.NaN)),
        refused(
            "momentumDecay must be a 32-bit number from 0 on, not Infinity",
            () -> new Nadam(1, 0.9, 0.9, 1, Double.POSITIVE_INFINITY)),
        refused("beta2 must be from 0 to below 1, not 1.0", () -> new AmsGrad(1, 0.9, 1, 1)),
        refused("decrease must be below 1, not 1.0", () -> new Rprop(1, 1, 1.2, 1, 2)),
        refused("increase must be above 1, not 1.0", () -> new Rprop(1, 0.5, 1, 1, 2)),
        refused("largestStep 1.0 is below smallestStep 2.0", () -> new Rprop(1, 0.5, 1.2, 2, 1)),
        refused(
            "learningRate must be a positive 32-bit number, not 0.0", () -> new Lbfgs(0, 10, 25)),
        refused("memory must be from 1 to 1000, not 0", () -> new Lbfgs(1, 0, 25)),
        refused("memory must be from 1 to 1000, not 1001", () -> new Lbfgs(1, 1001, 25)),
        refused("maxEvaluations must be from 1 to 1000, not 0", () -> new Lbfgs(1, 10, 0)),
        refused("maxEvaluations must be from 1 to 1000, not 1001", () -> new Lbfgs(1, 10, 1001)),
        refused("l1 must be a 32-bit number from 0 on, not -1.0", () -> new Regularization(-1, 0)),
        refused(
            "l2 must be a 32-bit number from 0 on, not NaN",
            () -> new Regularization(0, Double.NaN)),
        refused(
            "inputDropout must be from 0 to below 1, not 1.0",
            () -> new Regularization(0, 0, 1, 0, null)),
        refused(
            "inputNoise must be a 32-bit number from 0 on, not -0.5",
            () -> new Regularization(0, 0, 0, -0.5, null)),
        refused(
            "maxNorm must be a positive 32-bit number, not 0.0",
            () -> new Regularization(0, 0, 0, 0, 0.0)),
        refused(
            "norm must be a positive 32-bit number, not 0.0", () -> new GradientClipping.Norm(0)),
        refused(
            "value must be a positive 32-bit number, not -1.0",
            () -> new GradientClipping.Value(-1)),
        refused("epochs must be at least 1, not 0", () -> spec(0, null)),
        refused("epochs must be at least 1, not -2147483648", () -> spec(Integer.MIN_VALUE, null)),
        refused("targetLoss must be a number from 0 on, not -0.5", () -> spec(1, -0.5)),
        refused("targetLoss must be a number from 0 on, not NaN", () -> spec(1, Double.NaN)),
        refused(
            "targetLoss must be a number from 0 on, not Infinity",
            () -> spec(1, Double.POSITIVE_INFINITY)));
  }

  private static Arguments refused(String message, ThrowingCallable settings) {
    return argumentSet(message, message, settings);
  }

  private static Optimizer sgd(double learningRate, double momentum) {
    return new Sgd(learningRate, momentum, false);
  }

  private static Optimizer adam(double beta1, double beta2, double epsilon) {
    return new Adam(0.001, beta1, beta2, epsilon);
  }

  private static TrainingSpec spec(int epochs, @Nullable Double targetLoss) {
    return new TrainingSpec(
        new Loss.MeanSquaredError(),
        new Sgd(0.1),
        new Schedule.Constant(),
        epochs,
        new BatchSize.Full(),
        false,
        0,
        targetLoss);
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refuses(String message, ThrowingCallable settings) {
    assertThatThrownBy(settings).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0x1p-149, 1e-10, 0.5, 1e10, 3.4e38})
  void takesEveryPositiveFloatAsALearningRate(double learningRate) {
    assertThat(new Sgd(learningRate).learningRate()).isEqualTo(learningRate);
    assertThat(new Adam(learningRate).learningRate()).isEqualTo(learningRate);
  }

  @Test
  void takesTheEndsOfTheRanges() {
    assertThat(spec(1, 0.0).targetLoss()).isZero();
    assertThat(spec(Integer.MAX_VALUE, null).targetLoss()).isNull();
    assertThat(adam(0, 0, 0x1p-149).numbersPerParameter()).isEqualTo(2);
  }

  @Test
  void saysHowMuchAnOptimizerKeeps() {
    assertThat(sgd(0.1, 0).numbersPerParameter()).isZero();
    assertThat(sgd(0.1, 0.9).numbersPerParameter()).isEqualTo(1);
    assertThat(new AdaDelta(1).numbersPerParameter()).isEqualTo(2);
    assertThat(new AmsGrad(1).numbersPerParameter()).isEqualTo(3);
    assertThat(new Lbfgs(1).numbersPerParameter()).isEqualTo(23);
    assertThat(new Lbfgs(1, 1, 1).numbersPerParameter()).isEqualTo(5);
  }

  /// A unit that no input reaches has gradients of 0 throughout.
  @Test
  void noOptimizerMovesWhatHasNoGradient() {
    List<Optimizer> optimizers = new ArrayList<>(Optimizers.all());
    optimizers.removeIf(optimizer -> optimizer instanceof AdamW); // it decays
    optimizers.add(new AdamW(0.001, 0.9, 0.999, 1e-8, 0));
    optimizers.add(adam(0, 0, 0x1p-149));
    for (Optimizer optimizer : optimizers) {
      float[] theta = {1, -2};
      OptimizerState state = optimizer.newState(2);
      for (int step = 0; step < 3; step++) {
        state.step(new Formula(theta, (at, gradient) -> 0), optimizer.learningRate());
      }
      assertThat(theta).as("%s", optimizer).containsExactly(1, -2);
    }
  }
}
