package dev.backprop.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backprop.core.linalg.BlasProvider;
import dev.backprop.core.linalg.Matrices;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.linalg.SplitMix64;
import dev.backprop.core.metric.Metric;
import dev.backprop.core.metric.Scores;
import dev.backprop.core.metric.Scoring;
import dev.backprop.core.metric.Tally;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.Backprop;
import dev.backprop.core.nn.Initializer;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.Network;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Keras' rules, knob by knob.
class EarlyStoppingTests {

  private static final int NEVER = 0;

  private static EarlyStopping stopping(
      int patience, double minDelta, @Nullable Double baseline, int startEpoch) {
    return new EarlyStopping(Watched.TRAINING_LOSS, patience, minDelta, baseline, startEpoch);
  }

  /// The epoch after which it ends the training.
  private static int end(EarlyStopping settings, double... losses) {
    EarlyStoppingState state = settings.newState();
    for (int epoch = 1; epoch <= losses.length; epoch++) {
      if (state.endsAfter(new EpochReport(epoch, losses[epoch - 1], null, 0.1))) {
        return epoch;
      }
    }
    return NEVER;
  }

  @ParameterizedTest
  @CsvSource({"0, 3", "1, 3", "2, 4", "3, 5", "4, 0"})
  void waitsForItsPatience(int patience, int expected) {
    assertThat(end(stopping(patience, 0, null, 0), 5, 4, 4, 4.5, 4)).isEqualTo(expected);
  }

  @Test
  void startsToWaitAnewWithEveryBetterLoss() {
    assertThat(end(stopping(2, 0, null, 0), 5, 6, 4, 6, 3, 6, 6)).isEqualTo(7);
  }

  @Test
  void countsOnlyWhatIsBetterByMoreThanMinDelta() {
    double[] losses = {5, 4.5, 4.25, 4, 3.75};

    assertThat(end(stopping(2, 0, null, 0), losses)).isEqualTo(NEVER);
    assertThat(end(stopping(2, 0.25, null, 0), losses)).isEqualTo(NEVER);
    assertThat(end(stopping(3, 1, null, 0), losses)).isEqualTo(4); // 4 is not below 5 − 1
    assertThat(end(stopping(4, 1, null, 0), losses)).isEqualTo(NEVER); // 3.75 is
  }

  @Test
  void countsOnlyWhatIsBetterThanTheBaselineToo() {
    double[] losses = {5, 4, 3, 3};

    assertThat(end(stopping(3, 0, null, 0), losses)).isEqualTo(NEVER);
    assertThat(end(stopping(3, 0, 2.5, 0), losses)).isEqualTo(4);
    assertThat(end(stopping(3, 0, 3.5, 0), losses)).isEqualTo(NEVER);
    assertThat(end(stopping(3, 0.75, 3.5, 0), losses)).isEqualTo(4); // 3 is not below 2.75
    assertThat(end(stopping(5, 0, 2.5, 0), losses)).isEqualTo(NEVER);
  }

  @Test
  void watchesOnlyAfterTheStartEpoch() {
    double[] losses = {1, 2, 3, 4, 5};

    assertThat(end(stopping(1, 0, null, 0), losses)).isEqualTo(2);
    assertThat(end(stopping(1, 0, null, 3), losses)).isEqualTo(5); // 4 is the first it sees
    assertThat(end(stopping(1, 0, null, 4), losses)).isEqualTo(NEVER);
  }

  @Test
  void watchesTheLossThatIsAskedFor() {
    EarlyStoppingState validation =
        new EarlyStopping(Watched.VALIDATION_LOSS, 1, 0, null, 0).newState();
    EarlyStoppingState training = stopping(1, 0, null, 0).newState();
    EpochReport first = new EpochReport(1, 5, 5.0, 0.1);
    EpochReport second = new EpochReport(2, 4, 6.0, 0.1);

    assertThat(validation.endsAfter(first)).isFalse();
    assertThat(training.endsAfter(first)).isFalse();
    assertThat(validation.endsAfter(second)).isTrue();
    assertThat(training.endsAfter(second)).isFalse();
  }

  /// A history of epochs in which accuracies are few different numbers.
  private static List<EpochReport> history(SplitMix64 random, int epochs) {
    List<EpochReport> reports = new ArrayList<>();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      reports.add(
          new EpochReport(
              epoch,
              random.nextDouble(),
              random.nextDouble(),
              0.1,
              Scores.copyOf(Map.of(Metric.ACCURACY, random.nextInt(9) / 8.0)),
              Scores.copyOf(
                  Map.of(
                      Metric.ACCURACY,
                      random.nextInt(9) / 8.0,
                      Metric.R2,
                      random.nextGaussian()))));
    }
    return reports;
  }

  @ParameterizedTest
  @EnumSource(
      value = Watched.class,
      names = {
        "TRAINING_LOSS",
        "VALIDATION_LOSS",
        "ACCURACY",
        "VALIDATION_ACCURACY",
        "VALIDATION_R2"
      })
  void endsWhenKerasDoes(Watched watched) {
    SplitMix64 random = SplitMix64.keyed(2, watched.name().length());
    int ended = 0;
    for (int round = 0; round < 2000; round++) {
      Mode mode = random.nextInt(4) == 0 ? Mode.MIN : watched.usualMode();
      EarlyStopping settings =
          new EarlyStopping(
              watched,
              random.nextInt(6),
              random.nextInt(3) / 16.0,
              random.nextInt(2) == 0 ? null : random.nextInt(9) / 8.0,
              random.nextInt(4),
              mode);
      List<EpochReport> reports = history(random, 12);
      double[] values = reports.stream().mapToDouble(watched::of).toArray();

      EarlyStoppingState state = settings.newState();
      int end =
          reports.stream()
              .filter(state::endsAfter)
              .mapToInt(EpochReport::epoch)
              .findFirst()
              .orElse(NEVER);

      assertThat(end)
          .as("%s on %s", settings, Arrays.toString(values))
          .isEqualTo(KerasEarlyStopping.end(settings, values));
      ended += end == NEVER ? 0 : 1;
    }
    assertThat(ended).isBetween(200, 1999);
  }

  @Test
  void watchesEveryMetricOfBothKindsOfRows() {
    for (Metric metric : Metric.values()) {
      assertThat(Arrays.stream(Watched.values()).filter(w -> w.metric() == metric))
          .extracting(Watched::name)
          .containsExactly(metric.name(), "VALIDATION_" + metric.name());
    }
    for (Watched watched : Watched.values()) {
      assertThat(watched.isOfValidation()).isEqualTo(watched.name().startsWith("VALIDATION_"));
      assertThat(watched.ofTraining().metric()).isEqualTo(watched.metric());
      assertThat(watched.ofTraining().isOfValidation()).isFalse();
    }
  }

  private static final NetworkSpec NETWORK =
      TrainingProblems.network(
          2, new Activation.Tanh(), 6, new LayerSpec(2, new Activation.Softmax()));

  private static Trainer trainer(EarlyStopping stopping, @Nullable Examples validation) {
    TrainingSpec spec =
        new TrainingSpec(
            new Loss.CategoricalCrossEntropy(),
            new Adam(0.1),
            new Schedule.Constant(),
            1000,
            new BatchSize.Rows(7),
            true,
            1,
            Regularization.NONE,
            new GradientClipping.None(),
            null,
            stopping);
    return new Trainer(
        spec,
        new Initializer.GlorotUniform().initialize(NETWORK, 1),
        TrainingProblems.circle(50, 1),
        validation,
        new Scoring.LargestOutput(),
        new Products(BlasProvider.best().blas()));
  }

  @Test
  void endsATrainingThatOverfitsAndKeepsTheBest() {
    RecordingMonitor monitor = new RecordingMonitor();

    TrainingOutcome outcome =
        trainer(
                new EarlyStopping(Watched.VALIDATION_LOSS, 15, 0, null, 0),
                TrainingProblems.circle(30, 2))
            .train(monitor);

    assertThat(outcome.reason()).isEqualTo(StopReason.EARLY_STOPPING);
    assertThat(outcome.epochs()).isEqualTo(monitor.reports().size()).isLessThan(1000);
    assertThat(Objects.requireNonNull(outcome.best()).report().epoch())
        .isEqualTo(outcome.epochs() - 15);
  }

  @Test
  void keepsTheParametersOfTheEpochInWhichWhatItWatchesWasBest() {
    RecordingMonitor monitor = new RecordingMonitor();
    Examples validation = TrainingProblems.circle(30, 2);

    TrainingOutcome outcome =
        trainer(new EarlyStopping(Watched.VALIDATION_ACCURACY, 30, 0, null, 0), validation)
            .train(monitor);

    TrainingOutcome.Best best = Objects.requireNonNull(outcome.best());
    double highest =
        monitor.reports().stream().mapToDouble(Watched.VALIDATION_ACCURACY::of).max().orElseThrow();
    EpochReport first =
        monitor.reports().stream()
            .filter(report -> Watched.VALIDATION_ACCURACY.of(report) == highest)
            .findFirst()
            .orElseThrow();
    EpochReport ofLeastLoss =
        monitor.reports().stream()
            .min(Comparator.comparingDouble(EpochReport::monitored))
            .orElseThrow();
    assertThat(best.report()).isEqualTo(first).isNotEqualTo(ofLeastLoss);
    assertThat(accuracy(best.parameters(), validation)).isEqualTo(highest);
    assertThat(outcome.reason()).isEqualTo(StopReason.EARLY_STOPPING);
    assertThat(outcome.epochs()).isEqualTo(first.epoch() + 30);
  }

  /// With full batches the parameters after the last step are measured too.
  @Test
  void keepsTheLastParametersOfFullBatchesOnlyIfTheyAreBetterByWhatItWatches() {
    for (int epochs = 1; epochs <= 30; epochs++) {
      RecordingMonitor monitor = new RecordingMonitor();
      Examples training = TrainingProblems.circle(50, 1);
      TrainingSpec spec =
          new TrainingSpec(
              new Loss.CategoricalCrossEntropy(),
              new Adam(0.1),
              new Schedule.Constant(),
              epochs,
              new BatchSize.Full(),
              false,
              1,
              Regularization.NONE,
              new GradientClipping.None(),
              null,
              new EarlyStopping(Watched.ACCURACY, 100, 0, null, 0));
      TrainingOutcome outcome =
          new Trainer(
                  spec,
                  new Initializer.GlorotUniform().initialize(NETWORK, 1),
                  training,
                  null,
                  new Scoring.LargestOutput(),
                  new Products(BlasProvider.best().blas()))
              .train(monitor);

      double measured =
          monitor.reports().stream().mapToDouble(Watched.ACCURACY::of).max().orElseThrow();
      assertThat(accuracy(Objects.requireNonNull(outcome.best()).parameters(), training))
          .isEqualTo(Math.max(measured, accuracy(outcome.last(), training)));
    }
  }

  /// The only step sorts all rows rightly, with sums beyond 32 bits, whose loss is NaN.
  @Test
  void keepsNoParametersWhoseLossIsNotFiniteHoweverGoodTheMetric() {
    NetworkSpec network = new NetworkSpec(1, List.of(new LayerSpec(1, new Activation.Sigmoid())));
    TrainingSpec spec =
        new TrainingSpec(
            new Loss.BinaryCrossEntropy(),
            new Sgd(1e10),
            new Schedule.Constant(),
            1,
            new BatchSize.Full(),
            false,
            1,
            Regularization.NONE,
            new GradientClipping.None(),
            null,
            new EarlyStopping(Watched.ACCURACY, 1, 0, null, 0));

    TrainingOutcome outcome =
        new Trainer(
                spec,
                new Parameters(network),
                new Examples(Matrices.column(-1e20f, 1e20f), Matrices.column(0, 1)),
                null,
                new Scoring.Labels(0.5f),
                new Products(BlasProvider.best().blas()))
            .train(new RecordingMonitor());

    assertThat(outcome.last().areFinite()).isTrue();
    assertThat(outcome.last().values()[0]).isGreaterThan(1e28f);
    assertThat(Objects.requireNonNull(outcome.best()).parameters().values()).containsOnly(0);
  }

  private static double accuracy(Parameters parameters, Examples examples) {
    Products products = new Products(BlasProvider.best().blas());
    Backprop backprop =
        new Backprop(
            new Network(parameters, products),
            new Loss.CategoricalCrossEntropy(),
            examples.rows(),
            products);
    backprop.loss(examples.x(), examples.y());
    Tally tally = new Scoring.LargestOutput().newTally(examples.y(), null);
    tally.add(backprop.outputs(), examples.y());
    return Objects.requireNonNull(tally.scores().get(Metric.ACCURACY));
  }

  @Test
  void refusesToWatchAValidationThatThereIsNot() {
    assertThatThrownBy(
            () -> trainer(new EarlyStopping(Watched.VALIDATION_LOSS, 1, 0, null, 0), null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("early stopping by VALIDATION_LOSS needs validation rows");
  }

  @Test
  void refusesWhatIsOutOfRange() {
    refuses("patience must be from 0 on, not -1", () -> stopping(-1, 0, null, 0));
    refuses("startEpoch must be from 0 on, not -1", () -> stopping(1, 0, null, -1));
    refuses(
        "minDelta must be a 32-bit number from 0 on, not -0.5", () -> stopping(1, -0.5, null, 0));
    refuses("baseline must be a 32-bit number, not NaN", () -> stopping(1, 0, Double.NaN, 0));
  }

  private static void refuses(String message, ThrowingCallable settings) {
    assertThatThrownBy(settings).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
