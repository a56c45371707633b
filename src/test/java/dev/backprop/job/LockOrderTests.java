package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.core.linalg.SplitMix64;
import dev.backprop.dataset.MemoryLimit;
import dev.backprop.http.PageRequest;
import dev.backprop.model.ModelProperties;
import dev.backprop.model.spec.Priority;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Jobs and the real pool under callers who do all that can be done at once: nobody waits for a
/// lock for ever, and nothing is lost.
class LockOrderTests {

  private static final int CALLERS = 6;
  private static final int OPERATIONS = 10_000;
  private static final int WORKERS = 3;
  private static final long SEED = 17;

  /// What a caller may be told in a full house.
  private static final List<ProblemType> REFUSALS =
      List.of(ProblemType.QUEUE_FULL, ProblemType.CONFLICT, ProblemType.NOT_FOUND);

  private final JobService service = new JobService();
  private final PreparedJob sample = service.planner.prepare(SpecReader.read(JobService.spec("")));
  private final long memory = (long) JobLimits.memory(sample);

  /// Two of the three workers' jobs fit beside each other.
  private final TrainingPool pool =
      new TrainingPool(
          new TrainingPool.Limits(WORKERS, 20, 5, 2 * memory + memory / 2),
          service.speed,
          System::nanoTime);

  private final QueueForecast forecast = new QueueForecast(pool, service.speed, service.clock);
  private final JobOperator operator =
      new JobOperator(
          service.planner,
          service.jobs,
          pool,
          forecast,
          service.tools,
          (_, _, _) -> {},
          JobService.properties(50),
          new ModelProperties(new MemoryLimit(1 << 30)));
  private boolean allEnded;
  private final Queue<Job> jobs = new ConcurrentLinkedQueue<>();

  @AfterEach
  void stop() {
    if (allEnded) { // else the shutdown would wait for the same locks
      operator.shutDown();
      service.close();
    }
  }

  @Test
  void thePoolAsksNothingThatTheLockOfAJobGuards() throws Exception {
    service.speed.measured(1e9, 10);
    service.blas.shutAfter(0);
    Job running = operator.submit(SpecReader.read(JobService.spec("")), "a");
    JobService.await().until(() -> service.blas.products() == 1);
    operator.submit(SpecReader.read(JobService.spec("")), "a");
    JobService.await().until(() -> service.blas.products() == 2); // there is memory for two
    Job waiting = operator.submit(SpecReader.read(JobService.spec("")), "a");
    TrainingRun run = Objects.requireNonNull(waiting.run());
    FutureTask<Void> asking =
        new FutureTask<>(
            () -> {
              service.speed.measured(1e9, 100); // so that all costs are asked for again
              pool.line(waiting);
              service.speed.measured(1e9, 1_000);
              pool.lineOfNew("b", Priority.NORMAL);
              pool.renewCost(run);
              pool.remove(run);
              pool.offer(run);
            },
            null);
    synchronized (running) {
      synchronized (waiting) {
        Thread thread = new Thread(asking, "asking");
        thread.setDaemon(true); // else a deadlock would outlive the test
        thread.start();
        asking.get(30, TimeUnit.SECONDS);
      }
    }
    service.blas.open();
    operator.cancel(waiting);
    sample.lease().close();
    allEnded = true;
  }

  @Test
  void letsNobodyWaitForEverAndLosesNothing() throws Exception {
    SplitMix64 seeds = new SplitMix64(SEED);
    CountDownLatch together = new CountDownLatch(1);
    List<FutureTask<Integer>> callers = new ArrayList<>();
    for (int number = 0; number < CALLERS; number++) {
      String name = "caller-" + number % 3;
      SplitMix64 random = new SplitMix64(seeds.nextInt(1 << 30));
      FutureTask<Integer> caller =
          new FutureTask<>(
              () -> {
                together.await();
                int refused = 0;
                for (int i = 0; i < OPERATIONS; i++) {
                  refused += operate(random, name) ? 0 : 1;
                }
                return refused;
              });
      callers.add(caller);
      Thread thread = new Thread(caller, name);
      thread.setDaemon(true); // else a deadlock would outlive the test
      thread.start();
    }
    together.countDown();
    int refused = 0;
    for (Future<Integer> caller : callers) {
      refused += caller.get(60, TimeUnit.SECONDS);
    }
    assertThat(refused).as("not all are refused").isLessThan(CALLERS * OPERATIONS / 2);
    assertThat(ManagementFactory.getThreadMXBean().findDeadlockedThreads()).isNull();
    assertThat(jobs).hasSizeGreaterThan(100);

    for (Job job : jobs) {
      operator.cancel(job);
      assertThat(job.awaitEnd(Duration.ofSeconds(30))).as("seed %d", SEED).isTrue();
      assertThat(job.status()).isIn(JobStatus.SUCCEEDED, JobStatus.CANCELLED);
    }
    JobService.await().until(() -> pool.running() == 0);
    assertThat(pool.waiting()).isZero();
    assertThat(pool.runningBytes()).isZero();
    assertThat(service.jobs.unfinished()).isEmpty();
    assertThat(service.jobs.promisedBytes()).isZero();
    assertThat(service.jobs.sources()).isEmpty();
    sample.lease().close();
    service.awaitThatAllLeasesAreClosedOnce();
    allEnded = true;
  }

  /// @return false if it is refused
  private boolean operate(SplitMix64 random, String caller) {
    try {
      int operation = random.nextInt(20);
      Job job = newest(random.nextInt(8));
      if (job == null || (operation == 0 && random.nextInt(4) == 0)) {
        jobs.add(
            operator.submit(
                SpecReader.read(JobService.spec("\"epochs\": " + (1 + random.nextInt(10_000)))),
                caller));
        return true;
      }
      switch (operation) {
        case 0, 1 -> {
          if (random.nextInt(8) == 0) {
            operator.cancel(job);
          }
        }
        case 2, 3, 4, 5 -> operator.pause(job.id());
        case 6, 7, 8, 9 -> operator.resume(job.id());
        case 10 -> operator.list(new PageRequest(20, null)).map(this::view);
        case 11 -> forecast.startOfNew(caller, Priority.NORMAL);
        case 12, 13, 14, 15 -> operator.changed(job);
        default -> view(job);
      }
      return true;
    } catch (ProblemException e) {
      assertThat(e.type()).isIn(REFUSALS);
      return false;
    }
  }

  private JobView view(Job job) {
    return job.view(operator.place(job));
  }

  private @Nullable Job newest(int back) {
    List<Job> all = List.copyOf(jobs);
    return all.isEmpty() ? null : all.get(Math.max(0, all.size() - 1 - back));
  }
}
