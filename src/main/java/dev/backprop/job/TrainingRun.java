package dev.backprop.job;

import dev.backprop.core.linalg.Products;
import dev.backprop.core.nn.Parameters;
import dev.backprop.core.train.EpochReport;
import dev.backprop.core.train.Examples;
import dev.backprop.core.train.StopReason;
import dev.backprop.core.train.Trainer;
import dev.backprop.core.train.TrainingMonitor;
import dev.backprop.core.train.TrainingOutcome;
import dev.backprop.core.train.TrainingOutcome.Divergence;
import dev.backprop.model.CrossValidation;
import dev.backprop.model.Lineage;
import dev.backprop.model.Metrics;
import dev.backprop.model.Model;
import dev.backprop.model.ModelRepository;
import dev.backprop.model.ParametersHash;
import dev.backprop.model.spec.Priority;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
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
  private final String caller;
  private final Work work;
  private final long memory;

  /// @param caller who has submitted the job
  TrainingRun(Job job, PreparedJob prepared, Tools tools, String caller) {
    this.job = job;
    this.prepared = prepared;
    this.tools = tools;
    this.caller = caller;
    work = Work.of(prepared);
    memory = (long) JobLimits.memory(prepared);
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

  /// Bytes that it needs at work, estimated.
  long memory() {
    return memory;
  }

  /// Gives the data sets free, where the run will never start.
  void abandon() {
    prepared.lease().close();
  }

  @Override
  public void run() {
    try (var lease = prepared.lease()) {
      if (job.start(tools.clock().instant())) {
        long start = tools.nanoTime().getAsLong();
        Job.Ending ending = train(start);
        job.finish(ending, tools.clock().instant());
        tools.metrics().ended(job.status(), sinceStart(start));
        if (ending.equals(OUT_OF_MEMORY)) {
          log.error("Job {} ran out of memory", job.id());
        }
        log.debug("Job {} on {} ended as {}", job.id(), lease.dataset().id(), job.status());
      }
    }
  }

  private Job.Ending train(long start) {
    try (var crew = tools.helpers().crew(prepared.threads())) {
      Products products = tools.products().sharedAmong(crew);
      tools.metrics().waited(Duration.between(job.createdAt(), tools.clock().instant()));
      return ending(train(products, start), products, start);
    } catch (OutOfMemoryError _) {
      return OUT_OF_MEMORY;
    } catch (RuntimeException | Error e) {
      log.error("Job {} failed", job.id(), e);
      return failed("internal", "The server made a mistake; its log has the details.");
    }
  }

  /// A training on the rows of the job, and how good what came of it is.
  ///
  /// @param reason why it ended
  /// @param best null if nothing came of it
  /// @param metrics null if nothing came of it
  /// @param error what went wrong, or null
  private record Trained(
      StopReason reason,
      TrainingOutcome.@Nullable Best best,
      @Nullable Metrics metrics,
      @Nullable JobError error) {}

  /// In a method of its own, so that the encoded rows are free when folds are encoded.
  private Trained train(Products products, long start) {
    Examples training = prepared.trainingRows().encode(prepared.preprocessor());
    ExampleRows validationRows = prepared.validationRows();
    Examples validation =
        validationRows.count() == 0 ? null : validationRows.encode(prepared.preprocessor());
    TrainingOutcome outcome = train(training, validation, products, start);
    return measure(outcome, training, validation, products);
  }

  /// In a method of its own, so that the trainer's memory is free when the model is measured.
  private TrainingOutcome train(
      Examples training, @Nullable Examples validation, Products products, long start) {
    Trainer trainer =
        new Trainer(
            prepared.training(),
            prepared.startingParameters(),
            training,
            validation,
            prepared.scoring(),
            products);
    return trainer.train(new Monitor(start, report -> job.epochEnded(report, sinceStart(start))));
  }

  private static Job.Ending failed(String code, String detail) {
    return new Job.Ending(null, null, null, new JobError(code, detail));
  }

  private Trained measure(
      TrainingOutcome outcome,
      Examples training,
      @Nullable Examples validation,
      Products products) {
    DivergenceAdvice advice = new DivergenceAdvice(prepared, training);
    JobError error = error(outcome, advice);
    TrainingOutcome.Best best = outcome.best();
    if (best == null || outcome.epochs() == 0) {
      return new Trained(outcome.reason(), null, null, error);
    }
    Evaluation evaluation = new Evaluation(prepared, best.parameters(), products);
    Metrics metrics = evaluation.metrics(training, validation);
    if (!Double.isFinite(metrics.trainingLoss())) {
      // where there are validation rows, they alone decided what is best
      String what =
          "The loss of the training rows was no longer a finite number after epoch %d."
              .formatted(best.report().epoch());
      JobError diverged = advice.error(what, evaluation.overflow());
      return new Trained(StopReason.DIVERGED, null, null, diverged);
    }
    return new Trained(outcome.reason(), best, metrics, error);
  }

  private Job.Ending ending(Trained trained, Products products, long start) {
    TrainingOutcome.Best best = trained.best();
    Metrics metrics = trained.metrics();
    if (best == null || metrics == null) {
      return new Job.Ending(trained.reason(), null, null, trained.error());
    }
    CrossValidator.Result folds = crossValidate(trained, products, start);
    Model model =
        tools
            .models()
            .add(
                prepared.name(),
                version -> model(best.parameters(), version, metrics, folds.measured()));
    return new Job.Ending(
        folds.stopped() == null ? trained.reason() : folds.stopped(),
        best.report(),
        new Job.ModelReference(model.name(), model.version()),
        trained.error() == null ? folds.error() : trained.error());
  }

  /// Measures nothing where nobody asked for it, or where the training says that there is no point.
  private CrossValidator.Result crossValidate(Trained trained, Products products, long start) {
    Folds folds = prepared.folds();
    if (folds == null || trained.error() != null || CrossValidator.isStop(trained.reason())) {
      return CrossValidator.Result.NONE;
    }
    return new CrossValidator(
            prepared,
            folds,
            products,
            fold ->
                new Monitor(
                    tools.nanoTime().getAsLong(),
                    report -> job.foldEpochEnded(fold, report.epoch(), sinceStart(start))))
        .run();
  }

  private static @Nullable JobError error(TrainingOutcome outcome, DivergenceAdvice advice) {
    Divergence divergence = outcome.divergence();
    if (divergence != null) {
      JobError error = advice.error(what(divergence), divergence.overflow());
      return outcome.best() == null
          ? error
          : new JobError(
              error.code(),
              error.detail() + " The model has the best parameters from before that.");
    }
    if (outcome.reason() == StopReason.TIME_LIMIT && outcome.epochs() == 0) {
      return new JobError(
          "timeLimit", "The time was over before the first epoch was. Give it more seconds.");
    }
    return null;
  }

  private static String what(Divergence divergence) {
    return Double.isFinite(divergence.loss())
        ? "The parameters after epoch %d no longer gave a finite loss."
            .formatted(divergence.epoch())
        : "The loss was no longer a finite number in epoch %d, batch %d."
            .formatted(divergence.epoch(), divergence.batch());
  }

  private @Nullable String validationSha256() {
    return prepared.validation() == null ? null : prepared.validation().sha256();
  }

  private Model model(
      Parameters parameters,
      int version,
      Metrics metrics,
      @Nullable CrossValidation crossValidation) {
    return new Model(
        prepared.name(),
        version,
        tools.clock().instant(),
        prepared.task(),
        prepared.spec(),
        prepared.preprocessor(),
        parameters,
        metrics,
        new Lineage(
            job.id(),
            prepared.dataset().sha256(),
            prepared.training().seed(),
            tools.codeVersion(),
            ParametersHash.of(parameters),
            prepared.source() == null ? null : Lineage.Parent.of(prepared.source()),
            validationSha256()),
        crossValidation);
  }

  private Duration sinceStart(long start) {
    return Duration.ofNanos(tools.nanoTime().getAsLong() - start);
  }

  /// Passes epochs to the job and its wish to stop to the trainer.
  private final class Monitor implements TrainingMonitor {

    private final long start;
    private final long limit;
    private final Consumer<EpochReport> listener;

    Monitor(long start, Consumer<EpochReport> listener) {
      this.start = start;
      this.listener = listener;
      Duration timeLimit = prepared.timeLimit();
      limit = timeLimit == null ? Long.MAX_VALUE : timeLimit.toNanos();
    }

    @Override
    public @Nullable StopReason stopRequested() {
      StopReason asked = job.stopRequest();
      if (asked != null) {
        return asked;
      }
      return tools.nanoTime().getAsLong() - start >= limit ? StopReason.TIME_LIMIT : null;
    }

    @Override
    public void epochEnded(EpochReport report) {
      listener.accept(report);
    }
  }
}
