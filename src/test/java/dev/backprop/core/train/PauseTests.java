package dev.backprop.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.backprop.core.linalg.BlasProvider;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.linalg.SplitMix64;
import dev.backprop.core.linalg.ThreadPerTask;
import dev.backprop.core.linalg.Workers;
import dev.backprop.core.metric.Scoring;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.Initializer;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Normalization;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A training that is paused anywhere, any number of times, is the same bit for bit.
class PauseTests {

  private static final int ROUNDS = 50;
  private static final int EPOCHS = 12;

  private static final Examples EXAMPLES = TrainingProblems.circle(50, 1);
  private static final Examples VALIDATION = TrainingProblems.circle(20, 2);

  /// @param stopping early stopping by the loss of validation rows, or none and no such rows
  record Way(
      Optimizer optimizer,
      BatchSize batchSize,
      double dropout,
      Normalization normalization,
      boolean stopping) {

    TrainingSpec spec() {
      boolean search = optimizer instanceof Lbfgs;
      return new TrainingSpec(
          new Loss.CategoricalCrossEntropy(),
          optimizer,
          search ? new Schedule.Constant() : new Schedule.ReduceOnPlateau(0.5, 1, 0, 0, 0),
          EPOCHS,
          batchSize,
          true,
          7,
          search ? new Regularization(0, 1e-3) : new Regularization(1e-5, 1e-3, 0.1, 0.1, 3.0),
          search ? new GradientClipping.None() : new GradientClipping.Norm(1),
          null,
          stopping ? new EarlyStopping(Watched.VALIDATION_LOSS, 4, 0.001, null, 2) : null,
          true);
    }

    NetworkSpec network(int units) {
      return new NetworkSpec(
          2,
          List.of(
              new LayerSpec(units, new Activation.Tanh(), dropout, normalization),
              new LayerSpec(2, new Activation.Softmax())));
    }
  }

  static List<Way> ways() {
    List<Way> ways = new ArrayList<>();
    for (Optimizer optimizer : Optimizers.all()) {
      boolean full = optimizer.needsFullBatch();
      boolean search = optimizer instanceof Lbfgs;
      BatchSize batches = full ? new BatchSize.Full() : new BatchSize.Rows(7);
      ways.add(new Way(optimizer, batches, 0, new Normalization.None(), false));
      ways.add(
          new Way(
              optimizer,
              batches,
              search ? 0 : 0.2,
              search ? new Normalization.None() : new Normalization.Batch(0.9, 1e-5),
              true));
    }
    ways.add(new Way(new Adam(0.01), new BatchSize.Full(), 0, new Normalization.None(), false));
    return ways;
  }

  @ParameterizedTest
  @MethodSource("ways")
  void changesNoBitWhereverItIs(Way way) {
    Questions undisturbed = new Questions(Set.of());
    List<Object> expected = run(way, 6, Workers.INLINE, undisturbed);
    for (int round = 1; round <= ROUNDS; round++) {
      SplitMix64 random = new SplitMix64(round);
      Set<Integer> pauses = new HashSet<>();
      for (int i = 0; i < 1 + round % 5; i++) {
        pauses.add(random.nextInt(undisturbed.asked));
      }
      Questions monitor = new Questions(pauses);
      assertThat(run(way, 6, Workers.INLINE, monitor))
          .as("round %d: pauses before mini-batches %s", round, pauses)
          .isEqualTo(expected);
      assertThat(monitor.paused).isEqualTo(pauses.size());
    }
  }

  static List<Way> fewWays() {
    return ways().stream()
        .filter(way -> way.stopping())
        .filter(
            way ->
                way.optimizer() instanceof Adam
                    || way.optimizer() instanceof Sgd
                    || way.optimizer() instanceof Lbfgs)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("fewWays")
  void changesNoBitOnSeveralThreads(Way way) {
    // 131,072 parameters or more, whose steps are shared
    List<Object> expected = run(way, 27_000, Workers.INLINE, new Questions(Set.of()));
    Questions monitor = new Questions(Set.of(0, 1, 5));
    ThreadPerTask workers = new ThreadPerTask(2);
    assertThat(run(way, 27_000, workers, monitor).equals(expected)).isTrue();
    assertThat(monitor.paused).isEqualTo(3);
    assertThat(workers.shared()).isPositive();
  }

  @Test
  void showsTheBestParametersMeanwhile() {
    Way way = new Way(new Adam(0.01), new BatchSize.Rows(7), 0, new Normalization.None(), true);
    Trainer trainer = trainer(way, 6, Workers.INLINE);
    assertThat(trainer.bestSoFar()).isNull();
    Questions monitor = new Questions(Set.of(8 * 3 + 1)); // 8 mini-batches an epoch
    assertThat(trainer.trainOrPause(monitor)).isNull();
    TrainingOutcome.Best best = Objects.requireNonNull(trainer.bestSoFar());
    assertThat(monitor.reports).hasSize(3);
    assertThat(best.report().validationLoss())
        .isEqualTo(
            monitor.reports.stream().mapToDouble(EpochReport::monitored).min().orElseThrow());
    float[] kept = best.parameters().values().clone();
    assertThat(trainer.trainOrPause(monitor)).isNotNull();
    assertThat(best.parameters().values()).as("a copy").containsExactly(kept);
  }

  @Test
  void takesAnotherLearningRateFromAnEpochOn() {
    TrainingSpec halved = spec(new Schedule.Step(3, 0.5), 6, null);
    TrainingSpec constant = spec(new Schedule.Constant(), 6, null);
    Questions steered = new Questions(Set.of());
    steered.steering = epoch -> epoch < 4 ? null : new Steering(0.1, 6, null, null);
    Questions reference = new Questions(Set.of());
    assertThat(run(constant, steered)).isEqualTo(run(halved, reference));
    assertThat(steered.reports)
        .extracting(EpochReport::learningRate)
        .containsExactly(0.2, 0.2, 0.2, 0.1, 0.1, 0.1);
  }

  @Test
  void takesMoreOrFewerEpochsAtAnyTime() {
    for (int epochs : new int[] {4, 5, 9}) {
      Questions steered = new Questions(Set.of());
      steered.steering = epoch -> epoch < 5 ? null : new Steering(0.2, epochs, null, null);
      TrainingSpec given = spec(new Schedule.Constant(), epochs == 9 ? 4 : 7, null);
      TrainingSpec reference = spec(new Schedule.Constant(), epochs, null);
      assertThat(run(given, steered)).isEqualTo(run(reference, new Questions(Set.of())));
    }
  }

  @Test
  void goesOnWaitingUnderAnotherPatience() {
    // no epoch is better by 10, so that the first is the best
    EarlyStopping patient = new EarlyStopping(Watched.TRAINING_LOSS, 50, 10, null, 0);
    EarlyStopping impatient = new EarlyStopping(Watched.TRAINING_LOSS, 6, 10, null, 0);
    Questions steered = new Questions(Set.of());
    steered.steering = epoch -> epoch < 4 ? null : new Steering(0.2, 100, null, impatient);
    run(spec(new Schedule.Constant(), 100, patient), steered);
    Questions reference = new Questions(Set.of());
    run(spec(new Schedule.Constant(), 100, impatient), reference);
    assertThat(steered.reports).hasSameSizeAs(reference.reports).hasSize(7);

    EarlyStopping other = new EarlyStopping(Watched.ACCURACY, 6, 10, null, 0);
    Questions anew = new Questions(Set.of());
    anew.steering = epoch -> epoch < 4 ? null : new Steering(0.2, 100, null, other);
    run(spec(new Schedule.Constant(), 100, patient), anew);
    assertThat(anew.reports).as("it has only begun to wait").hasSize(3 + 7);

    Questions freed = new Questions(Set.of());
    freed.steering = epoch -> epoch < 4 ? null : new Steering(0.2, 20, null, null);
    run(spec(new Schedule.Constant(), 100, impatient), freed);
    assertThat(freed.reports).hasSize(20);
  }

  @Test
  void takesATargetAndRefusesToWatchWhatThereIsNot() {
    Questions steered = new Questions(Set.of());
    steered.steering = epoch -> epoch < 3 ? null : new Steering(0.2, 100, 1e9, null);
    run(spec(new Schedule.Constant(), 100, null), steered);
    assertThat(steered.reports).hasSize(3);
    Questions wrong = new Questions(Set.of());
    EarlyStopping validation = new EarlyStopping(Watched.VALIDATION_LOSS, 1, 0, null, 0);
    wrong.steering = _ -> new Steering(0.2, 100, null, validation);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(spec(new Schedule.Constant(), 100, null), wrong))
        .withMessage("early stopping by VALIDATION_LOSS needs validation rows");
  }

  @Test
  void keepsWhatAScheduleHasReducedTheRateBy() {
    Schedule.ReduceOnPlateau plateau = new Schedule.ReduceOnPlateau(0.5, 0, 0, 0, 0.1);
    ScheduleState state = plateau.newState(1);
    state.epochEnded(new EpochReport(1, 1, null, 1));
    state.epochEnded(new EpochReport(2, 1, null, 1));
    assertThat(state.learningRate(3)).isEqualTo(0.5);
    assertThat(plateau.newState(4, state).learningRate(3)).isEqualTo(2);
    assertThat(plateau.newState(0.125, state).learningRate(3)).as("the minimum").isEqualTo(0.1);
    assertThat(plateau.newState(0.05, state).learningRate(3)).as("η itself").isEqualTo(0.05);
    assertThat(plateau.newState(4, plateau.newState(1)).learningRate(1)).isEqualTo(4);

    Schedule.WarmUp rise = new Schedule.WarmUp(1, plateau);
    ScheduleState risen = rise.newState(1);
    risen.epochEnded(new EpochReport(1, 1, null, 1));
    risen.epochEnded(new EpochReport(2, 1, null, 1));
    risen.epochEnded(new EpochReport(3, 1, null, 1));
    assertThat(rise.newState(4, risen).learningRate(1)).isEqualTo(2);
    assertThat(rise.newState(4, risen).learningRate(4)).isEqualTo(2);
    Schedule.OneCycle cycle = new Schedule.OneCycle(10, 0.3, 2, 4);
    assertThat(cycle.newState(8, cycle.newState(1)).learningRate(10)).isEqualTo(1);
  }

  private static TrainingSpec spec(
      Schedule schedule, int epochs, @Nullable EarlyStopping stopping) {
    return new TrainingSpec(
        new Loss.CategoricalCrossEntropy(),
        new Sgd(0.2),
        schedule,
        epochs,
        new BatchSize.Rows(7),
        true,
        7,
        Regularization.NONE,
        new GradientClipping.None(),
        null,
        stopping);
  }

  private static List<Object> run(TrainingSpec spec, Questions monitor) {
    Way way = new Way(new Sgd(0.2), new BatchSize.Rows(7), 0, new Normalization.None(), false);
    return run(trainer(spec, way.network(6), null, Workers.INLINE), monitor);
  }

  private static List<Object> run(Way way, int units, Workers workers, Questions monitor) {
    return run(trainer(way, units, workers), monitor);
  }

  private static Trainer trainer(Way way, int units, Workers workers) {
    return trainer(way.spec(), way.network(units), way.stopping() ? VALIDATION : null, workers);
  }

  private static Trainer trainer(
      TrainingSpec spec, NetworkSpec network, @Nullable Examples validation, Workers workers) {
    return new Trainer(
        spec,
        new Initializer.GlorotUniform().initialize(network, 7),
        EXAMPLES,
        validation,
        new Scoring.LargestOutput(),
        new Products(BlasProvider.best().blas()).sharedAmong(workers));
  }

  /// Everything that comes of it: reports, the reason, and the bits of last and best parameters.
  private static List<Object> run(Trainer trainer, Questions monitor) {
    TrainingOutcome outcome = trainer.trainOrPause(monitor);
    while (outcome == null) {
      outcome = trainer.trainOrPause(monitor);
    }
    List<Object> all = new ArrayList<>(monitor.reports);
    all.add(outcome.reason());
    TrainingOutcome.Best best = Objects.requireNonNull(outcome.best());
    all.add(best.report());
    for (float[] numbers :
        List.of(
            outcome.last().values(),
            outcome.last().statistics(),
            best.parameters().values(),
            best.parameters().statistics())) {
      for (float number : numbers) {
        all.add(Float.floatToRawIntBits(number));
      }
    }
    return all;
  }

  /// Pauses before the mini-batches with these numbers, counted from 0 through all epochs.
  private static final class Questions implements TrainingMonitor {

    private final Set<Integer> pauses;
    private final List<EpochReport> reports = new ArrayList<>();
    private IntFunction<@Nullable Steering> steering = _ -> null;
    private int asked;
    private int paused;

    Questions(Set<Integer> pauses) {
      this.pauses = new HashSet<>(pauses);
    }

    @Override
    public @Nullable StopReason stopRequested() {
      return null;
    }

    @Override
    public boolean isPauseRequested() {
      if (pauses.remove(asked)) {
        paused++;
        return true;
      }
      asked++;
      return false;
    }

    @Override
    public @Nullable Steering steering(int epoch) {
      return steering.apply(epoch);
    }

    @Override
    public void epochEnded(EpochReport report) {
      reports.add(report);
    }
  }
}
