package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.DatasetRepository;
import dev.backprop.http.PageRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrainingPoolTests {

  private static final long ENOUGH = 1 << 30;

  private final JobService service = new JobService();
  private final List<Job> jobs = new ArrayList<>();
  private final List<TrainingPool> pools = new ArrayList<>();
  private TrainingPool pool = pool(1, 3, 3, ENOUGH);

  private TrainingPool pool(int workers, int queue, int ofOneCaller, long memory) {
    pool =
        new TrainingPool(
            new TrainingPool.Limits(workers, queue, ofOneCaller, memory),
            service.speed,
            System::nanoTime);
    pools.add(pool);
    return pool;
  }

  @AfterEach
  void stop() throws InterruptedException {
    service.blas.open();
    for (TrainingPool each : pools) {
      each.close();
      assertThat(each.awaitEnd(Duration.ofSeconds(30))).isTrue();
    }
    service.close();
  }

  @Test
  void runsInTheOrderOfSubmission() {
    holdTheWorker();
    List<TrainingRun> runs = List.of(run(), run(), run());
    runs.forEach(run -> assertThat(pool.offer(run)).isTrue());
    assertThat(runs).extracting(this::before).containsExactly(0, 1, 2);
    assertThat(ends()).isEqualTo(jobs);
  }

  @Test
  void runsASingleJobBeforeTheRestOfAFlood() {
    holdTheWorker();
    TrainingRun second = run();
    TrainingRun third = run();
    TrainingRun single = run("single", "");
    List.of(second, third, single).forEach(pool::offer);
    assertThat(before(single)).as("who holds the worker has had a turn").isZero();
    assertThat(before(third)).isEqualTo(2);
    Job held = jobs.getFirst();
    assertThat(ends()).containsExactly(held, single.job(), second.job(), third.job());
  }

  @Test
  void refusesWhatItsQueueDoesNotHold() {
    holdTheWorker();
    List<TrainingRun> runs = List.of(run(), run(), run());
    runs.forEach(pool::offer);
    assertThat(pool.offer(run())).isFalse();
    assertThat(pool.running()).isEqualTo(1);
    assertThat(pool.remove(runs.get(1))).isTrue();
    assertThat(pool.remove(runs.get(1))).isFalse();
    assertThat(pool.offer(run())).isTrue();
    assertThat(pool.waiting()).isEqualTo(3);
    assertThat(pool.remove(runs.get(2))).isTrue();
    assertThat(pool.waiting()).isEqualTo(2);
    assertThat(pool.line(runs.get(2).job())).isNull();
  }

  @Test
  void leavesPlacesToOtherCallers() {
    pool(1, 4, 2, ENOUGH);
    holdTheWorker();
    assertThat(pool.offer(run())).isTrue();
    assertThat(pool.offer(run())).isTrue();
    assertThat(pool.offer(run())).isFalse();
    assertThat(pool.waiting(Callers.ANONYMOUS)).isEqualTo(2);
    assertThat(pool.offer(run("other", ""))).isTrue();
    assertThat(pool.offer(run("other", ""))).isTrue();
    assertThat(pool.offer(run("third", ""))).as("the queue is full").isFalse();
  }

  @Test
  void givesHalfOfTheQueueToOneOfSeveralCallers() {
    JobProperties properties = JobService.properties(1);
    assertThat(TrainingPool.Limits.of(properties, 1))
        .isEqualTo(new TrainingPool.Limits(1, 2, 2, 1 << 30));
    assertThat(TrainingPool.Limits.of(properties, 2).ofOneCaller()).isEqualTo(1);
  }

  @Test
  void doesNotGiveBackWhatAWorkerHas() {
    TrainingRun running = holdTheWorker();
    TrainingRun waiting = run();
    pool.offer(waiting);
    assertThat(pool.remove(running)).isFalse();
    pool.close();
    assertThat(pool.waiting()).isEqualTo(1);
    assertThat(pool.remove(waiting)).isTrue();
    assertThat(pool.isShutdown()).isTrue();
    assertThat(pool.offer(run())).isFalse();
    assertThat(pool.waiting()).isZero();
  }

  @Test
  void runsAsManyAtOnceAsThereAreWorkers() {
    pool(3, 10, 10, ENOUGH);
    assertThat(pool.workers()).isEqualTo(3);
    service.blas.shutAfter(0);
    IntStream.range(0, 5).forEach(_ -> pool.offer(run()));
    JobService.await().until(() -> service.blas.products() == 3);
    assertThat(pool.running()).isEqualTo(3);
    assertThat(pool.waiting()).isEqualTo(2);
    assertThat(ends()).containsExactlyInAnyOrderElementsOf(jobs);
  }

  @Test
  void runsNoMoreAtOnceThanMemoryHolds() {
    long memory = run().memory();
    jobs.clear();
    pool(3, 10, 10, 2 * memory + memory / 2);
    service.blas.shutAfter(0);
    IntStream.range(0, 4).forEach(_ -> pool.offer(run()));
    JobService.await().until(() -> service.blas.products() == 2);
    assertThat(pool.running()).isEqualTo(2);
    assertThat(pool.runningBytes()).isEqualTo(2 * memory);
    assertThat(ends()).containsExactlyInAnyOrderElementsOf(jobs);
    JobService.await().until(() -> pool.runningBytes() == 0);
  }

  @Test
  void letsNobodyOvertakeWhatWaitsForMemory() {
    TrainingRun first = run();
    TrainingRun large = large();
    TrainingRun small = run();
    assertThat(large.memory()).isGreaterThan(2 * small.memory());
    pool(3, 10, 10, large.memory());
    service.blas.shutAfter(0);
    pool.offer(first);
    JobService.await().until(() -> service.blas.products() == 1);
    pool.offer(large);
    pool.offer(small);
    assertThat(before(large)).isZero();
    assertThat(before(small)).isEqualTo(1);
    assertThat(ends()).containsExactly(first.job(), large.job(), small.job());
  }

  @Test
  void goesOnWhenWhatWaitsForMemoryIsCancelled() {
    TrainingRun first = run();
    TrainingRun large = large();
    TrainingRun small = run();
    pool(2, 10, 10, 2 * first.memory());
    service.blas.shutAfter(0);
    pool.offer(first);
    JobService.await().until(() -> service.blas.products() == 1);
    pool.offer(large);
    pool.offer(small);
    assertThat(pool.running()).isEqualTo(1);
    pool.remove(large);
    JobService.await().until(() -> service.blas.products() == 2);
    assertThat(pool.running()).isEqualTo(2);
  }

  @Test
  void runsAloneWhatAloneNeedsMoreThanThereIs() {
    TrainingRun large = large();
    TrainingRun small = run();
    pool(2, 10, 10, small.memory());
    service.blas.shutAfter(0);
    pool.offer(large);
    pool.offer(small);
    JobService.await().until(() -> service.blas.products() == 1);
    assertThat(pool.running()).isEqualTo(1);
    assertThat(ends()).containsExactly(large.job(), small.job());
  }

  /// The lease cannot be closed, which no run expects.
  @Test
  void keepsItsWorkersWhateverARunEndsWith() {
    DatasetRepository broken =
        new FakeDatasets() {
          @Override
          public Lease saveAndLease(Dataset dataset) {
            return new Lease() {
              @Override
              public Dataset dataset() {
                return dataset;
              }

              @Override
              public void close() {
                StackOverflowError failure = new StackOverflowError("on purpose");
                failure.setStackTrace(new StackTraceElement[0]);
                throw failure;
              }
            };
          }
        };
    JobPlanner planner = JobService.planner(broken, service.models, JobService.properties(1));
    TrainingRun failing = run(planner, Callers.ANONYMOUS, "");
    TrainingRun next = run();
    pool.offer(failing);
    pool.offer(next);
    assertThat(ends()).containsExactly(failing.job(), next.job());
    JobService.await().until(() -> pool.running() == 0);
    assertThat(pool.runningBytes()).isZero();
  }

  @Test
  void learnsHowFastItIs() {
    assertThat(service.speed.perSecond()).isNull();
    pool.offer(run());
    ends();
    JobService.await().until(service.speed::isMeasured);
    assertThat(service.speed.perSecond()).isPositive();
  }

  private int before(TrainingRun run) {
    return Objects.requireNonNull(pool.line(run.job())).before().count();
  }

  /// Lets all go on, and gives the jobs as they ended.
  private List<Job> ends() {
    service.blas.open();
    jobs.forEach(JobService::end);
    return service.models.list(new PageRequest(10, null)).data().stream()
        .map(model -> model.lineage().job())
        .map(id -> jobs.stream().filter(job -> job.id().equals(id)).findFirst().orElseThrow())
        .toList();
  }

  private TrainingRun holdTheWorker() {
    service.blas.shutAfter(0);
    TrainingRun run = run();
    assertThat(pool.offer(run)).isTrue();
    JobService.await().until(() -> service.blas.products() == 1);
    return run;
  }

  private TrainingRun run() {
    return run(Callers.ANONYMOUS, "");
  }

  private TrainingRun large() {
    return run(Callers.ANONYMOUS, ", \"network\": {\"hidden\": [{\"units\": 100}]}");
  }

  private TrainingRun run(String caller, String members) {
    return run(service.planner, caller, members);
  }

  private TrainingRun run(JobPlanner planner, String caller, String members) {
    PreparedJob prepared =
        planner.prepare(
            SpecReader.read(
                "{%s, \"training\": {\"batchSize\": 8, \"epochs\": 2}%s}"
                    .formatted(
                        JobService.DATASET,
                        members.isEmpty() ? ", " + JobService.NETWORK : members)));
    Job job = new Job("job_" + (jobs.size() + 1), prepared, JobService.CLOCK, 100);
    jobs.add(job);
    return service.run(job, prepared, caller);
  }
}
