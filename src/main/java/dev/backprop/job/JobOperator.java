package dev.backprop.job;

import com.github.f4b6a3.ulid.UlidCreator;
import dev.backprop.core.train.StopReason;
import dev.backprop.core.train.TrainingOutcome;
import dev.backprop.http.Page;
import dev.backprop.http.PageRequest;
import dev.backprop.job.webhook.Webhooks;
import dev.backprop.model.Lineage;
import dev.backprop.model.Model;
import dev.backprop.model.ModelAdmission;
import dev.backprop.model.ModelProperties;
import dev.backprop.model.ModelRepository;
import dev.backprop.model.ParametersHash;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.problem.Bound;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts and stops jobs, and lets models in from elsewhere.
final class JobOperator implements ModelAdmission {

  private static final Logger log = LoggerFactory.getLogger(JobOperator.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final JobPlanner planner;
  private final JobRepository jobs;
  private final TrainingPool pool;
  private final QueueForecast forecast;
  private final TrainingRun.Tools tools;
  private final Webhooks webhooks;
  private final JobProperties properties;
  private final ModelRepository models;
  private final ModelProperties modelProperties;
  private final PauseLimit pausing;
  private final Clock clock;

  /// Bytes of models that trials have made and that are neither in the repository nor discarded.
  private final AtomicLong heldBytes = new AtomicLong();

  JobOperator(
      JobPlanner planner,
      JobRepository jobs,
      TrainingPool pool,
      QueueForecast forecast,
      TrainingRun.Tools tools,
      Webhooks webhooks,
      JobProperties properties,
      ModelProperties modelProperties) {
    this.planner = planner;
    this.jobs = jobs;
    this.pool = pool;
    this.forecast = forecast;
    this.tools = tools;
    this.webhooks = webhooks;
    this.properties = properties;
    this.modelProperties = modelProperties;
    pausing = new PauseLimit(properties);
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
    return submit(planner.prepare(request), ModelShelf.of(models), caller);
  }

  /// The same for a job that starts from what is not a model of its spec.
  ///
  /// @param origin what it starts from
  /// @throws ProblemException as above
  Job submit(Bound<JobSpec> request, Origin origin, String caller) {
    return submit(planner.prepare(request, origin), ModelShelf.of(models), caller);
  }

  /// The same for a job whose model is not kept among all others.
  ///
  /// @param shelf takes the model
  /// @throws ProblemException as above
  Job submit(Bound<JobSpec> request, ModelShelf shelf, String caller) {
    return submit(planner.prepare(request), shelf, caller);
  }

  /// Queues a job that is prepared, and gives its data sets free if that fails.
  ///
  /// @param shelf takes the model
  /// @throws ProblemException as above, but nothing is wrong with the spec
  Job submit(PreparedJob prepared, ModelShelf shelf, String caller) {
    String id =
        "job_" + UlidCreator.getMonotonicUlid(clock.millis()).toString().toLowerCase(Locale.ROOT);
    try {
      Job job = new Job(id, prepared, clock, properties.curvePoints());
      TrainingRun run = new TrainingRun(job, prepared, tools, shelf, caller);
      job.trainedBy(run);
      admit(job);
      if (!pool.offer(run)) {
        throw refusal(caller);
      }
      webhooks.watch(id, JobPlanner.url(prepared.spec()), job.events());
      return job;
    } catch (RuntimeException | Error e) {
      forget(id);
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
    requireRoom(new Job("", prepared, clock, properties.curvePoints()));
  }

  @Override
  public synchronized void admit(long bytes, Runnable keep) {
    requireRoom(deletedButHeld(null) + bytes);
    keep.run();
  }

  private void requireRoom(Job job) {
    requireRoom(deletedButHeld(job) + job.modelBytes());
  }

  /// @param more bytes than the models and what jobs were promised
  private void requireRoom(long more) {
    long limit = modelProperties.maxMemory().bytes();
    if (models.bytes() + heldBytes.get() + jobs.promisedBytes() + more > limit) {
      throw new ProblemException(
          ProblemType.INSUFFICIENT_STORAGE,
          "The models, those of waiting and running jobs and this one need more than the %s of backprop.models.max-memory. Delete versions that are no longer needed."
              .formatted(Words.bytes((double) limit)));
    }
  }

  /// Counts a model in that is in no repository, or with a negative number out again.
  void hold(long bytes) {
    heldBytes.addAndGet(bytes);
  }

  /// The memory of what jobs are yet to start from: of models that are deleted, and of copies.
  ///
  /// @param next a job beside those that are kept, or null
  private long deletedButHeld(@Nullable Job next) {
    Origin ofNext = next == null ? null : next.source();
    return Stream.concat(jobs.sources().stream(), Stream.ofNullable(ofNext))
        .filter(source -> source.model() == null || isDeleted(source.model()))
        .map(source -> Objects.<Object>requireNonNullElse(source.model(), source))
        .distinct()
        .mapToLong(held -> held instanceof Model model ? model.bytes() : ((Origin) held).bytes())
        .sum();
  }

  private boolean isDeleted(Model model) {
    return models.find(model.name(), model.version()).isEmpty();
  }

  /// What a fork of a job starts from: the best parameters that it has come to.
  ///
  /// @throws ProblemException [ProblemType#CONFLICT] if there are none
  Origin origin(Job job) {
    TrainingRun run = job.run();
    JobView view = job.view(null);
    JobView.ModelLink link = view.model();
    if (link != null && view.best() != null) {
      int epoch = view.best().epoch();
      return models
          .find(link.name(), link.version())
          .map(model -> Origin.of(model, Lineage.Parent.of(model).of(job.id(), epoch)))
          .orElseThrow(() -> noParameters(job, "its model has been deleted"));
    }
    TrainingOutcome.Best best = run == null ? null : run.bestSoFar();
    if (run == null || best == null) {
      throw noParameters(job, "it has completed no epoch that left any");
    }
    PreparedJob prepared = run.prepared();
    return new Origin(
        new Lineage.Parent(
            null, null, ParametersHash.of(best.parameters()), job.id(), best.report().epoch()),
        prepared.name(),
        prepared.task(),
        view.spec(),
        prepared.preprocessor(),
        best.parameters(),
        null);
  }

  private static ProblemException noParameters(Job job, String reason) {
    return new ProblemException(
        ProblemType.CONFLICT,
        "Job '%s' is %s and has no parameters to start from: %s. Post its spec as a new job: POST /api/v1/jobs."
            .formatted(job.id(), Words.of(job.status()), reason));
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

  /// Asks a job to stop. Returns at once; a training takes note before its next mini-batch, and a
  /// paused one is only measured. Asking again, or asking a job that has ended, changes nothing.
  ///
  /// @throws ProblemException [ProblemType#NOT_FOUND]
  Job cancel(String id) {
    Job job = find(id);
    cancel(job);
    return job;
  }

  /// The same of a job that may be forgotten meanwhile.
  void cancel(Job job) {
    stop(job, StopReason.CANCELLED);
  }

  private void stop(Job job, StopReason reason) {
    TrainingRun run = job.stop(reason, clock.instant(), pool);
    if (run == null) {
      return;
    }
    if (job.status().isFinal()) {
      run.abandon();
    } else {
      pool.end(run);
    }
  }

  /// Asks a job to pause. Returns at once; a training takes note before its next mini-batch, gives
  /// its thread free and keeps its memory. Asking again, or asking a job that has ended, changes
  /// nothing.
  ///
  /// @throws ProblemException [ProblemType#NOT_FOUND], or [ProblemType#CONFLICT] if as many are
  ///   paused as may be
  Job pause(String id) {
    Job job = find(id);
    synchronized (pausing) {
      JobStatus status = job.status();
      if (status == JobStatus.QUEUED || status == JobStatus.RUNNING) {
        pausing.requireRoom(job, jobs.unfinished());
      }
      job.pause(pool);
    }
    return job;
  }

  /// Lets a paused job go on: at the end of its caller's jobs of its priority, from where a worker
  /// takes it on with the mini-batch that was next. One that is not paused stays as it is.
  ///
  /// @throws ProblemException [ProblemType#NOT_FOUND]; [ProblemType#QUEUE_FULL] or
  ///   [ProblemType#UNAVAILABLE], and it stays paused
  Job resume(String id) {
    Job job = find(id);
    TrainingRun run = job.run();
    if (!job.resume(pool)) {
      throw refusal(Objects.requireNonNull(run).caller()); // it has one until it has ended
    }
    return job;
  }

  /// Takes up that a job has more or less to do.
  void changed(Job job) {
    TrainingRun run = job.run();
    if (run != null) {
      pool.renewCost(run);
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
    forget(id);
  }

  /// Whoever watches it would wait forever.
  private void forget(String id) {
    jobs.find(id).ifPresent(job -> job.events().close());
    jobs.delete(id);
  }

  /// Ends all jobs with their best parameters as models, those that wait without.
  void shutDown() {
    pool.close();
    for (Job job : jobs.unfinished()) {
      stop(job, StopReason.SHUTDOWN);
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
