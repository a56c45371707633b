package dev.backprop.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.backprop.core.linalg.BlasProvider;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.nn.Initializer;
import dev.backprop.core.nn.Loss;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// Against PyTorch's schedulers; `golden/schedules.py` made the numbers.
@SuppressWarnings("ArrayRecordComponent") // the record mirrors the file
class ScheduleTests {

  private static final int EPOCHS = 60;

  private static final Map<String, Schedule> SCHEDULES =
      Map.of(
          "step", new Schedule.Step(7, 0.5),
          "exponential", new Schedule.Exponential(0.9),
          "polynomial", new Schedule.Polynomial(40, 2, 0),
          "cosine", new Schedule.Cosine(EPOCHS, 1, 0),
          "cosine with restarts", new Schedule.Cosine(5, 2, 0.01),
          "oneCycle", new Schedule.OneCycle(EPOCHS, 0.3, 25, 1e4),
          "oneCycle of another shape", new Schedule.OneCycle(EPOCHS, 0.55, 4, 10),
          "inverseTime", new Schedule.InverseTime(0.25),
          "reduceOnPlateau", new Schedule.ReduceOnPlateau(0.5, 3, 0.001, 2, 0.01),
          "step after a rise", new Schedule.WarmUp(4, new Schedule.Step(7, 0.5)));

  record Golden(double rate, double[] losses, Map<String, double[]> rates) {}

  private static Golden golden() throws IOException {
    try (InputStream file = ScheduleTests.class.getResourceAsStream("/golden/schedules.json")) {
      return JsonMapper.shared().readValue(Objects.requireNonNull(file), Golden.class);
    }
  }

  @Test
  void givesTheRatesOfPyTorch() throws IOException {
    Golden golden = golden();
    assertThat(golden.rates()).containsOnlyKeys(SCHEDULES.keySet());

    SCHEDULES.forEach(
        (name, schedule) -> {
          double[] expected = Objects.requireNonNull(golden.rates().get(name));
          double[] rates = rates(schedule, golden.rate(), golden.losses());
          assertThat(rates).as(name).containsExactly(expected, within(1e-12));
        });
  }

  private static double[] rates(Schedule schedule, double rate, double[] losses) {
    ScheduleState state = schedule.newState(rate);
    double[] rates = new double[losses.length];
    for (int epoch = 1; epoch <= losses.length; epoch++) {
      rates[epoch - 1] = state.learningRate(epoch);
      state.epochEnded(new EpochReport(epoch, losses[epoch - 1], null, rates[epoch - 1]));
    }
    return rates;
  }

  @Test
  void aPlateauIsThatOfTheValidationLossWhereThereIsOne() {
    ScheduleState state = new Schedule.ReduceOnPlateau(0.5, 1, 0, 0, 0).newState(1);

    for (int epoch = 1; epoch <= 3; epoch++) {
      assertThat(state.learningRate(epoch)).isEqualTo(1);
      state.epochEnded(new EpochReport(epoch, 1.0 / epoch, 5.0, 1));
    }

    assertThat(state.learningRate(4)).isEqualTo(0.5);
  }

  @Test
  void aPlateauDoesNotHearOfTheRise() {
    ScheduleState state =
        new Schedule.WarmUp(5, new Schedule.ReduceOnPlateau(0.5, 1, 0, 0, 0)).newState(6);

    double[] rates = new double[8];
    for (int epoch = 1; epoch <= 8; epoch++) {
      rates[epoch - 1] = state.learningRate(epoch);
      state.epochEnded(new EpochReport(epoch, 1, null, rates[epoch - 1]));
    }

    assertThat(rates).containsExactly(1, 2, 3, 4, 5, 6, 6, 6);
    assertThat(state.learningRate(9)).isEqualTo(3);
  }

  @Test
  void stayWhereTheyEnd() {
    assertThat(new Schedule.Polynomial(3, 1, 0.25).newState(1).learningRate(9)).isEqualTo(0.25);
    ScheduleState cycle = new Schedule.OneCycle(10, 0.3, 2, 4).newState(8);
    assertThat(cycle.learningRate(10)).isEqualTo(1);
    assertThat(cycle.learningRate(99)).isEqualTo(1);
    assertThat(new Schedule.OneCycle(1, 0.3, 2, 4).newState(8).learningRate(1)).isEqualTo(8);
  }

  @Test
  void neverRaiseARateToTheirMinimum() {
    for (Schedule schedule :
        List.of(
            new Schedule.Polynomial(5, 1, 9),
            new Schedule.Cosine(5, 1, 9),
            new Schedule.ReduceOnPlateau(0.5, 0, 0, 0, 9))) {
      assertThat(rates(schedule, 1, new double[20])).as("%s", schedule).containsOnly(1);
    }
  }

  /// No loss is a million better than that of the first epoch, so the rate falls after the second.
  @Test
  void theTrainerTellsTheScheduleOfEachLoss() {
    RecordingMonitor monitor = new RecordingMonitor();
    TrainingSpec spec =
        new TrainingSpec(
            new Loss.MeanSquaredError(),
            new Sgd(0.5),
            new Schedule.ReduceOnPlateau(0.5, 0, 1e6, 0, 0),
            4,
            new BatchSize.Full(),
            false,
            0,
            null);

    new Trainer(
            spec,
            new Initializer.Uniform(1).initialize(Xor.NETWORK, 1),
            Xor.EXAMPLES,
            null,
            new Products(BlasProvider.best().blas()))
        .train(monitor);

    assertThat(monitor.reports())
        .extracting(EpochReport::learningRate)
        .containsExactly(0.5, 0.5, 0.25, 0.125);
  }

  /// One parameter, w; the step of an epoch is its rate times the gradient, so that the rates are
  /// those that the optimizer took.
  @Test
  void theTrainerTakesAndReportsTheRateOfEachEpoch() {
    RecordingMonitor monitor = new RecordingMonitor();
    TrainingSpec spec =
        new TrainingSpec(
            new Loss.MeanSquaredError(),
            new Sgd(0.5),
            new Schedule.WarmUp(1, new Schedule.Step(1, 0.5)),
            4,
            new BatchSize.Full(),
            false,
            0,
            null);
    float[] start = new Initializer.Uniform(1).initialize(Xor.NETWORK, 1).values();

    TrainingOutcome outcome =
        new Trainer(
                spec,
                new Initializer.Uniform(1).initialize(Xor.NETWORK, 1),
                Xor.EXAMPLES,
                null,
                new Products(BlasProvider.best().blas()))
            .train(monitor);

    assertThat(monitor.reports())
        .extracting(EpochReport::learningRate)
        .containsExactly(0.25, 0.5, 0.25, 0.125);
    assertThat(outcome.last().values()).isNotEqualTo(start);
  }

  @Test
  void refuseWhatIsOutOfRange() {
    refuses("every must be at least 1, not 0", () -> new Schedule.Step(0, 0.5));
    refuses("factor must be between 0 and 1, not 1.0", () -> new Schedule.Step(1, 1));
    refuses("factor must be between 0 and 1, not 0.0", () -> new Schedule.Exponential(0));
    refuses("epochs must be at least 1, not 0", () -> new Schedule.Polynomial(0, 1, 0));
    refuses(
        "power must be a positive 32-bit number, not 0.0", () -> new Schedule.Polynomial(1, 0, 0));
    refuses("period must be at least 1, not 0", () -> new Schedule.Cosine(0, 1, 0));
    refuses("growth must be at least 1, not 0", () -> new Schedule.Cosine(1, 0, 0));
    refuses(
        "minimum must be a 32-bit number from 0 on, not -1.0", () -> new Schedule.Cosine(1, 1, -1));
    refuses("rise must be from 0.0 to 1.0, not 2.0", () -> new Schedule.OneCycle(1, 2, 1, 1));
    refuses("decay must be a positive 32-bit number, not 0.0", () -> new Schedule.InverseTime(0));
    refuses(
        "minDelta must be a 32-bit number from 0 on, not -1.0",
        () -> new Schedule.ReduceOnPlateau(0.5, 1, -1, 0, 0));
    refuses(
        "warmUp must be at least 1, not 0", () -> new Schedule.WarmUp(0, new Schedule.Constant()));
  }

  private static void refuses(String message, ThrowingCallable settings) {
    assertThatThrownBy(settings).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
