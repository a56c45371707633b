package dev.backprop.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backprop.core.linalg.BlasProvider;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.Initializer;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.train.EarlyStopping.Metric;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Keras' rules, knob by knob.
class EarlyStoppingTests {

  private static final int NEVER = 0;

  private static EarlyStopping stopping(
      int patience, double minDelta, @Nullable Double baseline, int startEpoch) {
    return new EarlyStopping(Metric.TRAINING_LOSS, patience, minDelta, baseline, startEpoch);
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
        new EarlyStopping(Metric.VALIDATION_LOSS, 1, 0, null, 0).newState();
    EarlyStoppingState training = stopping(1, 0, null, 0).newState();
    EpochReport first = new EpochReport(1, 5, 5.0, 0.1);
    EpochReport second = new EpochReport(2, 4, 6.0, 0.1);

    assertThat(validation.endsAfter(first)).isFalse();
    assertThat(training.endsAfter(first)).isFalse();
    assertThat(validation.endsAfter(second)).isTrue();
    assertThat(training.endsAfter(second)).isFalse();
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
        new Products(BlasProvider.best().blas()));
  }

  @Test
  void endsATrainingThatOverfitsAndKeepsTheBest() {
    RecordingMonitor monitor = new RecordingMonitor();

    TrainingOutcome outcome =
        trainer(
                new EarlyStopping(Metric.VALIDATION_LOSS, 15, 0, null, 0),
                TrainingProblems.circle(30, 2))
            .train(monitor);

    assertThat(outcome.reason()).isEqualTo(StopReason.EARLY_STOPPING);
    assertThat(outcome.epochs()).isEqualTo(monitor.reports().size()).isLessThan(1000);
    assertThat(Objects.requireNonNull(outcome.best()).report().epoch())
        .isEqualTo(outcome.epochs() - 15);
  }

  @Test
  void refusesToWatchAValidationThatThereIsNot() {
    assertThatThrownBy(
            () -> trainer(new EarlyStopping(Metric.VALIDATION_LOSS, 1, 0, null, 0), null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("early stopping by validation loss needs validation rows");
  }

  @Test
  void refusesWhatIsOutOfRange() {
    refuses("patience must be from 0 on, not -1", () -> stopping(-1, 0, null, 0));
    refuses("startEpoch must be from 0 on, not -1", () -> stopping(1, 0, null, -1));
    refuses(
        "minDelta must be a 32-bit number from 0 on, not -0.5", () -> stopping(1, -0.5, null, 0));
    refuses(
        "baseline must be a 32-bit number from 0 on, not NaN", () -> stopping(1, 0, Double.NaN, 0));
  }

  private static void refuses(String message, ThrowingCallable settings) {
    assertThatThrownBy(settings).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
