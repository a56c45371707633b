package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.backprop.core.linalg.PlainBlas;
import dev.backprop.core.linalg.Products;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Every look at the clock takes 10 ms, so a mini-batch does too. There are 16 rows.
class CalibrationTests {

  private static final long LOOK = 10_000_000;

  private final AtomicLong nanos = new AtomicLong();
  private final GatedBlas blas = new GatedBlas();
  private final Helpers helpers = new Helpers(2);

  @AfterEach
  void close() {
    helpers.close();
  }

  @Test
  void multipliesAStepByTheStepsOfAnEpoch() {
    assertThat(measure("\"batchSize\": 8", "")).isEqualTo(0.02);
    assertThat(measure("\"batchSize\": 4", "")).isEqualTo(0.04);
    assertThat(measure("\"batchSize\": 1", "")).isEqualTo(0.16);
    assertThat(measure("\"batchSize\": 32", "")).isEqualTo(0.01);
    assertThat(measure("\"batchSize\": \"full\"", "")).isEqualTo(0.01);
  }

  @Test
  void countsABatchThatIsNotFullAsAPart() {
    assertThat(measure("\"batchSize\": 5", "")).isCloseTo(0.032, within(1e-12));
    assertThat(measure("\"batchSize\": 10", "")).isCloseTo(0.016, within(1e-12));
  }

  @Test
  void addsTheValidationRows() {
    String validation = ", \"validation\": {\"fraction\": 0.5}";
    assertThat(measure("\"batchSize\": 4", validation)).isCloseTo(0.02 + 0.01, within(1e-12));
  }

  @Test
  void takesAboutASecond() {
    measure("\"batchSize\": 4", ", \"validation\": {\"fraction\": 0.5}");
    assertThat(nanos.get()).isBetween(950_000_000L, 1_100_000_000L);
  }

  @Test
  void goesOnWhereTheJobWouldEnd() {
    String target = "\"batchSize\": 8, \"stopWhen\": {\"trainingLoss\": 1e9, \"seconds\": 1e-9}";
    assertThat(measure(target, "")).isEqualTo(0.02);
    String patience = "\"batchSize\": 8, \"earlyStopping\": {\"patience\": 1, \"minDelta\": 1e9}";
    assertThat(measure(patience, "")).isEqualTo(0.02);
    String divergence =
        "\"batchSize\": 8, \"optimizer\": {\"type\": \"sgd\", \"learningRate\": 1e30}";
    assertThat(measure(divergence, "")).isEqualTo(0.02);
  }

  @Test
  void measuresEveryOptimizerWithItsSearches() {
    for (String type : new String[] {"lbfgs", "rprop"}) {
      String optimizer =
          "\"batchSize\": \"full\", \"optimizer\": {\"type\": \"%s\"}".formatted(type);
      assertThat(measure(optimizer, "")).isBetween(0.01, 0.3);
    }
  }

  @Test
  void measuresNothingWhereMemoryIsShort() {
    assertThat(measure("\"batchSize\": 8", "", 1_000)).isNull();
    assertThat(blas.products()).isZero();
  }

  @Test
  void takesTheMeanOfTheLaterLaps() {
    Laps laps = new Laps();
    assertThat(laps.seconds()).isZero();
    for (int i = 0; i < 200; i++) {
      laps.add(i < 100 ? 9_000_000_000L : i % 2 == 0 ? 1_000_000_000L : 3_000_000_000L);
    }
    assertThat(laps.count()).isEqualTo(200);
    assertThat(laps.seconds()).isEqualTo(2);
  }

  @Test
  void takesNoLongerThanItMayOnARealClock() {
    long start = System.nanoTime();
    Calibration real =
        new Calibration(
            new Products(new PlainBlas()), helpers, System::nanoTime, () -> Long.MAX_VALUE);
    Double seconds = real.secondsPerEpoch(prepare("\"batchSize\": 8", ""));
    assertThat(seconds).isPositive().isLessThan((System.nanoTime() - start) / 1e9);
  }

  private @Nullable Double measure(String training, String more) {
    return measure(training, more, Long.MAX_VALUE);
  }

  private @Nullable Double measure(String training, String more, long freeMemory) {
    nanos.set(0);
    return new Calibration(
            new Products(blas), helpers, () -> nanos.addAndGet(LOOK), () -> freeMemory)
        .secondsPerEpoch(prepare(training, more));
  }

  private static PreparedJob prepare(String training, String more) {
    String spec =
        "{%s, %s, \"training\": {%s}%s}"
            .formatted(JobService.DATASET, JobService.NETWORK, training, more);
    return JobService.planner(new FakeDatasets(), JobService.properties(10))
        .prepare(SpecReader.read(spec));
  }
}
