package dev.backprop.job;

import com.github.f4b6a3.ulid.UlidCreator;
import dev.backprop.core.train.StopReason;
import dev.backprop.http.Page;
import dev.backprop.http.PageRequest;
import dev.backprop.model.Model;
import dev.backprop.model.ModelProperties;
import dev.backprop.model.ModelRepository;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.problem.Bound;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts and stops jobs.
final class JobOperator {

  private static final Logger log = LoggerFactory.getLogger(JobOperator.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final JobPlanner planner;
  private final JobRepository jobs;
  private final TrainingPool pool;
  private final QueueForecast forecast;
  private final TrainingRun.Tools tools;
  private final JobProperties properties;
  private final ModelRepository models;
  private final ModelProperties modelProperties;
  private final Clock clock;

  JobOperator(
      JobPlanner planner,
      JobRepository jobs,
      TrainingPool pool,
      QueueForecast forecast,
      TrainingRun.Tools tools,
      JobProperties properties,
      ModelProperties modelProperties) {
    this.planner = planner;
    this.jobs = jobs;
    this.pool = pool;
    this.forecast = forecast;
    this.tools = tools;
    this.properties = properties;
    this.modelProperties = modelProperties;
    models = tools.models();
    clock = tools.clock();
  }

  /// Checks a spec and queues the job.
  ///
  /// @param caller whose job it is, see [Callers]
  /// @throws ProblemException with all that is wrong with the spec, see [JobPlanner#prepare];
  ///   [ProblemType#QUEUE_FULL]; [ProblemType#UNAVAILABLE] while the server shuts down;
  ///   [ProblemType#INSUFFICIENT_STORAGE] if there is no room for a model
  Job submit(Bound<JobSpec> request, String caller) {
    PreparedJob prepared = planner.prepare(request);
    String id =
        "job_" + UlidCreator.getMonotonicUlid(clock.millis()).toString().toLowerCase(Locale.ROOT);
    try {
      Job job = new Job(id, prepared, clock.instant(), properties.curvePoints());
      admit(job);
      if (!pool.offer(new TrainingRun(job, prepared, tools, caller))) {
        throw refusal(caller);
      }
      return job;
    } catch (RuntimeException | Error e) {
      jobs.delete(id);
      prepared.lease().close();
      throw e;
    }
  }

  /// Saves the job if there will be room for its model beside those of the jobs before it. One at a
  /// time, so that two jobs do not count on the same room.
  private synchronized void admit(Job job) {
    requireRoom(job);
    jobs.save(job);
  }

  /// Checks whether there would be room for the model of a job now.
  ///
  /// @throws ProblemException [ProblemType#INSUFFICIENT_STORAGE] if there is none
  synchronized void requireRoom(PreparedJob prepared) {
    requireRoom(new Job("", prepared, clock.instant(), properties.curvePoints()));
  }

  private void requireRoom(Job job) {
    long limit = modelProperties.maxMemory().bytes();
    long promised = jobs.promisedBytes() + job.modelBytes();
    if (models.bytes() + deletedButHeld(job) + promised > limit) {
      throw new ProblemException(
          ProblemType.INSUFFICIENT_STORAGE,
          "The models, those of waiting and running jobs and this one need more than the %s of backprop.models.max-memory. Delete versions that are no longer needed."
              .formatted(Words.bytes((double) limit)));
    }
  }

  /// The memory of models that are deleted while jobs are yet to start from them.
  private long deletedButHeld(Job next) {
    return Stream.concat(jobs.sources().stream(), Stream.ofNullable(next.source()))
        .filter(source -> models.find(source.name(), source.version()).isEmpty())
        .distinct()
        .mapToLong(Model::bytes)
        .sum();
  }

  private ProblemException refusal(String caller) {
    if (pool.isShutdown()) {
      return new ProblemException(ProblemType.UNAVAILABLE, "The server is shutting down.");
    }
    TrainingPool.Limits limits = pool.limits();
    String detail =
        pool.waiting(caller) >= limits.ofOneCaller() && limits.ofOneCaller() < limits.queue()
            ? "%d of your jobs are waiting, the half of backprop.jobs.queue-capacity that one API key may have."
                .formatted(limits.ofOneCaller())
            : "%d jobs are waiting, as many as backprop.jobs.queue-capacity allows."
                .formatted(limits.queue());
    return new ProblemException(ProblemType.QUEUE_FULL, detail).retryAfter(RETRY);
  }

  /// The job of an id.
  ///
  /// @throws ProblemException [ProblemType#NOT_FOUND]
  Job find(String id) {
    return jobs.find(id).orElseThrow(() -> ProblemException.notFound("job", id));
  }

  /// A page of jobs, newest first.
  Page<Job> list(PageRequest request) {
    return jobs.list(request);
  }

  /// The place of a job in the queue; null when it waits no longer.
  @Nullable QueuePlace place(Job job) {
    return job.status() == JobStatus.QUEUED ? forecast.place(job) : null;
  }

  /// Asks a job to stop. Returns at once; a training takes note before its next mini-batch. Asking
  /// again, or asking a job that has ended, changes nothing.
  ///
  /// @throws ProblemException [ProblemType#NOT_FOUND]
  Job cancel(String id) {
    Job job = find(id);
    if (job.stop(StopReason.CANCELLED, clock.instant())) {
      abandon(job);
    }
    return job;
  }

  /// Gives the queue's slot and the data set of a job free that was cancelled before it began.
  private void abandon(Job job) {
    TrainingRun run = pool.remove(job);
    if (run != null) {
      run.abandon();
    }
  }

  /// Forgets a job that has ended. Its model stays.
  ///
  /// @throws ProblemException [ProblemType#NOT_FOUND], or [ProblemType#CONFLICT] before its end
  void delete(String id) {
    Job job = find(id);
    if (!job.status().isFinal()) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          "Job '%s' is %s. Cancel it first: POST /api/v1/jobs/%s/cancel."
              .formatted(id, Words.of(job.status()), id));
    }
    jobs.delete(id);
  }

  /// Ends all jobs with their best parameters as models, those that wait without.
  void shutDown() {
    List<TrainingRun> waiting = pool.close();
    for (TrainingRun run : waiting) {
      run.job().stop(StopReason.SHUTDOWN, clock.instant());
      run.abandon();
    }
    for (Job job : jobs.unfinished()) {
      job.stop(StopReason.SHUTDOWN, clock.instant());
    }
    try {
      if (!pool.awaitEnd(properties.shutdownGrace())) {
        log.warn(
            "Jobs that did not end within the {} of backprop.jobs.shutdown-grace: {}",
            properties.shutdownGrace(),
            jobs.unfinished().stream().map(Job::id).toList());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
