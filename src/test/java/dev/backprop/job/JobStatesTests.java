package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.core.linalg.SplitMix64;
import dev.backprop.core.train.EpochReport;
import dev.backprop.core.train.StopReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Jobs, a queue and workers under random interleavings, step by step beside a model that knows
/// where each run is. Nothing is timed: a worker's turn is a step like any other.
class JobStatesTests {

  private static final int SEEDS = 1_500;
  private static final int STEPS = 60;
  private static final int JOBS = 4;
  private static final int QUEUE = 2;

  private final PreparedJob prepared =
      JobService.planner(new FakeDatasets(), JobService.properties(10))
          .prepare(SpecReader.read(JobService.spec("\"epochs\": 1000")));

  /// Where the run of a job is.
  private enum Place {
    IN_QUEUE,
    /// With a worker that has not looked at the job yet.
    IN_HAND,
    /// With a worker that trains.
    AT_WORK,
    /// With a worker whose trainer has left off and who is about to tell the job.
    LEAVING_OFF,
    /// In nobody's hands.
    IDLE,
    GONE
  }

  /// What should be.
  private static final class Model {
    private JobStatus status = JobStatus.QUEUED;
    private Place place = Place.IN_QUEUE;
    private boolean begun;
    private @Nullable StopReason stop;

    void stop(StopReason reason) {
      switch (status) {
        case QUEUED, PAUSED -> {
          status = begun ? JobStatus.CANCELLING : JobStatus.CANCELLED;
          stop = reason;
          if (place != Place.IN_HAND) {
            place = begun ? Place.IN_HAND : Place.GONE; // of the thread that ends it
          }
        }
        case RUNNING, PAUSING -> {
          status = reason == StopReason.CANCELLED ? JobStatus.CANCELLING : status;
          stop = reason;
        }
        default -> {}
      }
    }

    void pause() {
      if (status == JobStatus.QUEUED) {
        status = JobStatus.PAUSED;
        place = place == Place.IN_QUEUE ? Place.IDLE : place;
      } else if (status == JobStatus.RUNNING && stop == null) {
        status = JobStatus.PAUSING;
      }
    }

    void resume(boolean room) {
      if (status == JobStatus.PAUSING) {
        status = JobStatus.RUNNING;
      } else if (status == JobStatus.PAUSED && (place == Place.IN_HAND || room)) {
        status = JobStatus.QUEUED;
        place = place == Place.IDLE ? Place.IN_QUEUE : place;
      }
    }

    void start() {
      switch (status) {
        case QUEUED -> {
          status = JobStatus.RUNNING;
          place = Place.AT_WORK;
          begun = true;
        }
        case PAUSED -> place = Place.IDLE;
        case CANCELLING -> place = Place.AT_WORK;
        default -> place = Place.GONE;
      }
    }

    void rest() {
      boolean rests = status == JobStatus.PAUSING && stop == null;
      status = rests ? JobStatus.PAUSED : status;
      place = rests ? Place.IDLE : Place.AT_WORK;
    }

    void finish(Job.Ending ending) {
      boolean cancelled = status == JobStatus.CANCELLING;
      stop = cancelled ? stop : ending.reason();
      status =
          cancelled || ending.reason() == StopReason.SHUTDOWN
              ? JobStatus.CANCELLED
              : ending.error() == null ? JobStatus.SUCCEEDED : JobStatus.FAILED;
      place = Place.GONE;
    }
  }

  /// One random history.
  private final class History {

    private final SplitMix64 random;
    private final FakeQueue queue = new FakeQueue(QUEUE);
    private final List<Job> jobs = new ArrayList<>();
    private final List<Model> models = new ArrayList<>();
    private final List<TrainingRun> runs = new ArrayList<>();
    private final StringBuilder log = new StringBuilder();
    private Instant now = JobService.NOW;

    History(long seed) {
      random = new SplitMix64(seed);
      log.append("seed ").append(seed).append(':');
    }

    void submit() {
      Job job = new Job("job_" + jobs.size(), prepared, () -> now, 100);
      TrainingRun run = FakeQueue.run(job, prepared);
      job.trainedBy(run);
      if (queue.offer(run)) {
        jobs.add(job);
        runs.add(run);
        models.add(new Model());
      }
    }

    void step() {
      now = now.plusMillis(1);
      if (jobs.size() < JOBS && random.nextInt(4) == 0) {
        submit();
      }
      if (jobs.isEmpty()) {
        return;
      }
      int number = random.nextInt(jobs.size());
      JobView before = jobs.get(number).view(null);
      String tag = jobs.get(number).snapshot(null).entityTag();
      act(number, jobs.get(number), models.get(number));
      check();
      JobView after = jobs.get(number).view(null);
      String context = log.toString();
      assertThat(jobs.get(number).snapshot(null).entityTag().equals(tag))
          .as(context)
          .isEqualTo(before.equals(after));
      if (before.status().isFinal()) {
        assertThat(after).as(context).isEqualTo(before);
      }
    }

    private void act(int number, Job job, Model model) {
      int action = random.nextInt(10);
      log.append(' ').append(number).append(action);
      switch (action) {
        case 0 -> {
          StopReason reason = random.nextInt(4) == 0 ? StopReason.SHUTDOWN : StopReason.CANCELLED;
          Place place = model.place;
          boolean waits = job.status() == JobStatus.QUEUED || job.status() == JobStatus.PAUSED;
          TrainingRun run = job.stop(reason, now, queue);
          boolean mine = waits && place != Place.IN_HAND;
          assertThat(run).as(log.toString()).isEqualTo(mine ? runs.get(number) : null);
          model.stop(reason);
        }
        case 1, 2 -> {
          job.pause(queue);
          model.pause();
        }
        case 3, 4 -> {
          boolean room = queue.runs().size() < QUEUE;
          JobStatus status = job.status();
          boolean refused = status == JobStatus.PAUSED && model.place == Place.IDLE && !room;
          assertThat(job.resume(queue)).as(log.toString()).isEqualTo(!refused);
          model.resume(room);
        }
        case 5, 6 -> takeTheNext();
        default -> work(job, model);
      }
    }

    private void takeTheNext() {
      List<TrainingRun> waiting = queue.runs();
      if (!waiting.isEmpty()) {
        queue.remove(waiting.getFirst());
        models.get(runs.indexOf(waiting.getFirst())).place = Place.IN_HAND;
      }
    }

    /// The next thing that the worker with the run does.
    private void work(Job job, Model model) {
      switch (model.place) {
        case IN_HAND -> {
          Job.Start start = job.start(now);
          model.start();
          assertThat(start)
              .as(log.toString())
              .isEqualTo(
                  switch (model.place) {
                    case AT_WORK -> Job.Start.GO;
                    case IDLE -> Job.Start.WAIT;
                    default -> Job.Start.END;
                  });
        }
        case LEAVING_OFF -> {
          boolean rests = job.rest(now);
          model.rest();
          assertThat(rests).as(log.toString()).isEqualTo(model.place == Place.IDLE);
        }
        case AT_WORK -> train(job, model);
        default -> {}
      }
    }

    private void train(Job job, Model model) {
      StopReason stop = job.stopRequest();
      assertThat(stop).as(log.toString()).isEqualTo(model.stop);
      if (stop != null) {
        finish(job, model, new Job.Ending(stop, null, null, null));
      } else if (job.isPauseRequested()) {
        assertThat(model.status).as(log.toString()).isEqualTo(JobStatus.PAUSING);
        model.place = Place.LEAVING_OFF;
      } else if (random.nextInt(3) > 0) {
        int epoch = job.view(null).progress().epoch() + 1;
        job.epochEnded(
            new EpochReport(epoch, random.nextDouble(), null, 0.1), Duration.ofMillis(epoch));
      } else {
        JobError error = random.nextInt(2) == 0 ? null : new JobError("diverged", "…");
        StopReason reason = error == null ? StopReason.EPOCHS : StopReason.DIVERGED;
        finish(job, model, new Job.Ending(reason, null, null, error));
      }
    }

    private void finish(Job job, Model model, Job.Ending ending) {
      job.finish(ending, now);
      model.finish(ending);
      assertThat(job.view(null).stopReason()).as(log.toString()).isEqualTo(model.stop);
    }

    /// Every job is as it should be, and every run in one place.
    private void check() {
      for (int i = 0; i < jobs.size(); i++) {
        Job job = jobs.get(i);
        Model model = models.get(i);
        assertThat(job.status()).as("%s, job %d", log, i).isEqualTo(model.status);
        assertThat(queue.runs().contains(runs.get(i)))
            .as("%s, job %d is in the queue", log, i)
            .isEqualTo(model.place == Place.IN_QUEUE);
        assertThat(job.view(null).finishedAt() != null)
            .as("%s, job %d", log, i)
            .isEqualTo(model.status.isFinal());
        assertThat(job.run() == null).isEqualTo(model.status.isFinal());
        boolean aside =
            switch (model.status) {
              case PAUSING, PAUSED -> true;
              case QUEUED -> model.begun;
              case RUNNING -> false;
              case CANCELLING -> job.isAside(); // as it was before
              default -> false;
            };
        assertThat(job.isAside()).as("%s, job %d is aside", log, i).isEqualTo(aside);
      }
    }

    /// Every job comes to its end, once it is asked to.
    void end() {
      for (int i = 0; i < jobs.size(); i++) {
        log.append(" end ").append(i);
        jobs.get(i).stop(StopReason.CANCELLED, now, queue);
        models.get(i).stop(StopReason.CANCELLED);
        check();
        for (int step = 0; step < 4; step++) {
          work(jobs.get(i), models.get(i));
        }
        assertThat(jobs.get(i).status().isFinal()).as("%s, job %d has ended", log, i).isTrue();
        assertThat(models.get(i).place).as(log.toString()).isEqualTo(Place.GONE);
      }
      assertThat(queue.runs()).as(log.toString()).isEmpty();
    }
  }

  @Test
  void areAsTheModelSaysWhateverHappens() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      History history = new History(seed);
      for (int step = 0; step < STEPS; step++) {
        history.step();
      }
      history.end();
    }
  }
}
