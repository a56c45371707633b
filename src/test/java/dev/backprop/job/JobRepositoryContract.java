package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.core.train.StopReason;
import dev.backprop.http.Page;
import dev.backprop.http.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every [JobRepository] does.
abstract class JobRepositoryContract {

  private final PreparedJob prepared =
      JobService.planner(new FakeDatasets(), JobService.properties(1))
          .prepare(SpecReader.read(JobService.spec("")));

  /// An empty repository that keeps so many finished jobs.
  abstract JobRepository repository(int retained);

  @Test
  void findsWhatWasSavedUntilItIsDeleted() {
    JobRepository jobs = repository(10);
    Job job = job(1);
    jobs.save(job);
    assertThat(jobs.find(job.id())).containsSame(job);
    assertThat(jobs.find("job_other")).isEmpty();
    jobs.delete(job.id());
    assertThat(jobs.find(job.id())).isEmpty();
    jobs.delete(job.id());
  }

  @Test
  void listsNewestFirstPageByPage() {
    JobRepository jobs = repository(10);
    IntStream.of(3, 1, 5, 2, 4).forEach(number -> jobs.save(job(number)));
    List<List<String>> pages = new ArrayList<>();
    Page<Job> page = jobs.list(new PageRequest(2, null));
    while (page.next() != null) {
      pages.add(page.map(Job::id).data());
      page = jobs.list(new PageRequest(2, page.next()));
    }
    pages.add(page.map(Job::id).data());
    assertThat(pages).containsExactly(List.of(id(5), id(4)), List.of(id(3), id(2)), List.of(id(1)));
  }

  @Test
  void listsOnFromACursorWhoseJobIsGone() {
    JobRepository jobs = repository(10);
    IntStream.rangeClosed(1, 3).forEach(number -> jobs.save(job(number)));
    jobs.delete(id(2));
    assertThat(jobs.list(new PageRequest(2, id(2))).map(Job::id).data()).containsExactly(id(1));
  }

  @Test
  void knowsWhichHaveNotEnded() {
    JobRepository jobs = repository(10);
    jobs.save(ended(1));
    Job queued = job(2);
    Job running = job(3);
    running.start(JobService.NOW);
    jobs.save(queued);
    jobs.save(running);
    assertThat(jobs.unfinished()).containsExactlyInAnyOrder(queued, running);
  }

  @Test
  void addsUpWhatTheModelsOfUnfinishedJobsWillTake() {
    JobRepository jobs = repository(10);
    Job first = job(1);
    Job second = job(2);
    Job refused = job(3);
    List.of(first, second, refused, ended(4)).forEach(jobs::save);
    assertThat(jobs.promisedBytes()).isEqualTo(3 * first.modelBytes()).isPositive();
    jobs.delete(refused.id());
    assertThat(jobs.promisedBytes()).isEqualTo(2 * first.modelBytes());
    first.stop(StopReason.CANCELLED, JobService.NOW, new FakeQueue(0));
    second.start(JobService.NOW);
    refused.stop(StopReason.CANCELLED, JobService.NOW, new FakeQueue(0));
    assertThat(jobs.promisedBytes()).isEqualTo(second.modelBytes());
    assertThat(jobs.unfinished()).containsExactly(second);
    second.finish(new Job.Ending(StopReason.EPOCHS, null, null, null), JobService.NOW);
    jobs.delete(second.id());
    assertThat(jobs.promisedBytes()).isZero();
    assertThat(jobs.find(refused.id())).isEmpty();
    assertThat(jobs.list(new PageRequest(10, null)).map(Job::id).data())
        .containsExactly(id(4), id(1));
  }

  @Test
  void forgetsTheOldestThatHaveEndedAndNoOther() {
    JobRepository jobs = repository(2);
    Job waiting = job(1);
    jobs.save(waiting);
    IntStream.rangeClosed(2, 5).forEach(number -> jobs.save(ended(number)));
    assertThat(jobs.list(new PageRequest(10, null)).map(Job::id).data())
        .containsExactly(id(5), id(4), id(1));
    waiting.stop(StopReason.CANCELLED, JobService.NOW, new FakeQueue(0));
    jobs.save(job(6));
    assertThat(jobs.list(new PageRequest(10, null)).map(Job::id).data())
        .containsExactly(id(6), id(5), id(4));
  }

  @Test
  void keepsAsManyAsItShouldWhenManyAreSavedAtOnce() throws Exception {
    JobRepository jobs = repository(50);
    int threads = 8;
    CyclicBarrier together = new CyclicBarrier(threads);
    List<Future<?>> savers = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      for (int thread = 0; thread < threads; thread++) {
        int from = 1 + thread * 100;
        savers.add(
            executor.submit(
                () -> {
                  together.await();
                  IntStream.range(from, from + 100).forEach(number -> jobs.save(ended(number)));
                  return null;
                }));
      }
    }
    for (Future<?> saver : savers) {
      saver.get();
    }
    assertThat(jobs.list(new PageRequest(100, null)).data()).hasSize(50);
    assertThat(jobs.find(id(800))).isPresent();
  }

  private Job ended(int number) {
    Job job = job(number);
    job.stop(StopReason.CANCELLED, JobService.NOW, new FakeQueue(0));
    return job;
  }

  private Job job(int number) {
    Job job = new Job(id(number), prepared, JobService.CLOCK, 100);
    job.trainedBy(FakeQueue.run(job, prepared));
    return job;
  }

  private static String id(int number) {
    return "job_%026d".formatted(number);
  }
}
