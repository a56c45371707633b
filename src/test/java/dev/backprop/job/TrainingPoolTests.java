package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.http.PageRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrainingPoolTests {

  private final JobService service = new JobService();
  private final List<Job> jobs = new ArrayList<>();
  private TrainingPool pool = new TrainingPool(1, 3);

  @AfterEach
  void stop() throws InterruptedException {
    service.blas.open();
    pool.close();
    assertThat(pool.awaitEnd(Duration.ofSeconds(30))).isTrue();
    service.close();
  }

  @Test
  void runsInTheOrderOfSubmission() {
    holdTheWorker();
    List<TrainingRun> runs = List.of(run(), run(), run());
    runs.forEach(run -> assertThat(pool.offer(run)).isTrue());
    assertThat(pool.queued()).isEqualTo(runs);
    service.blas.open();
    jobs.forEach(JobService::end);
    assertThat(service.models.list(new PageRequest(10, null)).data())
        .extracting(model -> model.lineage().job())
        .isEqualTo(jobs.stream().map(Job::id).toList());
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
    assertThat(pool.queued()).hasSize(3).doesNotContain(runs.get(1));
  }

  @Test
  void doesNotGiveBackWhatAWorkerHas() {
    TrainingRun running = holdTheWorker();
    TrainingRun waiting = run();
    pool.offer(waiting);
    assertThat(pool.remove(running)).isFalse();
    assertThat(pool.close()).containsExactly(waiting);
    assertThat(pool.isShutdown()).isTrue();
    assertThat(pool.offer(run())).isFalse();
    assertThat(pool.close()).isEmpty();
  }

  @Test
  void runsAsManyAtOnceAsThereAreWorkers() {
    pool = new TrainingPool(3, 10);
    assertThat(pool.workers()).isEqualTo(3);
    service.blas.shutAfter(0);
    for (int i = 0; i < 5; i++) {
      pool.offer(run());
    }
    JobService.await().until(() -> service.blas.products() == 3);
    assertThat(pool.running()).isEqualTo(3);
    assertThat(pool.queued()).hasSize(2);
    service.blas.open();
    jobs.forEach(JobService::end);
  }

  private TrainingRun holdTheWorker() {
    service.blas.shutAfter(0);
    TrainingRun run = run();
    assertThat(pool.offer(run)).isTrue();
    JobService.await().until(() -> service.blas.products() == 1);
    return run;
  }

  private TrainingRun run() {
    PreparedJob prepared =
        service.planner.prepare(SpecReader.read(JobService.spec("\"epochs\": 2")));
    Job job = new Job("job_" + (jobs.size() + 1), prepared, JobService.CLOCK, 100);
    jobs.add(job);
    return new TrainingRun(job, prepared, service.tools);
  }
}
