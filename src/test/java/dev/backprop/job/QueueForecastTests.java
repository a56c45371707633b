package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.backprop.core.linalg.SplitMix64;
import dev.backprop.model.spec.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class QueueForecastTests {

  private static final String LONG = "\"epochs\": 1000000";

  private final JobService service = new JobService();

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void startsAtOnceWhereAWorkerIsFree() {
    assertThat(startOfNew()).isEqualTo(JobService.NOW);
  }

  @Test
  void guessesNothingAsLongAsNothingIsMeasured() {
    service.submitAndHoldAfter(0, LONG);
    assertThat(startOfNew()).isNull();
    Job first = service.submit(LONG);
    Job second = service.submit(LONG);
    assertThat(place(first)).isEqualTo(new QueuePlace(1, null));
    assertThat(place(second)).isEqualTo(new QueuePlace(2, null));
  }

  /// Both need the same time, of which the clock, which stands still, has seen none.
  @Test
  void goesByTheSpeedOfTheJobThatTrains() {
    service.nanosPerLook.set(10_000_000);
    Job running = service.submitAndHoldAfter(3 * JobService.PRODUCTS_OF_AN_EPOCH, LONG);
    Instant finish = Objects.requireNonNull(running.view(null).estimatedFinish());
    assertThat(finish).isAfter(JobService.NOW);
    assertThat(startOfNew()).isEqualTo(finish);
    Job waiting = service.submit(LONG);
    assertThat(place(waiting)).isEqualTo(QueuePlace.of(1, finish));
    Instant later = Objects.requireNonNull(startOfNew());
    assertThat(Duration.between(finish, later))
        .isCloseTo(Duration.between(JobService.NOW, finish), Duration.ofMillis(1));
    service.operator.cancel(waiting.id());
    service.operator.cancel(running.id());
    assertThat(startOfNew()).isEqualTo(JobService.NOW);
  }

  /// 16 rows in two batches through 33 parameters: 6 · 33 · 16 + 2 · 10⁴ an epoch, and 10⁷.
  @Test
  void estimatesByTheWorkWhatHasNoEpochYet() {
    service.speed.measured(1e9, 10);
    service.submitAndHoldAfter(0, "\"epochs\": 1000");
    Job first = service.submit("\"epochs\": 3000");
    Job second = service.submit("\"epochs\": 3000, \"stopWhen\": {\"seconds\": 0.25}");
    double epoch = 6 * 33 * 16 + 2 * 1e4;
    double running = (1e7 + 1_000 * epoch) / 1e8;
    double waiting = (1e7 + 3_000 * epoch) / 1e8;
    assertThat(place(first)).isEqualTo(QueuePlace.of(1, after(running)));
    assertThat(place(second)).isEqualTo(QueuePlace.of(2, after(running + waiting)));
    assertThat(Duration.between(JobService.NOW, startOfNew()).toNanos() / 1e9)
        .isCloseTo(running + waiting + 0.25, within(1e-6));
  }

  @Test
  void followsTheSpeedOfTheServer() {
    service.speed.measured(1e9, 10);
    service.submitAndHoldAfter(0, "\"epochs\": 1000, \"stopWhen\": {\"seconds\": 0.001}");
    service.submit("\"epochs\": 3000");
    Job second = service.submit("\"epochs\": 3000");
    Instant slow = Objects.requireNonNull(place(second).estimatedStart());
    for (int i = 0; i < 200; i++) {
      service.speed.measured(1e9, 100);
    }
    double waiting = (1e7 + 3_000 * (6 * 33 * 16 + 2 * 1e4)) / 1e7;
    assertThat(place(second).estimatedStart())
        .isAfter(slow)
        .isBetween(after(waiting - 0.1), after(waiting + 1.1));
  }

  @Test
  void leavesOutWhatIsPaused() {
    service.nanosPerLook.set(10_000_000);
    Job job = service.submitAndHoldAfter(3 * JobService.PRODUCTS_OF_AN_EPOCH, LONG);
    Job waiting = service.submit(LONG);
    Instant start = Objects.requireNonNull(place(waiting).estimatedStart());
    assertThat(start).isAfter(JobService.NOW);
    service.operator.pause(job.id());
    assertThat(place(waiting)).as("soon").isEqualTo(new QueuePlace(1, JobService.NOW));
    service.operator.pause(waiting.id());
    service.blas.open();
    JobService.await().until(() -> job.status() == JobStatus.PAUSED);
    JobService.await().until(() -> service.pool.running() == 0);
    assertThat(startOfNew()).isEqualTo(JobService.NOW);
    assertThat(service.speed.isMeasured()).as("what it has trained counts").isTrue();
  }

  /// From 3000 epochs to 60,000.
  @Test
  void takesUpThatAJobHasMoreToDo() {
    service.speed.measured(1e9, 10);
    service.submitAndHoldAfter(0, "\"epochs\": 1000");
    Job first = service.submit("\"epochs\": 3000");
    Job second = service.submit("\"epochs\": 3000");
    double epoch = 6 * 33 * 16 + 2 * 1e4;
    assertThat(place(second)).isEqualTo(QueuePlace.of(2, after((2e7 + 4_000 * epoch) / 1e8)));
    new JobPatcher(service.operator, SpecReader.patches(), JobService.properties(10))
        .patch(
            first.id(), null, (ObjectNode) SpecReader.tree("{\"training\": {\"epochs\": 60000}}"));
    assertThat(place(second)).isEqualTo(QueuePlace.of(2, after((2e7 + 61_000 * epoch) / 1e8)));
  }

  private Instant after(double seconds) {
    return JobService.NOW.plusNanos((long) (1e9 * seconds));
  }

  private @Nullable Instant startOfNew() {
    return service.forecast.startOfNew(Callers.ANONYMOUS, Priority.NORMAL);
  }

  private QueuePlace place(Job job) {
    return Objects.requireNonNull(service.operator.place(job));
  }

  @ParameterizedTest
  @CsvSource({
    "1;4, 0, 1",
    "1;4, 2, 3",
    "1;4, 3, 4",
    "1;4, 5, 5",
    "0;0;6, 4, 2",
    "5, 7, 12",
    "2;2;2, 3, 3"
  })
  void poursOverColumns(String columns, double poured, double level) {
    double[] heights = Arrays.stream(columns.split(";")).mapToDouble(Double::parseDouble).toArray();
    assertThat(QueueForecast.level(heights, poured)).isCloseTo(level, within(1e-12));
  }

  @Test
  void hasNoLevelWithoutColumns() {
    assertThat(QueueForecast.level(new double[0], 1)).isInfinite();
  }

  /// Beside a simulation that gives each job to the worker that is free first.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void isAtMostTheLongestJobLaterThanTheWorkersAre(long seed) {
    SplitMix64 random = new SplitMix64(seed);
    for (int round = 0; round < 300; round++) {
      double[] free = new double[1 + random.nextInt(8)];
      PriorityQueue<Double> workers = new PriorityQueue<>();
      for (int i = 0; i < free.length; i++) {
        free[i] = random.nextInt(100);
        workers.add(free[i]);
      }
      Arrays.sort(free);
      double longest = 0;
      double work = 0;
      for (int job = random.nextInt(30); job > 0; job--) {
        double seconds = random.nextInt(50);
        workers.add(workers.remove() + seconds);
        longest = Math.max(longest, seconds);
        work += seconds;
      }
      double start = workers.element();
      assertThat(QueueForecast.level(free, work))
          .as("seed %d, round %d", seed, round)
          .isBetween(start - 1e-9, start + longest + 1e-9);
    }
  }
}
