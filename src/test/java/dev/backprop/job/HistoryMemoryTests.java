package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.core.metric.Metric;
import dev.backprop.core.metric.Scores;
import dev.backprop.core.nn.LayerStatistics;
import dev.backprop.core.train.EpochReport;
import dev.backprop.core.train.StopReason;
import dev.backprop.dataset.MemoryLimit;
import dev.backprop.job.event.EventLog;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What the loss curves of finished jobs may take.
class HistoryMemoryTests {

  private static final int EPOCHS = 10_000;

  @Test
  void keepsAnEpochInLessThan64Bytes() {
    EventLog history = new EventLog(20_000, JobService.CLOCK);
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
      history.epoch(new EpochReport(epoch, 1.0 / epoch, null, 0.1), false);
    }
    assertThat(history.bytes()).isLessThan(64L * EPOCHS);
    assertThat(history.curve(EPOCHS)).hasSize(EPOCHS);
  }

  @Test
  void givesBackRoomWhenTheJobEnds() {
    EventLog history = new EventLog(20_000, JobService.CLOCK);
    for (int epoch = 1; epoch <= 1_000; epoch++) {
      history.epoch(new EpochReport(epoch, 1.0 / epoch, null, 0.1), false);
    }
    long bytes = history.bytes();
    history.done("succeeded", null, null, null);
    assertThat(history.bytes()).isLessThan(bytes).isLessThan(41L * 1_000);
    assertThat(history.curve(1_000)).hasSize(1_000);
  }

  @Test
  void takesRoomForTheEpochsOfAShortTrainingWhenItBegins() {
    try (JobService service = new JobService()) {
      Job running = service.submitAndHoldAfter(1, "\"epochs\": 300");
      Job queued = service.submit("\"epochs\": 300");
      assertThat(queued.events().bytes()).as("of its event").isLessThan(300);
      assertThat(running.events().bytes()).isBetween(40L * 300, 40L * 300 + 1_000);
    }
  }

  @Test
  void takesNoRoomForEpochsThatMayNeverCome() {
    try (JobService service = new JobService()) {
      Job running = service.submitAndHoldAfter(1, "\"epochs\": 10000000");
      assertThat(running.events().bytes()).isLessThan(1_000);
    }
  }

  @Test
  void staysAsLargeAsTheRoomThatWasTaken() {
    EventLog history = new EventLog(20_000, JobService.CLOCK);
    history.reserve(300);
    long reserved = history.bytes();
    for (int epoch = 1; epoch <= 300; epoch++) {
      history.epoch(new EpochReport(epoch, 1.0 / epoch, null, 0.1), false);
    }
    assertThat(history.bytes()).isEqualTo(reserved).isEqualTo(40L * 300);
    history.epoch(new EpochReport(301, 0.1, null, 0.1), false);
    assertThat(history.curve(301)).hasSize(301);
  }

  @Test
  void countsWhatMetricsTake() {
    EventLog bare = new EventLog(20_000, JobService.CLOCK);
    EventLog measured = new EventLog(20_000, JobService.CLOCK);
    Scores metrics = Scores.copyOf(Map.of(Metric.RMSE, 1.0, Metric.MAE, 1.0, Metric.R2, 0.5));
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
      bare.epoch(new EpochReport(epoch, 1.0 / epoch, 0.5, 0.1), false);
      measured.epoch(new EpochReport(epoch, 1.0 / epoch, 0.5, 0.1, metrics, metrics), false);
    }
    long more = measured.bytes() - bare.bytes();
    assertThat(more).isBetween(6L * Double.BYTES * EPOCHS, 9L * Double.BYTES * EPOCHS);
  }

  @Test
  void countsWhatLayersTake() {
    EventLog bare = new EventLog(20_000, JobService.CLOCK);
    EventLog measured = new EventLog(20_000, JobService.CLOCK);
    List<LayerStatistics> layers = Collections.nCopies(5, new LayerStatistics(1, 2, 0));
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
      EpochReport report = new EpochReport(epoch, 1.0 / epoch, 0.5, 0.1);
      bare.epoch(report, false);
      measured.epoch(report.withLayers(layers), false);
    }
    long more = measured.bytes() - bare.bytes();
    assertThat(more).isBetween(5L * 12 * EPOCHS, 5L * 18 * EPOCHS);
  }

  @Test
  void forgetsTheOldestFinishedJobsWhoseCurvesNeedTooMuch() {
    JobProperties generous = JobService.properties(100);
    JobRepository jobs =
        new InMemoryJobRepository(
            new JobProperties(
                generous.workers(),
                generous.queueCapacity(),
                generous.maxParameters(),
                generous.maxEpochs(),
                generous.maxWork(),
                generous.maxMemory(),
                generous.curvePoints(),
                generous.retained(),
                new MemoryLimit(2L * 64 * EPOCHS),
                generous.maxWait(),
                generous.shutdownGrace(),
                generous.maxThreads(),
                generous.threads(),
                generous.maxPaused(),
                generous.maxPausedMemory(),
                generous.maxRunningMemory()));
    Job oldest = trained(1);
    jobs.save(oldest);
    for (int number = 2; number <= 5; number++) {
      jobs.save(trained(number));
    }
    assertThat(jobs.find(oldest.id())).isEmpty();
    assertThat(jobs.find(id(5))).isPresent();
    assertThat(jobs.find(id(4))).isPresent();
  }

  private static Job trained(int number) {
    Job job =
        new Job(
            id(number),
            JobService.planner(new FakeDatasets(), JobService.properties(1))
                .prepare(SpecReader.read(JobService.spec(""))),
            JobService.CLOCK,
            20_000);
    job.start(JobService.NOW);
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
      job.epochEnded(new EpochReport(epoch, 1.0 / epoch, null, 0.1), Duration.ofMillis(epoch));
    }
    job.finish(new Job.Ending(StopReason.EPOCHS, null, null, null), JobService.NOW);
    return job;
  }

  private static String id(int number) {
    return "job_" + number;
  }
}
