package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.train.Adam;
import dev.backprop.core.train.BatchSize;
import dev.backprop.core.train.Lbfgs;
import dev.backprop.core.train.Schedule;
import dev.backprop.core.train.TrainingSpec;
import dev.backprop.dataset.MemoryLimit;
import dev.backprop.problem.InputError;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JobLimitsTests {

  private static final BatchSize FULL = new BatchSize.Full();
  private static final BatchSize SINGLE = new BatchSize.Rows(1);

  private final JobLimits limits = new JobLimits(properties(1e16, Long.MAX_VALUE));

  @Test
  void letsOrdinaryJobsPass() {
    assertThatNoException()
        .isThrownBy(() -> limits.check(network(784, 128, 10), training(20, SINGLE), 8, 6, 10));
  }

  @Test
  void saysHowMuchAHugeNetworkNeeds() {
    assertThat(refusal(network(1, 65_536, 65_536, 1), training(1, SINGLE), 10))
        .containsExactly(
            InputError.at(
                "#/network/hidden",
                "65536 × 65536 units need 17.2 GB of parameters (4,295,229,441 numbers in the"
                    + " network); the limit of backprop.jobs.max-parameters is 25,000,000 numbers"
                    + " (100.0 MB)"));
  }

  @Test
  void namesTheInputsWhereTheyAreTheLargeSide() {
    assertThat(refusal(network(1_000_000, 100, 1), training(1, SINGLE), 10))
        .extracting(InputError::detail)
        .containsExactly(
            "1000000 inputs × 100 units need 400.0 MB of parameters (100,000,201 numbers in the"
                + " network); the limit of backprop.jobs.max-parameters is 25,000,000 numbers"
                + " (100.0 MB)");
  }

  @Test
  void limitsEpochsAndWork() {
    JobLimits strict = new JobLimits(properties(1e6, 1L << 40));
    assertThat(refusal(strict, network(9, 10, 1), training(10_000_001, FULL), 100))
        .containsExactly(
            InputError.at(
                "#/training/epochs",
                "10,000,001 epochs; the limit of backprop.jobs.max-epochs is 10,000,000"),
            InputError.at(
                "#/training/epochs",
                "10,000,001 epochs of 100 rows through 111 parameters are 6.7e+11 floating-point"
                    + " operations; the limit of backprop.jobs.max-work is 1.0e+06"));
  }

  @Test
  void limitsThreads() {
    ProblemException problem =
        catchThrowableOfType(
            ProblemException.class,
            () -> limits.check(network(784, 128, 10), training(20, SINGLE), 5_000, 6, 10));

    assertThat(problem.errors())
        .containsExactly(
            InputError.at(
                "#/training/threads",
                "5,000 threads; the limit of backprop.jobs.max-threads is 8"));
  }

  @Test
  void countsTheEvaluationsAndThePairsOfLbfgs() {
    TrainingSpec training =
        new TrainingSpec(
            new Loss.MeanSquaredError(),
            new Lbfgs(1, 10, 9),
            new Schedule.Constant(),
            100,
            FULL,
            false,
            0,
            null);

    assertThat(refusal(new JobLimits(properties(1e6, 1L << 40)), network(9, 10, 1), training, 100))
        .containsExactly(
            InputError.at(
                "#/training/epochs",
                "100 epochs of 100 rows through 111 parameters, up to 10 times each, are 6.7e+07"
                    + " floating-point operations; the limit of backprop.jobs.max-work is"
                    + " 1.0e+06"));
    assertThat(JobLimits.memory(network(9, 10, 1), training, 100, 100))
        .isEqualTo(4.0 * ((4 + 23) * 111 + 2 * 11 * 100 + (10 + 3) * 200));
  }

  @Test
  void limitsMemory() {
    JobLimits strict = new JobLimits(properties(1e16, 1_000_000));
    assertThat(refusal(strict, network(100, 1000, 1), training(1, FULL), 100))
        .containsExactly(
            InputError.at(
                "#",
                "the training needs about 3.3 MB of memory; the limit of backprop.jobs.max-memory"
                    + " is 1.0 MB. A smaller network or batchSize needs less."));
  }

  /// Adam's two moments, four copies of θ, outputs and deltas of 256 rows, all rows and copies of a
  /// batch and of 256 rows, each row with a weight and a place in a ROC curve.
  @Test
  void countsTheRowsThatAreMeasuredTogetherWhateverTheBatchSize() {
    NetworkSpec wide = network(1, 1_000_000, 1);
    double parameters = 6.0 * 3_000_001;
    double single = JobLimits.memory(wide, training(1, SINGLE), 1000, 1000);
    assertThat(single).isEqualTo(4 * (parameters + 2.0 * 1_000_001 * 256 + (2 + 3) * 1257));
    double full = JobLimits.memory(wide, training(1, FULL), 1000, 1000);
    assertThat(full).isEqualTo(4 * (parameters + 2.0 * 1_000_001 * 1000 + (2 + 3) * 2000));
    double few = JobLimits.memory(wide, training(1, SINGLE), 3, 4);
    assertThat(few).isEqualTo(4 * (parameters + 2.0 * 1_000_001 * 4 + (2 + 3) * 5));
  }

  @Test
  void refusesTablesThatNoArrayHolds() {
    assertThat(refusal(network(10_000, 1), training(1, SINGLE), 300_000))
        .containsExactly(
            InputError.at(
                "#",
                "the training needs a table of 3,000,000,000 numbers, an array holds at most"
                    + " 2,147,483,647. Fewer rows or units, or a smaller batchSize, need less."));
    assertThat(refusal(network(1, 1_000_000, 1), training(1, FULL), 10_000_000))
        .extracting(InputError::detail)
        .singleElement()
        .asString()
        .contains("a table of 10,000,000,000,000 numbers");
  }

  @Test
  void doesNotOverflowForShapesBeyondEveryNumber() {
    NetworkSpec absurd =
        new NetworkSpec(
            Integer.MAX_VALUE,
            IntStream.range(0, 64)
                .mapToObj(i -> new LayerSpec(Integer.MAX_VALUE, new Activation.Relu()))
                .toList());
    assertThat(refusal(absurd, training(10_000_000, FULL), Integer.MAX_VALUE))
        .extracting(InputError::detail)
        .hasSize(4)
        .noneMatch(detail -> detail.matches(".*-[0-9].*"))
        .first()
        .asString()
        .startsWith("2147483647 inputs × 2147483647 units need 36.9 EB of parameters");
  }

  private List<InputError> refusal(NetworkSpec network, TrainingSpec training, int rows) {
    return refusal(limits, network, training, rows);
  }

  private static List<InputError> refusal(
      JobLimits limits, NetworkSpec network, TrainingSpec training, int rows) {
    ProblemException problem =
        catchThrowableOfType(
            ProblemException.class, () -> limits.check(network, training, 1, rows, rows));
    assertThat(problem).isNotNull();
    assertThat(problem.type()).isEqualTo(ProblemType.LIMIT_EXCEEDED);
    return problem.errors();
  }

  private static NetworkSpec network(int inputs, int... units) {
    return new NetworkSpec(
        inputs,
        IntStream.of(units).mapToObj(u -> new LayerSpec(u, new Activation.Sigmoid())).toList());
  }

  private static TrainingSpec training(int epochs, BatchSize batchSize) {
    return new TrainingSpec(
        new Loss.MeanSquaredError(),
        new Adam(0.001),
        new Schedule.Constant(),
        epochs,
        batchSize,
        true,
        42,
        null);
  }

  private static JobProperties properties(double maxWork, long maxMemory) {
    return new JobProperties(
        1,
        1,
        25_000_000,
        10_000_000,
        maxWork,
        new MemoryLimit(maxMemory),
        100,
        1,
        new MemoryLimit(maxMemory),
        Duration.ZERO,
        Duration.ZERO,
        8,
        null,
        1,
        new MemoryLimit(maxMemory),
        new MemoryLimit(maxMemory));
  }
}
