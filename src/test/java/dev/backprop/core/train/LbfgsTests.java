package dev.backprop.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.backprop.core.linalg.Blas;
import dev.backprop.core.linalg.BlasProvider;
import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.PlainBlas;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.linalg.SplitMix64;
import dev.backprop.core.linalg.Workers;
import dev.backprop.core.metric.Scoring;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.Backprop;
import dev.backprop.core.nn.Initializer;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.Network;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Parameters;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LbfgsTests {

  private static final NetworkSpec NETWORK =
      TrainingProblems.network(
          4, new Activation.Tanh(), 8, new LayerSpec(3, new Activation.Softmax()));

  private static final Loss LOSS = new Loss.CategoricalCrossEntropy();

  private final Products products = new Products(BlasProvider.best().blas());

  /// Three clouds of flowers with four measures, two of them close together.
  private static Examples flowers() {
    float[][] centers = {{5, 3.4f, 1.5f, 0.2f}, {5.9f, 2.8f, 4.3f, 1.3f}, {6.6f, 3, 5.5f, 2}};
    float[] mean = {5.8f, 3.1f, 3.8f, 1.2f};
    SplitMix64 random = new SplitMix64(1936);
    Matrix x = new Matrix(150, 4);
    Matrix y = new Matrix(150, 3);
    for (int row = 0; row < 150; row++) {
      int kind = row % 3;
      for (int i = 0; i < 4; i++) {
        x.set(row, i, centers[kind][i] - mean[i] + (float) (0.4 * random.nextGaussian()));
      }
      y.set(row, kind, 1);
    }
    return new Examples(x, y);
  }

  private Trainer trainer(Optimizer optimizer, int epochs, Regularization regularization) {
    return new Trainer(
        spec(optimizer, epochs, regularization, new GradientClipping.None()),
        new Initializer.GlorotUniform().initialize(NETWORK, 5),
        flowers(),
        null,
        products);
  }

  private static TrainingSpec spec(
      Optimizer optimizer, int epochs, Regularization regularization, GradientClipping clipping) {
    return new TrainingSpec(
        LOSS,
        optimizer,
        new Schedule.Constant(),
        epochs,
        new BatchSize.Full(),
        true,
        1,
        regularization,
        clipping,
        null,
        null);
  }

  private double[] losses(Optimizer optimizer, int epochs) {
    RecordingMonitor monitor = new RecordingMonitor();
    trainer(optimizer, epochs, Regularization.NONE).train(monitor);
    return monitor.trainingLosses();
  }

  private double objective(Parameters theta, Regularization regularization) {
    Examples all = flowers();
    Backprop backprop = new Backprop(new Network(theta, products), LOSS, all.rows(), products);
    return backprop.loss(all.x(), all.y()) + regularization.penalty(theta);
  }

  @Test
  void neverGoesUp() {
    double[] losses = losses(new Lbfgs(1), 60);

    for (int epoch = 1; epoch < losses.length; epoch++) {
      assertThat(losses[epoch]).as("epoch %d", epoch + 1).isLessThanOrEqualTo(losses[epoch - 1]);
    }
    assertThat(losses[59]).isLessThan(losses[0] / 10);
  }

  @Test
  void neverGoesUpWithThePenaltyThatItMinimizesToo() {
    Regularization l2 = new Regularization(0, 0.125);
    double before = Double.POSITIVE_INFINITY;
    for (int epochs = 1; epochs <= 20; epochs++) {
      Parameters theta = trainer(new Lbfgs(1), epochs, l2).train(new RecordingMonitor()).last();
      double value = objective(theta, l2);
      assertThat(value).as("after %d epochs", epochs).isLessThanOrEqualTo(before);
      before = value;
    }
    Parameters theta = trainer(new Lbfgs(1), 60, l2).train(new RecordingMonitor()).last();
    Backprop backprop = new Backprop(new Network(theta, products), LOSS, 150, products);
    backprop.gradients(flowers().x(), flowers().y());
    l2.addGradient(theta, backprop.gradients(), Workers.INLINE);
    float[] g = backprop.gradients().values();
    assertThat(Math.sqrt(CurvaturePairs.dot(g, g))).isLessThan(1e-3);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.01, 0.1})
  void isLowerThanAdamAfterAsManyEpochs(double learningRateOfAdam) {
    double[] lbfgs = losses(new Lbfgs(1), 60);
    double[] adam = losses(new Adam(learningRateOfAdam), 60);

    assertThat(lbfgs[59]).isLessThan(adam[59]);
  }

  /// The valley of Rosenbrock, from its customary start.
  @Test
  void findsTheBottomOfRosenbrocksValley() {
    Formula valley = valley();
    OptimizerState state = new Lbfgs(1).newState(2);
    double before = valley.value();
    for (int step = 0; step < 60; step++) {
      state.step(valley, 1);
      valley.evaluate();
      assertThat(valley.value()).isLessThanOrEqualTo(before);
      before = valley.value();
    }

    assertThat(valley.theta()[0]).isCloseTo(1, within(1e-3f));
    assertThat(valley.theta()[1]).isCloseTo(1, within(2e-3f));
  }

  private static Formula valley() {
    return new Formula(
        new float[] {-1.2f, 1},
        (theta, gradient) -> {
          double x = theta[0];
          double across = theta[1] - x * x;
          gradient[0] = (float) (-400 * x * across - 2 * (1 - x));
          gradient[1] = (float) (200 * across);
          return 100 * across * across + (1 - x) * (1 - x);
        });
  }

  /// With as many pairs as parameters, a quadratic form takes about as many steps.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 6, 1000})
  void minimizesAQuadraticFormWhateverItRemembers(int memory) {
    float[] theta = {1, -2, 3, -4, 5, -6};
    Formula bowl =
        new Formula(
            theta,
            (at, gradient) -> {
              double sum = 0;
              for (int i = 0; i < at.length; i++) {
                gradient[i] = (1 << i) * at[i];
                sum += 0.5 * (1 << i) * at[i] * at[i];
              }
              return sum;
            });
    OptimizerState state = new Lbfgs(1, memory, 25).newState(theta.length);
    for (int step = 0; step < 60; step++) {
      state.step(bowl, 1);
      bowl.evaluate();
    }

    assertThat(bowl.value()).isLessThan(1e-8);
  }

  @Test
  void triesTheLearningRateFirst() {
    float[] theta = {3};
    Formula slope =
        new Formula(
            theta,
            (at, gradient) -> {
              gradient[0] = 0.5f * (at[0] - 2);
              return 0.25 * (at[0] - 2) * (at[0] - 2);
            });

    new Lbfgs(0.5).newState(1).step(slope, 0.5);

    assertThat(theta[0]).isEqualTo(2.75f);
    assertThat(slope.evaluations()).isEqualTo(1);
  }

  @Test
  void restsWhereNothingIsLower() {
    float[] theta = {1, 2};
    Formula liar =
        new Formula(
            theta,
            (at, gradient) -> {
              Arrays.fill(gradient, -1);
              return at[0] + at[1];
            });
    OptimizerState state = new Lbfgs(1).newState(2);

    state.step(liar, 1);
    int evaluations = liar.evaluations();
    state.step(liar, 1);

    assertThat(theta).containsExactly(1, 2);
    assertThat(evaluations).isEqualTo(25);
    assertThat(liar.evaluations()).isEqualTo(25);
  }

  @Test
  void endsAStepEarlyOnRequestAndNeverHigher() {
    Formula valley = valley();
    double before = valley.value();
    valley.stopAfter(1);

    new Lbfgs(1000, 10, 25).newState(2).step(valley, 1000);

    assertThat(valley.evaluations()).isEqualTo(1);
    assertThat(valley.evaluate()).isLessThanOrEqualTo(before);
  }

  /// The first two questions come before the first batch and before the only evaluation.
  @Test
  void aTrainingIsCancelledBetweenEvaluations() {
    RecordingMonitor monitor = new RecordingMonitor(2);

    TrainingOutcome outcome = trainer(new Lbfgs(1e6), 100, Regularization.NONE).train(monitor);

    assertThat(outcome.reason()).isEqualTo(StopReason.CANCELLED);
    assertThat(outcome.epochs()).isEqualTo(1);
    assertThat(outcome.last().areFinite()).isTrue();
  }

  /// Seven products each, two of them for biases: the first epoch's and those of the line searches,
  /// of which all end where they evaluated last.
  @Test
  void anEpochBeginsWithWhatTheLastStepHasEvaluated() {
    AtomicInteger count = new AtomicInteger();
    Blas plain = new PlainBlas();
    Blas counting =
        new Blas() {
          @Override
          public void multiply(Tile tile, float[] a, float[] b, float[] c) {
            count.incrementAndGet();
            plain.multiply(tile, a, b, c);
          }

          @Override
          public String description() {
            return "counting";
          }
        };
    int epochs = 10;
    RecordingMonitor monitor = new RecordingMonitor();
    trainer(epochs, flowers(), null, new Products(counting)).train(monitor);

    // it asks before each batch and before each evaluation of a line search
    long evaluations = 1 + monitor.asked() - epochs;
    int ofTheLastParameters = 2;
    assertThat(evaluations).isGreaterThan(epochs);
    assertThat(count.get()).isEqualTo(7 * evaluations + ofTheLastParameters);
  }

  @Test
  void measuresTheSameWhetherItIsValidatedOrNot() {
    RecordingMonitor alone = new RecordingMonitor();
    RecordingMonitor validated = new RecordingMonitor();
    TrainingOutcome expected = trainer(80, flowers(), null, products).train(alone);
    TrainingOutcome outcome =
        trainer(80, flowers(), flowers().rows(3, 60), products).train(validated);

    assertThat(outcome.last().values()).isEqualTo(expected.last().values());
    assertThat(validated.reports())
        .extracting(EpochReport::trainingMetrics)
        .isEqualTo(alone.reports().stream().map(EpochReport::trainingMetrics).toList());
    assertThat(validated.trainingLosses()).isEqualTo(alone.trainingLosses());
    assertThat(alone.reports().getFirst().trainingMetrics())
        .isNotEqualTo(alone.reports().getLast().trainingMetrics());
  }

  private Trainer trainer(
      int epochs, Examples training, @Nullable Examples validation, Products multiplier) {
    return new Trainer(
        spec(new Lbfgs(1), epochs, Regularization.NONE, new GradientClipping.None()),
        new Initializer.GlorotUniform().initialize(NETWORK, 5),
        training,
        validation,
        new Scoring.LargestOutput(),
        multiplier);
  }

  @Test
  void refusesWhatItsLineSearchCannotDescend() {
    assertThatThrownBy(
            () -> spec(new Lbfgs(1), 1, new Regularization(0.5, 0), new GradientClipping.None()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("lbfgs needs a smooth penalty, not l1 0.5");
    assertThatThrownBy(
            () -> spec(new Lbfgs(1), 1, Regularization.NONE, new GradientClipping.Norm(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lbfgs needs the gradient of what it minimizes, not Norm");
    assertThatThrownBy(
            () -> TrainingProblems.spec(LOSS, new Lbfgs(1), 1, new BatchSize.Rows(1000), true, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs full batches");
  }
}
