package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.backprop.core.linalg.SplitMix64;
import dev.backprop.core.train.StopReason;
import dev.backprop.dataset.MemoryLimit;
import dev.backprop.http.PageRequest;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobOperatorTests {

  private static final String LONG = "\"epochs\": 1000000";
  private static final String SHORT = "\"epochs\": 2";

  /// Of its model as much is kept as of any.
  private static final String FULL_CURVE = "\"epochs\": 100";

  private JobService service = new JobService();

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void trainsAModel() {
    JobView job = JobService.end(service.submit(SHORT));
    assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(job.stopReason()).isEqualTo(StopReason.EPOCHS);
    assertThat(job.error()).isNull();
    assertThat(job.model()).isEqualTo(new JobView.ModelLink("sum", 1));
    assertThat(job.links().predict()).isEqualTo("/api/v1/models/sum/versions/1/predict");
    assertThat(service.models.find("sum", 1).orElseThrow().lineage().job()).isEqualTo(job.id());
    service.awaitThatAllLeasesAreClosedOnce();
  }

  @Test
  void refusesWhatTheQueueCannotHoldAndKeepsNothingOfIt() {
    Job running = service.submitAndHoldAfter(0, LONG);
    Job first = service.submit(SHORT);
    Job second = service.submit(SHORT);
    assertThat(service.operator.place(running)).isNull();
    assertThat(position(first)).isEqualTo(1);
    assertThat(position(second)).isEqualTo(2);
    int closed = service.datasets.closed();

    assertThatProblem(ProblemType.QUEUE_FULL, () -> service.submit(SHORT))
        .withMessage("2 jobs are waiting, as many as backprop.jobs.queue-capacity allows.")
        .satisfies(problem -> assertThat(problem.retryAfter()).isEqualTo(Duration.ofSeconds(1)));

    assertThat(service.datasets.closed()).isEqualTo(closed + 1);
    assertThat(ids()).containsExactly(second.id(), first.id(), running.id());
    service.operator.cancel(running.id());
    service.blas.open();
    assertThat(JobService.end(second).status()).isEqualTo(JobStatus.SUCCEEDED);
    service.awaitThatAllLeasesAreClosedOnce();
  }

  @Test
  void stopsARunningJobWithinAMiniBatchAndKeepsItsBestParameters() {
    int begun = JobService.PRODUCTS_OF_AN_EPOCH;
    Job job = service.submitAndHoldAfter(begun, LONG);
    assertThat(service.operator.cancel(job.id()).status()).isEqualTo(JobStatus.CANCELLING);
    assertThat(service.operator.cancel(job.id()).status()).isEqualTo(JobStatus.CANCELLING);
    service.blas.open();

    JobView ended = JobService.end(job);
    assertThat(ended.status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(ended.stopReason()).isEqualTo(StopReason.CANCELLED);
    assertThat(ended.progress().epoch()).isEqualTo(1);
    assertThat(ended.model()).isEqualTo(new JobView.ModelLink("sum", 1));
    int measured = 2 + 2; // the trainer's look at the best parameters, and the model's metrics
    assertThat(service.blas.products())
        .isEqualTo(begun + JobService.PRODUCTS_OF_A_BATCH + measured);
    assertThat(service.operator.cancel(job.id()).view(null)).isEqualTo(ended);
  }

  @Test
  void makesNoModelWithoutACompleteEpoch() {
    Job job = service.submitAndHoldAfter(0, LONG);
    service.operator.cancel(job.id());
    service.blas.open();
    JobView ended = JobService.end(job);
    assertThat(ended.status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(ended.model()).isNull();
    assertThat(ended.error()).isNull();
    assertThat(service.models.size()).isZero();
    service.awaitThatAllLeasesAreClosedOnce();
  }

  @Test
  void freesSlotAndLeaseOfAJobThatIsCancelledInTheQueue() {
    Job running = service.submitAndHoldAfter(0, LONG);
    Job first = service.submit(SHORT);
    Job second = service.submit(SHORT);
    assertThat(service.operator.cancel(first.id()).status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(service.datasets.closed()).isEqualTo(1);
    assertThat(service.operator.place(first)).isNull();
    assertThat(position(second)).isEqualTo(1);
    service.operator.cancel(first.id());
    assertThat(service.datasets.closed()).isEqualTo(1);

    Job third = service.submit(SHORT);
    service.operator.cancel(running.id());
    service.blas.open();
    assertThat(JobService.end(third).status()).isEqualTo(JobStatus.SUCCEEDED);
    service.awaitThatAllLeasesAreClosedOnce();
  }

  @Test
  void freesTheDataSetsBeforeAnybodyHearsOfTheEnd() {
    PreparedJob prepared = service.planner.prepare(SpecReader.read(JobService.spec(SHORT)));
    Job job = new Job("job_1", prepared, JobService.CLOCK, 100);
    TrainingRun run = service.run(job, prepared, Callers.ANONYMOUS);
    List<Integer> closed = new ArrayList<>();
    job.listen(
        (_, status) -> {
          if (status.isFinal()) {
            closed.add(service.datasets.closed());
          }
        });
    run.run();
    assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(closed).containsExactly(1);
  }

  @Test
  void closesTheLeaseOfAJobThatAWorkerTakesJustAfterItsCancel() {
    PreparedJob prepared = service.planner.prepare(SpecReader.read(JobService.spec(SHORT)));
    Job job = new Job("job_1", prepared, JobService.CLOCK, 100);
    TrainingRun run = service.run(job, prepared, Callers.ANONYMOUS);
    assertThat(job.stop(StopReason.CANCELLED, JobService.NOW, new FakeQueue(0))).isNull();
    run.run();
    assertThat(service.datasets.closed()).isEqualTo(1);
    assertThat(service.blas.products()).isZero();
    assertThat(job.status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void endsEveryJobAndClosesEveryLeaseOnceUnderCancelsAtAnyTime() throws Exception {
    SplitMix64 random = new SplitMix64(7);
    try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
      for (int round = 1; round <= 300; round++) {
        List<Job> jobs = new ArrayList<>();
        for (int i = random.nextInt(2); i >= 0; i--) {
          jobs.add(service.submit("\"epochs\": " + (1 + random.nextInt(3))));
        }
        List<Future<?>> cancels = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
          Job chosen = jobs.get(random.nextInt(jobs.size()));
          cancels.add(executor.submit(() -> service.operator.cancel(chosen.id())));
        }
        for (Future<?> cancel : cancels) {
          cancel.get();
        }
        for (Job job : jobs) {
          assertThat(JobService.end(job).status())
              .as("seed 7, round %d", round)
              .isIn(JobStatus.SUCCEEDED, JobStatus.CANCELLED);
        }
        service.awaitThatAllLeasesAreClosedOnce();
      }
    }
  }

  @Test
  void forgetsAJobOnlyAfterItsEnd() {
    Job job = service.submitAndHoldAfter(0, LONG);
    assertThatProblem(ProblemType.CONFLICT, () -> service.operator.delete(job.id()))
        .withMessage(
            "Job '%s' is running. Cancel it first: POST /api/v1/jobs/%s/cancel.",
            job.id(), job.id());
    service.operator.cancel(job.id());
    assertThatProblem(ProblemType.CONFLICT, () -> service.operator.delete(job.id()))
        .withMessageContaining("is cancelling");
    service.blas.open();
    JobService.end(job);
    service.operator.delete(job.id());
    assertThatProblem(ProblemType.NOT_FOUND, () -> service.operator.find(job.id()));
    assertThatProblem(ProblemType.NOT_FOUND, () -> service.operator.delete(job.id()));
    assertThatProblem(ProblemType.NOT_FOUND, () -> service.operator.cancel(job.id()));
  }

  @Test
  void endsAllJobsWhenItShutsDown() throws Exception {
    Job running = service.submitAndHoldAfter(JobService.PRODUCTS_OF_AN_EPOCH, LONG);
    Job waiting = service.submit(SHORT);
    try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
      Future<?> shutdown = executor.submit(service.operator::shutDown);
      JobService.await().until(() -> running.stopRequest() == StopReason.SHUTDOWN);
      assertThatProblem(ProblemType.UNAVAILABLE, () -> service.submit(SHORT))
          .withMessage("The server is shutting down.");
      service.blas.open();
      shutdown.get();
    }
    JobView cut = running.view(null);
    assertThat(cut.status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(cut.stopReason()).isEqualTo(StopReason.SHUTDOWN);
    assertThat(cut.progress().epoch()).isEqualTo(1);
    assertThat(cut.model()).isNotNull();
    JobView dropped = waiting.view(null);
    assertThat(dropped.status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(dropped.stopReason()).isEqualTo(StopReason.SHUTDOWN);
    assertThat(dropped.startedAt()).isNull();
    assertThat(dropped.model()).isNull();
    assertThat(service.datasets.closed()).isEqualTo(service.datasets.opened());
    assertThat(ids()).containsExactly(waiting.id(), running.id());
  }

  @Test
  void leavesNothingOpenWhereSubmissionsMeetTheShutdown() throws Exception {
    for (int round = 1; round <= 50; round++) {
      JobService own = new JobService();
      List<Future<Job>> submitted = new ArrayList<>();
      int threads = 3;
      CyclicBarrier together = new CyclicBarrier(threads + 1);
      try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
        for (int i = 0; i < threads; i++) {
          submitted.add(
              executor.submit(
                  () -> {
                    together.await();
                    return own.submit(LONG);
                  }));
        }
        together.await();
        own.operator.shutDown();
      }
      for (Future<Job> submission : submitted) {
        if (submission.state() == Future.State.SUCCESS) {
          assertThat(submission.resultNow().status())
              .as("round %d", round)
              .isEqualTo(JobStatus.CANCELLED);
        } else {
          assertThat(submission.exceptionNow())
              .isInstanceOfSatisfying(
                  ProblemException.class,
                  problem ->
                      assertThat(problem.type())
                          .isIn(ProblemType.UNAVAILABLE, ProblemType.QUEUE_FULL));
        }
      }
      assertThat(own.datasets.closed()).as("round %d", round).isEqualTo(own.datasets.opened());
      assertThat(own.jobs.unfinished()).as("round %d", round).isEmpty();
      own.close();
    }
  }

  @Test
  void forgetsTheOldestJobsThatHaveEnded() {
    service.close();
    service = new JobService(2, new MemoryLimit(1 << 20));
    Job first = service.submit(SHORT);
    JobService.end(first);
    Job second = service.submit(SHORT);
    JobService.end(second);
    Job third = service.submit(SHORT);
    JobService.end(third);
    assertThat(ids()).containsExactly(third.id(), second.id(), first.id());
    Job fourth = service.submit(SHORT);
    assertThat(ids()).containsExactly(fourth.id(), third.id(), second.id());
  }

  @Test
  void promisesTheMemoryOfModelsOnce() {
    JobService.end(service.submit(FULL_CURVE));
    long bytes = service.models.bytes();
    service.close();
    service = new JobService(10, new MemoryLimit(2 * bytes));
    Job running = service.submitAndHoldAfter(0, LONG);
    assertThat(running.modelBytes()).isEqualTo(bytes);
    Job waiting = service.submit(FULL_CURVE);
    assertThatProblem(ProblemType.INSUFFICIENT_STORAGE, () -> service.submit(FULL_CURVE))
        .withMessageContaining("of backprop.models.max-memory");
    assertThat(service.datasets.closed()).isEqualTo(1);
    assertThat(ids()).containsExactly(waiting.id(), running.id());

    service.operator.cancel(running.id());
    service.blas.open();
    JobService.end(running);
    JobService.end(waiting);
    JobService.end(service.submit(FULL_CURVE));
    assertThat(service.models.size()).isEqualTo(2);
    assertThatProblem(ProblemType.INSUFFICIENT_STORAGE, () -> service.submit(FULL_CURVE));
    service.models.delete("sum", 1);
    JobService.end(service.submit(FULL_CURVE));
  }

  @Test
  void letsModelsInWhereNoJobWasPromisedTheRoom() {
    long limit = 1 << 20;
    service.close();
    service = new JobService(10, new MemoryLimit(limit));
    Job running = service.submitAndHoldAfter(0, LONG);
    long room = limit - running.modelBytes();
    AtomicInteger kept = new AtomicInteger();

    service.operator.admit(room, kept::incrementAndGet);
    assertThatProblem(
            ProblemType.INSUFFICIENT_STORAGE,
            () -> service.operator.admit(room + 1, kept::incrementAndGet))
        .withMessageContaining("of backprop.models.max-memory");

    assertThat(kept).hasValue(1);
    service.operator.cancel(running.id());
    service.blas.open();
    JobService.end(running);
  }

  @Test
  void keepsNothingOfASubmissionThatFails() {
    service.models.breakDown();
    assertThatIllegalStateException().isThrownBy(() -> service.submit(SHORT)).withMessage("broken");
    assertThat(ids()).isEmpty();
    assertThat(service.datasets.opened()).isEqualTo(1);
    assertThat(service.datasets.closed()).isEqualTo(1);
  }

  private int position(Job job) {
    return Objects.requireNonNull(service.operator.place(job)).position();
  }

  private List<String> ids() {
    return service.operator.list(new PageRequest(10, null)).map(Job::id).data();
  }

  private static ThrowableAssertAlternative<ProblemException> assertThatProblem(
      ProblemType type, ThrowingCallable call) {
    return assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(call)
        .satisfies(problem -> assertThat(problem.type()).isEqualTo(type));
  }
}
