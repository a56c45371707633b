package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.backprop.core.train.EpochReport;
import dev.backprop.core.train.StopReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobTests {

  private static final Instant CREATED = JobService.NOW;
  private static final Instant STARTED = CREATED.plusSeconds(1);
  private static final Instant LATER = CREATED.plusSeconds(2);

  private static final Map<JobStatus, Set<JobStatus>> ALLOWED =
      Map.of(
          JobStatus.QUEUED,
          Set.of(JobStatus.RUNNING, JobStatus.PAUSED, JobStatus.CANCELLING, JobStatus.CANCELLED),
          JobStatus.RUNNING,
          Set.of(
              JobStatus.PAUSING,
              JobStatus.CANCELLING,
              JobStatus.SUCCEEDED,
              JobStatus.CANCELLED,
              JobStatus.FAILED),
          JobStatus.PAUSING,
          Set.of(
              JobStatus.RUNNING,
              JobStatus.PAUSED,
              JobStatus.CANCELLING,
              JobStatus.SUCCEEDED,
              JobStatus.CANCELLED,
              JobStatus.FAILED),
          JobStatus.PAUSED,
          Set.of(JobStatus.QUEUED, JobStatus.CANCELLING, JobStatus.CANCELLED),
          JobStatus.CANCELLING,
          Set.of(JobStatus.CANCELLED),
          JobStatus.SUCCEEDED,
          Set.of(),
          JobStatus.CANCELLED,
          Set.of(),
          JobStatus.FAILED,
          Set.of());

  private final FakeQueue queue = new FakeQueue(Integer.MAX_VALUE);
  private final PreparedJob prepared =
      JobService.planner(new FakeDatasets(), JobService.properties(10))
          .prepare(SpecReader.read(JobService.spec("\"epochs\": 1000")));

  @ParameterizedTest
  @EnumSource
  void knowsTheSameSuccessors(JobStatus status) {
    assertThat(status.successors()).isEqualTo(ALLOWED.get(status));
    assertThat(status.isFinal()).isEqualTo(status.successors().isEmpty());
  }

  @Test
  void neverSucceedsAfterACancelWasTaken() throws Exception {
    try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
      for (int round = 1; round <= 2_000; round++) {
        Job job = job();
        job.start(STARTED);
        CyclicBarrier together = new CyclicBarrier(2);
        Future<JobStatus> cancelled =
            executor.submit(
                () -> {
                  together.await();
                  job.stop(StopReason.CANCELLED, LATER, queue);
                  return job.status();
                });
        Future<?> finished =
            executor.submit(
                () -> {
                  together.await();
                  job.finish(ending(StopReason.EPOCHS, true, null), LATER);
                  return null;
                });
        JobStatus seen = cancelled.get();
        finished.get();
        assertThat(job.status().isFinal()).as("round %d", round).isTrue();
        if (seen == JobStatus.CANCELLING) {
          assertThat(job.status()).as("round %d", round).isEqualTo(JobStatus.CANCELLED);
        }
        assertThat(job.view(null).model()).as("the model stays").isNotNull();
      }
    }
  }

  @Test
  void endsAtOnceWhenCancelledInTheQueue() throws InterruptedException {
    Job job = job();
    assertThat(job.awaitEnd(Duration.ZERO)).isFalse();
    assertThat(job.stop(StopReason.CANCELLED, LATER, queue)).isNotNull();
    assertThat(job.awaitEnd(Duration.ZERO)).isTrue();
    JobView view = job.view(null);
    assertThat(view.status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(view.stopReason()).isEqualTo(StopReason.CANCELLED);
    assertThat(view.finishedAt()).isEqualTo(LATER);
    assertThat(view.startedAt()).isNull();
    assertThat(job.start(LATER)).isEqualTo(Job.Start.END);
    assertThat(job.stop(StopReason.CANCELLED, LATER, queue)).isNull();
  }

  @Test
  void passesTheWishToStopOnToTheTraining() {
    Job job = job();
    job.start(STARTED);
    assertThat(job.stopRequest()).isNull();
    assertThat(job.stop(StopReason.SHUTDOWN, LATER, queue)).isNull();
    assertThat(job.stopRequest()).isEqualTo(StopReason.SHUTDOWN);
    assertThat(job.status()).isEqualTo(JobStatus.RUNNING);
    job.stop(StopReason.CANCELLED, LATER, queue);
    assertThat(job.stopRequest()).isEqualTo(StopReason.CANCELLED);
    job.stop(StopReason.SHUTDOWN, LATER, queue);
    assertThat(job.stopRequest()).isEqualTo(StopReason.CANCELLED);
  }

  @Test
  void letsWaitersKnowOfItsEnd() throws Exception {
    Job job = job();
    job.start(STARTED);
    try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
      Future<Boolean> waiter = executor.submit(() -> job.awaitEnd(Duration.ofSeconds(30)));
      assertThat(job.awaitEnd(Duration.ofNanos(1))).isFalse();
      job.finish(ending(StopReason.EPOCHS, true, null), LATER);
      assertThat(waiter.get()).isTrue();
    }
  }

  @Test
  void endsOnce() {
    Job job = job();
    Job.Ending ending = ending(StopReason.EPOCHS, true, null);
    assertThatIllegalStateException()
        .isThrownBy(() -> job.finish(ending, LATER))
        .withMessage("job job_1 cannot go from QUEUED to SUCCEEDED");
    assertThat(job.view(null).finishedAt()).isNull();
    job.start(STARTED);
    job.finish(ending, LATER);
    JobView view = job.view(null);
    assertThatIllegalStateException()
        .isThrownBy(() -> job.finish(ending(null, false, new JobError("internal", "…")), LATER));
    assertThat(job.view(null)).isEqualTo(view);
  }

  @Test
  void showsHowFarItIs() {
    Job job = job();
    JobView queued = job.view(new QueuePlace(3, LATER));
    assertThat(queued.queuePosition()).isEqualTo(3);
    assertThat(queued.estimatedStart()).isEqualTo(LATER);
    assertThat(queued.progress()).isEqualTo(new JobView.Progress(0, 1000, 0, null, null));
    assertThat(queued.estimatedFinish()).isNull();

    job.start(STARTED);
    assertThat(job.view(null).estimatedFinish()).as("before the first epoch").isNull();
    job.epochEnded(report(1, 0.5), Duration.ofMillis(100));
    job.epochEnded(report(2, 0.25), Duration.ofMillis(200));
    job.epochEnded(report(3, 0.75), Duration.ofMillis(300));
    JobView running = job.view(null);
    assertThat(running.progress()).isEqualTo(new JobView.Progress(3, 1000, 0.003, 160.0, null));
    assertThat(running.estimatedFinish()).isEqualTo(STARTED.plusSeconds(100));
    assertThat(running.latest()).isEqualTo(new JobView.Epoch(3, 0.75, null, 0.1, Map.of()));
    assertThat(running.best()).isEqualTo(new JobView.Best(2, 0.25, null, Map.of()));

    job.stop(StopReason.CANCELLED, LATER, queue);
    assertThat(job.view(null).estimatedFinish()).as("while it is cancelled").isNull();
  }

  @Test
  void judgesEpochsByValidationWhereThereIsAny() {
    Job job = job();
    job.start(STARTED);
    job.epochEnded(new EpochReport(1, 0.5, 0.3, 0.1), Duration.ofMillis(1));
    job.epochEnded(new EpochReport(2, 0.1, 0.4, 0.1), Duration.ofMillis(2));
    assertThat(job.view(null).best()).isEqualTo(new JobView.Best(1, 0.5, 0.3, Map.of()));
  }

  @Test
  void estimatesNoFinishThatNobodyLivesToSee() {
    Job job = job();
    job.start(STARTED);
    job.epochEnded(report(1, 0.5), Duration.ofNanos(Long.MAX_VALUE));
    assertThat(job.view(null).estimatedFinish()).isNull();
    job.epochEnded(report(2, 0.5), Duration.ZERO);
    assertThat(job.view(null).estimatedFinish()).isEqualTo(STARTED);
    assertThat(job.view(null).progress().samplesPerSecond()).isNull();
  }

  @Test
  void hasAnotherTagAtAnotherPlaceInTheQueue() {
    Job job = job();
    QueuePlace place = new QueuePlace(1, null);
    Job.Snapshot first = job.snapshot(place);
    assertThat(job.snapshot(place)).isEqualTo(first);
    assertThat(job.snapshot(new QueuePlace(2, null)).entityTag()).isNotEqualTo(first.entityTag());
    String known = job.snapshot(new QueuePlace(1, LATER)).entityTag();
    assertThat(known).isNotEqualTo(first.entityTag());
    assertThat(job.snapshot(new QueuePlace(1, LATER.plusSeconds(1))).entityTag())
        .isNotEqualTo(known);
    assertThat(first.view()).isEqualTo(job.view(place));
    assertThat(first.entityTag()).startsWith("\"job_1-").endsWith("\"");
  }

  @Test
  void roundsItsStartUpToSeconds() {
    assertThat(QueuePlace.of(1, LATER.plusNanos(1)))
        .isEqualTo(new QueuePlace(1, LATER.plusSeconds(1)));
    assertThat(QueuePlace.of(1, LATER)).isEqualTo(new QueuePlace(1, LATER));
  }

  @Test
  void tellsItsStatusAndEachAfterIt() {
    Job job = job();
    List<JobStatus> told = new ArrayList<>();
    job.listen((_, status) -> told.add(status));
    job.start(STARTED);
    job.pause(queue);
    job.resume(queue);
    job.pause(queue);
    job.rest(LATER);
    job.resume(queue);
    job.start(LATER);
    job.stop(StopReason.CANCELLED, LATER, queue);
    job.stop(StopReason.CANCELLED, LATER, queue);
    job.finish(ending(StopReason.CANCELLED, true, null), LATER);
    assertThat(told)
        .containsExactly(
            JobStatus.QUEUED,
            JobStatus.RUNNING,
            JobStatus.PAUSING,
            JobStatus.RUNNING,
            JobStatus.PAUSING,
            JobStatus.PAUSED,
            JobStatus.QUEUED,
            JobStatus.RUNNING,
            JobStatus.CANCELLING,
            JobStatus.CANCELLED);
  }

  /// A tenth in 10 s, then a pause of 50 s.
  @Test
  void hasAPaceWithoutItsPauses() {
    Job job = job();
    queue.remove(Objects.requireNonNull(job.run()));
    assertThat(job.pace()).isNull();
    job.start(STARTED);
    assertThat(job.pace()).isEqualTo(new Job.Pace(STARTED, Duration.ZERO, 0, null));
    job.epochEnded(report(100, 0.5), Duration.ofSeconds(10));
    assertThat(job.fraction()).isEqualTo(0.1);
    job.pause(queue);
    assertThat(job.pace()).as("while it leaves off").isNull();
    job.rest(STARTED.plusSeconds(10));
    assertThat(job.pace()).isNull();
    job.resume(queue);
    assertThat(job.pace()).as("while it waits").isNull();
    job.start(STARTED.plusSeconds(60));
    assertThat(job.pace())
        .isEqualTo(
            new Job.Pace(
                STARTED.plusSeconds(50),
                Duration.ofSeconds(10),
                0.1,
                STARTED.plusSeconds(50 + 100)));
  }

  private Job job() {
    Job job = new Job("job_1", prepared, JobService.CLOCK, 100);
    TrainingRun run = FakeQueue.run(job, prepared);
    job.trainedBy(run);
    queue.offer(run);
    return job;
  }

  private static EpochReport report(int epoch, double loss) {
    return new EpochReport(epoch, loss, null, 0.1);
  }

  private static Job.Ending ending(
      @Nullable StopReason reason, boolean withModel, @Nullable JobError error) {
    return new Job.Ending(
        reason,
        withModel ? report(1, 0.5) : null,
        withModel ? new Job.ModelReference("sum", 1) : null,
        error);
  }
}
