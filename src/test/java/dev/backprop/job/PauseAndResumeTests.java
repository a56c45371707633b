package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.backprop.core.linalg.SplitMix64;
import dev.backprop.core.train.StopReason;
import dev.backprop.model.CrossValidation;
import dev.backprop.model.Model;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PauseAndResumeTests {

  private static final String LONG = "\"epochs\": 1000000";
  private static final String SHORT = "\"epochs\": 2";

  private final JobService service = new JobService();

  @AfterEach
  void stop() {
    service.close();
  }

  private static void awaitStatus(Job job, JobStatus status) {
    JobService.await().until(() -> job.status() == status);
  }

  private int position(Job job) {
    return Objects.requireNonNull(service.operator.place(job)).position();
  }

  /// A job that has begun its second epoch and then left off.
  private Job pausedJob(String training) {
    Job job = service.submitAndHoldAfter(JobService.PRODUCTS_OF_AN_EPOCH, training);
    service.operator.pause(job.id());
    service.blas.open();
    awaitStatus(job, JobStatus.PAUSED);
    return job;
  }

  @Test
  void pausesWithinAMiniBatchAndFreesTheThread() {
    int begun = JobService.PRODUCTS_OF_AN_EPOCH;
    Job job = service.submitAndHoldAfter(begun, LONG);
    assertThat(service.operator.pause(job.id()).status()).isEqualTo(JobStatus.PAUSING);
    assertThat(service.operator.pause(job.id()).status()).isEqualTo(JobStatus.PAUSING);
    service.blas.open();
    awaitStatus(job, JobStatus.PAUSED);
    assertThat(service.blas.products()).isEqualTo(begun + JobService.PRODUCTS_OF_A_BATCH);
    JobView view = job.view(service.operator.place(job));
    assertThat(view.progress().epoch()).isEqualTo(1);
    assertThat(view.queuePosition()).isNull();
    assertThat(view.estimatedFinish()).isNull();
    assertThat(view.model()).isNull();
    assertThat(service.operator.pause(job.id()).status()).isEqualTo(JobStatus.PAUSED);

    JobView other = JobService.end(service.submit(SHORT));
    assertThat(other.status()).as("on the same worker").isEqualTo(JobStatus.SUCCEEDED);
    assertThat(job.status()).isEqualTo(JobStatus.PAUSED);

    service.operator.cancel(job.id());
    JobView ended = JobService.end(job);
    assertThat(ended.status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(ended.stopReason()).isEqualTo(StopReason.CANCELLED);
    assertThat(ended.progress().epoch()).isEqualTo(1);
    assertThat(ended.model()).isNotNull();
    service.awaitThatAllLeasesAreClosedOnce();
  }

  /// With folds, so that some of the pauses are in their trainings.
  @ParameterizedTest
  @ValueSource(strings = {"adam", "sgd", "lbfgs"})
  void changesNoBitOfTheModel(String optimizer) {
    String spec =
        """
        {%s, %s, "training": {"batchSize": %s, "epochs": 4, "optimizer": {"type": "%s"%s}},
         "validation": {"folds": 3}}"""
            .formatted(
                JobService.DATASET,
                JobService.NETWORK,
                optimizer.equals("lbfgs") ? "\"full\"" : "4",
                optimizer,
                optimizer.equals("sgd") ? ", \"momentum\": 0.9, \"learningRate\": 0.01" : "");
    int before = service.blas.products();
    Model undisturbed = model(JobService.end(service.submit(SpecReader.read(spec))));
    int products = service.blas.products() - before;
    CrossValidation folds = Objects.requireNonNull(undisturbed.crossValidation());
    int pauses = 0;
    for (int round = 1; round <= 50; round++) {
      service.blas.shutAfter(new SplitMix64(round).nextInt(products));
      int from = service.blas.products();
      Job job = service.submit(SpecReader.read(spec));
      int held = from;
      JobService.await().until(() -> service.blas.products() > held || job.status().isFinal());
      service.operator.pause(job.id());
      service.blas.open();
      JobService.await().until(() -> job.status() == JobStatus.PAUSED || job.status().isFinal());
      pauses += job.status() == JobStatus.PAUSED ? 1 : 0;
      service.operator.resume(job.id());
      JobView ended = JobService.end(job);
      assertThat(ended.status()).isEqualTo(JobStatus.SUCCEEDED);
      assertThat(ended.progress().epoch()).isEqualTo(4);
      assertThat(model(ended).lineage().parametersSha256())
          .as("%s, seed %d", optimizer, round)
          .isEqualTo(undisturbed.lineage().parametersSha256());
      assertThat(model(ended).crossValidation()).isEqualTo(folds);
      assertThat(model(ended).metrics()).isEqualTo(undisturbed.metrics());
    }
    assertThat(pauses).isGreaterThan(25);
    service.awaitThatAllLeasesAreClosedOnce();
  }

  private Model model(JobView job) {
    JobView.ModelLink link = Objects.requireNonNull(job.model());
    return service.models.find(link.name(), link.version()).orElseThrow();
  }

  @Test
  void givesTheSlotOfAWaitingJobFreeAndPutsItAtTheEnd() {
    Job running = service.submitAndHoldAfter(0, LONG);
    Job first = service.submit(SHORT);
    Job second = service.submit(SHORT);
    assertThat(service.operator.pause(first.id()).status()).isEqualTo(JobStatus.PAUSED);
    assertThat(service.operator.place(first)).isNull();
    assertThat(position(second)).isEqualTo(1);
    Job third = service.submit(SHORT);
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> service.operator.resume(first.id()))
        .satisfies(problem -> assertThat(problem.type()).isEqualTo(ProblemType.QUEUE_FULL))
        .satisfies(problem -> assertThat(problem.retryAfter()).isEqualTo(Duration.ofSeconds(1)));
    assertThat(first.status()).isEqualTo(JobStatus.PAUSED);
    service.operator.cancel(second.id());
    assertThat(service.operator.resume(first.id()).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(service.operator.resume(first.id()).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(position(third)).isEqualTo(1);
    assertThat(position(first)).isEqualTo(2);

    Job paused = service.operator.pause(third.id());
    int closed = service.datasets.closed();
    assertThat(service.operator.cancel(paused.id()).status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(service.datasets.closed()).as("at once").isEqualTo(closed + 1);
    assertThat(paused.view(null).model()).isNull();

    service.operator.cancel(running.id());
    service.blas.open();
    assertThat(JobService.end(first).status()).isEqualTo(JobStatus.SUCCEEDED);
    service.awaitThatAllLeasesAreClosedOnce();
  }

  @Test
  void goesOnBeforeJobsOfALowerPriority() {
    Job running = service.submitAndHoldAfter(0, LONG);
    Job high = service.submit(SpecReader.read(prioritized("high")));
    service.operator.pause(high.id());
    Job normal = service.submit(SHORT);
    assertThat(position(normal)).isEqualTo(1);
    service.operator.resume(high.id());
    assertThat(position(high)).isEqualTo(1);
    assertThat(position(normal)).isEqualTo(2);
    service.operator.cancel(running.id());
  }

  private static String prioritized(String priority) {
    return "{%s, %s, \"priority\": \"%s\"}"
        .formatted(JobService.DATASET, JobService.NETWORK, priority);
  }

  @Test
  void takesAPauseBack() {
    Job job = service.submitAndHoldAfter(3, SHORT);
    service.operator.pause(job.id());
    assertThat(service.operator.resume(job.id()).status()).isEqualTo(JobStatus.RUNNING);
    service.blas.open();
    assertThat(JobService.end(job).status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(service.operator.pause(job.id()).status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(service.operator.resume(job.id()).status()).isEqualTo(JobStatus.SUCCEEDED);
  }

  @Test
  void endsAPausedJobWhileAllWorkersAreBusy() {
    Job paused = pausedJob(LONG);
    Job resumed = pausedJob(LONG);
    Job busy = service.submit(LONG);
    awaitStatus(busy, JobStatus.RUNNING);
    service.operator.resume(resumed.id());
    assertThat(position(resumed)).isEqualTo(1);

    service.operator.cancel(paused.id());
    service.operator.cancel(resumed.id());
    for (Job job : List.of(paused, resumed)) {
      JobView ended = JobService.end(job);
      assertThat(ended.status()).isEqualTo(JobStatus.CANCELLED);
      assertThat(ended.stopReason()).isEqualTo(StopReason.CANCELLED);
      assertThat(model(ended).lineage().job()).isEqualTo(job.id());
    }
    assertThat(busy.status()).isEqualTo(JobStatus.RUNNING);
  }

  @Test
  void countsTrainingTimeOnly() {
    Job job = pausedJob("\"epochs\": 1000, \"stopWhen\": {\"seconds\": 1}");
    service.nanosPerLook.set(0);
    assertThat(service.tools.nanoTime().getAsLong()).isPositive();
    service.nanosPerLook.set(10_000_000_000L);
    assertThat(service.tools.nanoTime().getAsLong()).as("nothing of the pause counts").isPositive();
    service.nanosPerLook.set(1);
    service.operator.resume(job.id());
    assertThat(JobService.end(job).stopReason()).isEqualTo(StopReason.EPOCHS);

    Job late = pausedJob("\"epochs\": 1000, \"stopWhen\": {\"seconds\": 1}");
    service.nanosPerLook.set(600_000_000L);
    service.operator.resume(late.id());
    JobView ended = JobService.end(late);
    assertThat(ended.stopReason()).isEqualTo(StopReason.TIME_LIMIT);
    assertThat(ended.status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(ended.model()).isNotNull();
  }

  @Test
  void endsAfterAPauseInEveryWay() {
    Job diverging = pausedJob("\"epochs\": 1000");
    service.blas.failWith(new IllegalStateException("broken"));
    service.operator.resume(diverging.id());
    assertThat(JobService.end(diverging).status()).isEqualTo(JobStatus.FAILED);
    service.blas.failWith(null);

    Job paused = pausedJob(LONG);
    Job waiting = service.submit(SHORT);
    JobService.end(waiting);
    Job pausedInTheQueue = service.submitAndHoldAfter(0, LONG);
    Job unbegun = service.submit(SHORT);
    service.operator.pause(unbegun.id());
    service.operator.pause(pausedInTheQueue.id());
    service.blas.open();
    awaitStatus(pausedInTheQueue, JobStatus.PAUSED);
    service.operator.shutDown();
    JobView ended = paused.view(null);
    assertThat(ended.status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(ended.stopReason()).isEqualTo(StopReason.SHUTDOWN);
    assertThat(ended.model()).isNotNull();
    assertThat(pausedInTheQueue.view(null).status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(pausedInTheQueue.view(null).model()).as("no epoch was complete").isNull();
    assertThat(unbegun.view(null).stopReason()).isEqualTo(StopReason.SHUTDOWN);
    assertThat(service.jobs.unfinished()).isEmpty();
    assertThat(service.datasets.closed()).isEqualTo(service.datasets.opened());
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> service.submit(SHORT))
        .satisfies(problem -> assertThat(problem.type()).isEqualTo(ProblemType.UNAVAILABLE));
  }

  @Test
  void endsAtTheShutdownWhatWaitsToGoOn() {
    Job resumed = pausedJob(LONG);
    Job busy = service.submitAndHoldAfter(0, LONG);
    service.operator.resume(resumed.id());
    Job unbegun = service.submit(SHORT);
    assertThat(position(resumed)).isEqualTo(1);
    service.blas.open();
    service.operator.shutDown();
    JobView ended = resumed.view(null);
    assertThat(ended.status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(ended.stopReason()).isEqualTo(StopReason.SHUTDOWN);
    assertThat(ended.model()).isNotNull();
    assertThat(busy.status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(unbegun.view(null).stopReason()).isEqualTo(StopReason.SHUTDOWN);
    assertThat(unbegun.view(null).startedAt()).isNull();
    assertThat(service.jobs.unfinished()).isEmpty();
    assertThat(service.datasets.closed()).isEqualTo(service.datasets.opened());
  }

  /// Two workers, and memory for one job.
  @Test
  void endsAPausedJobWhileNoMemoryIsFree() throws InterruptedException {
    Job paused = pausedJob(LONG);
    TrainingPool small =
        new TrainingPool(new TrainingPool.Limits(2, 2, 2, 1), service.speed, System::nanoTime);
    TrainingRun busy = longRun("job_1");
    TrainingRun waiting = longRun("job_2");
    small.offer(busy);
    small.offer(waiting);
    awaitStatus(busy.job(), JobStatus.RUNNING);
    small.end(Objects.requireNonNull(paused.stop(StopReason.CANCELLED, JobService.NOW, small)));
    assertThat(JobService.end(paused).model()).isNotNull();
    assertThat(small.waiting()).as("for memory").isEqualTo(1);
    assertThat(busy.job().status()).isEqualTo(JobStatus.RUNNING);

    small.close();
    assertThat(waiting.job().stop(StopReason.SHUTDOWN, JobService.NOW, small)).isSameAs(waiting);
    waiting.abandon();
    busy.job().stop(StopReason.SHUTDOWN, JobService.NOW, small);
    assertThat(small.awaitEnd(Duration.ofSeconds(30))).isTrue();
    service.awaitThatAllLeasesAreClosedOnce();
  }

  private TrainingRun longRun(String id) {
    PreparedJob prepared = service.planner.prepare(SpecReader.read(JobService.spec(LONG)));
    Job job = new Job(id, prepared, JobService.CLOCK, 100);
    return service.run(job, prepared, Callers.ANONYMOUS);
  }

  @Test
  void losesNoJobUnderPausesResumesAndCancelsFromSeveralThreads() throws Exception {
    long seed = 11;
    SplitMix64 random = new SplitMix64(seed);
    try (ExecutorService callers = Executors.newFixedThreadPool(3)) {
      for (int round = 1; round <= 150; round++) {
        String context = "seed %d, round %d".formatted(seed, round);
        List<Job> jobs = new ArrayList<>();
        for (int i = random.nextInt(2); i >= 0; i--) {
          jobs.add(service.submit("\"epochs\": " + (1 + random.nextInt(20))));
        }
        List<Future<?>> calls = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
          String id = jobs.get(random.nextInt(jobs.size())).id();
          int operation = random.nextInt(9);
          calls.add(callers.submit(() -> operate(operation, id)));
        }
        for (Future<?> call : calls) {
          call.get();
        }
        for (Job job : jobs) {
          JobService.await()
              .until(
                  () -> {
                    operate(7, job.id()); // nobody else resumes it any more
                    return job.status().isFinal();
                  });
          assertThat(job.status()).as(context).isIn(JobStatus.SUCCEEDED, JobStatus.CANCELLED);
        }
        service.awaitThatAllLeasesAreClosedOnce();
        assertThat(service.jobs.unfinished()).as(context).isEmpty();
      }
    }
  }

  private void operate(int operation, String id) {
    switch (operation) {
      case 0 -> service.operator.cancel(id);
      case 1, 2, 3, 4 -> service.operator.pause(id);
      default -> service.operator.resume(id);
    }
  }

  @Test
  void keepsNoMoreJobsAsideThanItMay() {
    List<Job> paused = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      paused.add(pausedJob(LONG));
    }
    Job eleventh = service.submit(LONG);
    awaitStatus(eleventh, JobStatus.RUNNING);
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> service.operator.pause(eleventh.id()))
        .withMessageContaining("10 jobs are paused")
        .withMessageContaining("backprop.jobs.max-paused")
        .satisfies(problem -> assertThat(problem.type()).isEqualTo(ProblemType.CONFLICT));
    assertThat(service.operator.pause(paused.getFirst().id()).status())
        .as("it is already")
        .isEqualTo(JobStatus.PAUSED);
    service.operator.resume(paused.getFirst().id());
    assertThatExceptionOfType(ProblemException.class)
        .as("it keeps its memory in the queue")
        .isThrownBy(() -> service.operator.pause(eleventh.id()));
    service.operator.cancel(paused.getFirst().id());
    JobService.end(paused.getFirst());
    assertThat(service.operator.pause(eleventh.id()).status())
        .isIn(JobStatus.PAUSING, JobStatus.PAUSED);
  }
}
