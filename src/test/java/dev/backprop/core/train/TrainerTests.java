package dev.backprop.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.backprop.core.linalg.BlasProvider;
import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.metric.Metric;
import dev.backprop.core.metric.Scoring;
import dev.backprop.core.metric.Units;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.Backprop;
import dev.backprop.core.nn.Initializer;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.Network;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Parameters;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTests {

  private static final Loss LOSS = new Loss.CategoricalCrossEntropy();

  private static final NetworkSpec NETWORK =
      TrainingProblems.network(
          2, new Activation.Tanh(), 6, new LayerSpec(2, new Activation.Softmax()));

  /// 50 rows in batches of 7: 8 batches an epoch, the last with 1 row.
  private static final Examples EXAMPLES = TrainingProblems.circle(50, 1);

  private static final BatchSize SEVEN = new BatchSize.Rows(7);
  private static final int BATCHES = 8;

  private final Products products = new Products(BlasProvider.best().blas());
  private final Parameters initial = new Initializer.GlorotUniform().initialize(NETWORK, 1);

  @ParameterizedTest
  @ValueSource(ints = {7, 50})
  void measuresMetricsInTheForwardPassesOfTheEpochAsTheLoss(int batchRows) {
    NetworkSpec network =
        TrainingProblems.network(
            2, new Activation.Tanh(), 6, new LayerSpec(1, new Activation.Linear()));
    Examples training = firstTarget(EXAMPLES);
    Examples validation = firstTarget(TrainingProblems.circle(20, 2));
    TrainingSpec spec =
        TrainingProblems.spec(
            new Loss.MeanSquaredError(), new Sgd(0.1), 3, new BatchSize.Rows(batchRows), true, 1);
    RecordingMonitor monitor = new RecordingMonitor();
    new Trainer(
            spec,
            new Initializer.GlorotUniform().initialize(network, 1),
            training,
            validation,
            new Scoring.Errors(Units.OWN),
            products)
        .train(monitor);
    assertThat(monitor.reports())
        .hasSize(3)
        .allSatisfy(
            report -> {
              assertThat(square(report.trainingMetrics()))
                  .isCloseTo(report.trainingLoss(), within(1e-6));
              assertThat(square(report.validationMetrics()))
                  .isCloseTo(Objects.requireNonNull(report.validationLoss()), within(1e-6));
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 50})
  void tellsTheMetricsOfTheBestEpochAndTrainsTheSameWithoutThem(int batchRows) {
    TrainingSpec spec = spec(new Sgd(0.1), 5, new BatchSize.Rows(batchRows));
    TrainingOutcome bare = train(spec, null, new RecordingMonitor());
    RecordingMonitor monitor = new RecordingMonitor();
    TrainingOutcome measured =
        new Trainer(spec, initial, EXAMPLES, null, new Scoring.LargestOutput(), products)
            .train(monitor);
    assertThat(measured.last().values()).isEqualTo(bare.last().values());
    EpochReport best = Objects.requireNonNull(measured.best()).report();
    assertThat(best).isIn(monitor.reports());
    assertThat(best.trainingMetrics()).containsOnlyKeys(Metric.ACCURACY);
    assertThat(best.validationMetrics()).isEmpty();
  }

  private static double square(Map<Metric, Double> metrics) {
    double error = Objects.requireNonNull(metrics.get(Metric.RMSE));
    return error * error;
  }

  private static Examples firstTarget(Examples examples) {
    Matrix y = new Matrix(examples.rows(), 1);
    for (int row = 0; row < examples.rows(); row++) {
      y.set(row, 0, examples.y().get(row, 0));
    }
    return new Examples(examples.x(), y);
  }

  private TrainingOutcome train(
      TrainingSpec spec, @Nullable Examples validation, TrainingMonitor monitor) {
    return new Trainer(spec, initial, EXAMPLES, validation, products).train(monitor);
  }

  private static TrainingSpec spec(Optimizer optimizer, int epochs, BatchSize batchSize) {
    return TrainingProblems.spec(LOSS, optimizer, epochs, batchSize, true, 1);
  }

  private double lossOf(Parameters theta, Examples examples) {
    return new Backprop(new Network(theta, products), LOSS, examples.rows(), products)
        .loss(examples.x(), examples.y());
  }

  private static TrainingOutcome.Best best(TrainingOutcome outcome) {
    return Objects.requireNonNull(outcome.best());
  }

  @Test
  void runsAllItsEpochsAndReportsEach() {
    RecordingMonitor monitor = new RecordingMonitor();

    TrainingOutcome outcome = train(spec(new Sgd(0.1), 5, SEVEN), null, monitor);

    assertThat(outcome.reason()).isEqualTo(StopReason.EPOCHS);
    assertThat(outcome.epochs()).isEqualTo(5);
    assertThat(outcome.divergence()).isNull();
    assertThat(monitor.reports()).extracting(EpochReport::epoch).containsExactly(1, 2, 3, 4, 5);
    assertThat(monitor.reports()).extracting(EpochReport::learningRate).containsOnly(0.1);
    assertThat(monitor.reports()).extracting(EpochReport::validationLoss).containsOnlyNulls();
  }

  @Test
  void leavesTheInitialParametersAsTheyAre() {
    float[] before = initial.values().clone();

    TrainingOutcome outcome = train(spec(new Sgd(0.1), 5, SEVEN), null, new RecordingMonitor());

    assertThat(initial.values()).isEqualTo(before);
    assertThat(outcome.last().values()).isNotEqualTo(before);
  }

  @Test
  void reportsTheMeanOverTheRowsWhateverTheBatches() {
    // so small a rate changes next to nothing, so that every batch is measured at the same
    // parameters
    Optimizer still = new Sgd(Float.MIN_VALUE);
    double whole = lossOf(initial, EXAMPLES);
    for (int size : new int[] {1, 7, 32, 49}) {
      RecordingMonitor monitor = new RecordingMonitor();

      TrainingOutcome outcome = train(spec(still, 1, new BatchSize.Rows(size)), null, monitor);

      assertThat(outcome.last().values()).containsExactly(initial.values(), Offset.offset(1e-40f));
      assertThat(monitor.trainingLosses()[0])
          .as("batches of %d", size)
          .isCloseTo(whole, within(1e-6));
    }
  }

  @Test
  void stopsAtTheFirstEpochThatReachesTheTarget() {
    RecordingMonitor monitor = new RecordingMonitor();
    double target = 0.2;
    TrainingSpec spec =
        new TrainingSpec(
            LOSS, new Adam(0.02), new Schedule.Constant(), 1000, SEVEN, true, 1, target);

    TrainingOutcome outcome = train(spec, null, monitor);

    double[] losses = monitor.trainingLosses();
    assertThat(outcome.reason()).isEqualTo(StopReason.TARGET_REACHED);
    assertThat(outcome.epochs()).isEqualTo(losses.length).isBetween(2, 999);
    assertThat(losses[losses.length - 1]).isLessThanOrEqualTo(target);
    assertThat(Arrays.stream(losses, 0, losses.length - 1)).allMatch(loss -> loss > target);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 0", "3, 0", "7, 0", "8, 1", "9, 1", "43, 5", "47, 5", "48, 6"})
  void stopsBeforeTheNextBatchWhenAskedTo(int batches, int epochs) {
    RecordingMonitor monitor = new RecordingMonitor(batches);

    TrainingOutcome outcome = train(spec(new Sgd(0.1), 100, SEVEN), null, monitor);

    assertThat(outcome.reason()).isEqualTo(StopReason.CANCELLED);
    assertThat(outcome.epochs()).isEqualTo(epochs);
    assertThat(monitor.reports()).hasSize(epochs);
    assertThat(Arrays.equals(outcome.last().values(), initial.values())).isEqualTo(batches == 0);
    if (epochs == 0) {
      assertThat(outcome.best()).isNull();
    } else {
      int bestEpoch = best(outcome).report().epoch();
      assertThat(best(outcome).report().trainingLoss())
          .isEqualTo(Arrays.stream(monitor.trainingLosses()).min().orElseThrow());
      assertThat(best(outcome).parameters().values()).isEqualTo(parametersAfter(bestEpoch));
    }
  }

  /// The parameters at the end of an epoch of the same training.
  private float[] parametersAfter(int epoch) {
    return train(spec(new Sgd(0.1), 100, SEVEN), null, new RecordingMonitor((long) epoch * BATCHES))
        .last()
        .values();
  }

  /// Rates at which the loss jumps up and down, so that the best is anywhere.
  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.5, 1, 2, 5, 20})
  void theBestOfFullBatchesHasTheLowestLossOfAllParametersMet(double learningRate) {
    for (int epochs : new int[] {1, 2, 3, 10, 40}) {
      RecordingMonitor monitor = new RecordingMonitor();

      TrainingOutcome outcome =
          train(spec(new Adam(learningRate), epochs, new BatchSize.Full()), null, monitor);

      double lowestBeforeAStep = Arrays.stream(monitor.trainingLosses()).min().orElseThrow();
      double afterTheLast = lossOf(outcome.last(), EXAMPLES);
      assertThat(lossOf(best(outcome).parameters(), EXAMPLES))
          .isEqualTo(Math.min(lowestBeforeAStep, afterTheLast));
      if (afterTheLast < lowestBeforeAStep) {
        assertThat(best(outcome).report().epoch()).isEqualTo(epochs);
      } else {
        assertThat(best(outcome).report().trainingLoss()).isEqualTo(lowestBeforeAStep);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theValidationLossDecidesWhichIsTheBest(boolean full) {
    Examples validation = TrainingProblems.circle(30, 2);
    RecordingMonitor monitor = new RecordingMonitor();

    TrainingOutcome outcome =
        train(spec(new Adam(0.1), 200, full ? new BatchSize.Full() : SEVEN), validation, monitor);

    EpochReport lowest =
        monitor.reports().stream()
            .min((a, b) -> Double.compare(a.monitored(), b.monitored()))
            .orElseThrow();
    assertThat(best(outcome).report()).isEqualTo(lowest);
    assertThat(lossOf(best(outcome).parameters(), validation)).isEqualTo(lowest.validationLoss());
    // it overfits: the lowest training loss comes later
    assertThat(monitor.reports().getLast().trainingLoss()).isLessThan(lowest.trainingLoss());
    assertThat(lowest.epoch()).isLessThan(200);
  }

  @Test
  void validatesMoreRowsThanItTrainsOn() {
    Examples validation = TrainingProblems.circle(1000, 2); // four parts of 256 rows
    RecordingMonitor monitor = new RecordingMonitor();

    TrainingOutcome outcome = train(spec(new Sgd(0.1), 1, SEVEN), validation, monitor);

    assertThat(monitor.reports().getFirst().validationLoss())
        .isCloseTo(lossOf(outcome.last(), validation), within(1e-6));
  }

  @Test
  void refusesExamplesThatDoNotFit() {
    Examples wideX = new Examples(new Matrix(5, 3), new Matrix(5, 2));
    Examples wideY = new Examples(new Matrix(5, 2), new Matrix(5, 3));
    TrainingSpec spec = spec(new Sgd(0.1), 1, SEVEN);

    for (Examples bad : new Examples[] {wideX, wideY}) {
      assertThatThrownBy(() -> new Trainer(spec, initial, bad, null, products))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("5 × 3")
          .hasMessageContaining("2 inputs and 2 outputs");
      assertThatThrownBy(() -> new Trainer(spec, initial, EXAMPLES, bad, products))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("5 × 3");
    }
  }
}
