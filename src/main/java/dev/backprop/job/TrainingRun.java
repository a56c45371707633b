package dev.backprop.job;

import dev.backprop.core.linalg.Products;
import dev.backprop.core.train.TrainingMonitor;
import dev.backprop.core.train.TrainingOutcome;
import dev.backprop.model.Metrics;
import dev.backprop.model.ModelRepository;
import dev.backprop.model.spec.Priority;
import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One training from the data set to the model, on a worker's thread.
final class TrainingRun implements Runnable, FairQueue.Entry {

  private static final Logger log = LoggerFactory.getLogger(TrainingRun.class);

  /// Ready before it is needed, because then nothing can be made.
  private static final Job.Ending OUT_OF_MEMORY =
      failed(
          "outOfMemory",
          "The server ran out of memory. A smaller network or batchSize needs less.");

  private final Job job;
  private final PreparedJob prepared;
  private final Tools tools;
  private final ModelShelf shelf;
  private final String caller;
  private final long memory;
  private final TrainingTime time;
  private final Helpers.Crew crew;
  private final Products products;

  // of what now holds, for any thread
  private volatile Work work;

  // what a pause leaves as it is
  private volatile @Nullable ModelTraining training;
  private volatile @Nullable Trained trained;
  private @Nullable JobMonitor monitor;
  private @Nullable CrossValidator validator;

  /// @param shelf takes the model
  /// @param caller who has submitted the job
  TrainingRun(Job job, PreparedJob prepared, Tools tools, ModelShelf shelf, String caller) {
    this.job = job;
    this.prepared = prepared;
    this.tools = tools;
    this.shelf = shelf;
    this.caller = caller;
    work = Work.of(prepared);
    memory = (long) JobLimits.memory(prepared);
    time = new TrainingTime(tools.nanoTime());
    crew = tools.helpers().closedCrew(prepared.threads());
    products = tools.products().sharedAmong(crew);
  }

  /// What every run works with.
  ///
  /// @param helpers of jobs that ask for more than one thread
  /// @param nanoTime measures durations, as [System#nanoTime] does
  /// @param codeVersion the server's version, for the lineage
  record Tools(
      Products products,
      Helpers helpers,
      ModelRepository models,
      JobMetrics metrics,
      Clock clock,
      LongSupplier nanoTime,
      String codeVersion) {}

  Job job() {
    return job;
  }

  @Override
  public String caller() {
    return caller;
  }

  @Override
  public Priority priority() {
    return prepared.priority();
  }

  /// What the whole job has to do.
  Work work() {
    return work;
  }

  /// Takes up what the rest of the job has to do now.
  void goOnWith(JobCourse.Leg leg) {
    work = Work.of(prepared.with(leg));
  }

  /// What of its work is done.
  double operationsDone() {
    return job.fraction() * work.operations();
  }

  /// How long what is left of it takes at the longest.
  ///
  /// @param speed operations a second
  double secondsLeft(double speed) {
    return (1 - job.fraction()) * work.seconds(speed);
  }

  /// Bytes that it needs at work, estimated.
  long memory() {
    return memory;
  }

  /// Gives the data sets free, where the run will never start.
  void abandon() {
    prepared.lease().close();
  }

  PreparedJob prepared() {
    return prepared;
  }

  /// Trains until the end or a pause, after which another thread may go on.
  @Override
  public void run() {
    switch (job.start(tools.clock().instant())) {
      case GO -> trainOrPause();
      case WAIT -> {}
      case END -> abandon();
    }
  }

  private void trainOrPause() {
    Job.Ending ending = train();
    if (ending == null) {
      return;
    }
    try {
      prepared.lease().close(); // whoever hears of the end finds the data sets free
    } finally {
      job.finish(ending, tools.clock().instant());
    }
    tools.metrics().ended(job.status(), Duration.ofNanos(time.nanos()));
    if (ending.equals(OUT_OF_MEMORY)) {
      log.error("Job {} ran out of memory", job.id());
    }
    log.debug("Job {} on {} ended as {}", job.id(), prepared.dataset().id(), job.status());
  }

  private Job.@Nullable Ending train() {
    try (var _ = crew.open()) {
      if (monitor == null) {
        tools.metrics().waited(Duration.between(job.createdAt(), tools.clock().instant()));
      }
      time.start();
      Job.Ending ending = endingOrPause();
      while (ending == null) {
        time.stop();
        if (job.rest(tools.clock().instant())) {
          return null; // and touch nothing any more
        }
        time.start();
        ending = endingOrPause();
      }
      return ending;
    } catch (OutOfMemoryError _) {
      forget();
      return OUT_OF_MEMORY;
    } catch (RuntimeException | Error e) {
      forget();
      log.error("Job {} failed", job.id(), e);
      return failed("internal", "The server made a mistake; its log has the details.");
    }
  }

  /// Frees the memory of what has failed.
  private void forget() {
    training = null;
    validator = null;
  }

  /// The best parameters so far, which nobody changes; null before the first epoch has ended. For
  /// any thread.
  TrainingOutcome.@Nullable Best bestSoFar() {
    ModelTraining current = training;
    Trained end = trained;
    if (end != null) {
      return end.best();
    }
    return current == null ? null : current.bestSoFar();
  }

  /// @return null if it was paused
  private Job.@Nullable Ending endingOrPause() {
    Trained model = trained == null ? trainModelOrPause() : trained;
    if (model == null) {
      return null;
    }
    trained = model;
    training = null; // the encoded rows are free when folds are encoded
    TrainingOutcome.Best best = model.best();
    Metrics metrics = model.metrics();
    if (best == null || metrics == null) {
      return new Job.Ending(model.reason(), null, null, model.error());
    }
    CrossValidator.Result folds = crossValidateOrPause(model);
    return folds == null ? null : ending(model, best, metrics, folds);
  }

  private @Nullable Trained trainModelOrPause() {
    ModelTraining current = training;
    if (current == null) {
      current = new ModelTraining(prepared, products);
      training = current;
    }
    if (monitor == null) {
      job.trainingBegins();
      monitor =
          new JobMonitor(
              job,
              time,
              job::beginEpoch,
              report -> job.epochEnded(report, Duration.ofNanos(time.nanos())));
    }
    TrainingOutcome outcome = current.trainOrPause(monitor);
    if (outcome == null) {
      return null;
    }
    job.trainingEnded();
    return new ModelEvaluator(job, prepared, products)
        .evaluate(outcome, current.rows(), current.validation());
  }

  private static Job.Ending failed(String code, String detail) {
    return new Job.Ending(null, null, null, new JobError(code, detail));
  }

  private Job.Ending ending(
      Trained trained, TrainingOutcome.Best best, Metrics metrics, CrossValidator.Result folds) {
    Job.ModelReference model =
        shelf.keep(
            prepared.name(),
            version ->
                new ModelMaker(job, prepared, tools)
                    .make(
                        version,
                        best.parameters(),
                        metrics,
                        trained.epochs(),
                        trained.calibration(),
                        folds.measured()));
    return new Job.Ending(
        folds.stopped() == null ? trained.reason() : folds.stopped(),
        best.report(),
        model,
        trained.error() == null ? folds.error() : trained.error());
  }

  /// Measures nothing where nobody asked for it, or where the training says that there is no point.
  ///
  /// @return null if it was paused
  private CrossValidator.@Nullable Result crossValidateOrPause(Trained trained) {
    Folds folds = prepared.folds();
    if (folds == null || trained.error() != null || CrossValidator.isStop(trained.reason())) {
      return CrossValidator.Result.NONE;
    }
    if (validator == null) {
      validator = new CrossValidator(prepared, folds, products, this::monitor);
    }
    return validator.runOrPause();
  }

  private TrainingMonitor monitor(int fold) {
    return new JobMonitor(
        job,
        time,
        job::legIn,
        report -> job.foldEpochEnded(fold, report.epoch(), Duration.ofNanos(time.nanos())));
  }
}
