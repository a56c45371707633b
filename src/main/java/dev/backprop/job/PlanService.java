package dev.backprop.job;

import dev.backprop.dataset.intake.DatasetSource;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.problem.Bound;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Says what a job would be, without training it.
///
/// Whatever takes time is measured on one platform thread of its own, plan after plan: any number
/// of them takes no more from trainings than one more job does, and nothing from the threads that
/// serve requests.
final class PlanService implements AutoCloseable {

  private static final int WAITING = 10;
  private static final Duration RETRY = Duration.ofSeconds(1);

  /// A later finish is no estimate any more.
  private static final double LONGEST_SECONDS = 3e9;

  private final JobPlanner planner;
  private final JobOperator operator;
  private final QueueForecast forecast;
  private final Calibration calibration;
  private final Baselines baselines;
  private final ThreadPoolExecutor measuring =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING),
          run -> new Thread(run, "planning"));

  /// @param planner on [UnstoredDatasets]
  PlanService(
      JobPlanner planner,
      JobOperator operator,
      QueueForecast forecast,
      Calibration calibration,
      Baselines baselines) {
    this.planner = planner;
    this.operator = operator;
    this.forecast = forecast;
    this.calibration = calibration;
    this.baselines = baselines;
  }

  /// Checks a spec as for a job and measures what it would need.
  ///
  /// @param caller who would submit the job
  /// @throws ProblemException as [JobOperator#submit], but [ProblemType#QUEUE_FULL] if too many
  ///   plans wait rather than jobs
  PlanView plan(Bound<JobSpec> request, String caller) throws InterruptedException {
    PreparedJob prepared = planner.prepare(request);
    operator.requireRoom(prepared);
    return await(start(prepared), prepared, request.value().dataset(), caller);
  }

  private record Measured(@Nullable Double secondsPerEpoch, PlanView.Baselines baselines) {}

  private Future<Measured> start(PreparedJob prepared) {
    try {
      return measuring.submit(
          () -> new Measured(calibration.secondsPerEpoch(prepared), baselines.of(prepared)));
    } catch (RejectedExecutionException _) {
      if (measuring.isShutdown()) {
        throw shutDown();
      }
      throw new ProblemException(
              ProblemType.QUEUE_FULL,
              "%d plans wait to be measured, each for up to three seconds.".formatted(WAITING))
          .retryAfter(RETRY);
    }
  }

  private static ProblemException shutDown() {
    return new ProblemException(ProblemType.UNAVAILABLE, "The server is shutting down.");
  }

  private PlanView await(
      Future<Measured> measurement,
      PreparedJob prepared,
      @Nullable DatasetSource source,
      String caller)
      throws InterruptedException {
    try {
      Measured measured = measurement.get();
      return view(prepared, source, measured, forecast.startOfNew(caller, prepared.priority()));
    } catch (CancellationException _) {
      throw shutDown();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a plan could not be measured", e.getCause());
    } catch (InterruptedException e) {
      measurement.cancel(false);
      throw e;
    }
  }

  private static PlanView view(
      PreparedJob prepared,
      @Nullable DatasetSource source,
      Measured measured,
      @Nullable Instant start) {
    boolean stored = source != null && source.id() != null;
    JobSpec spec = stored ? prepared.spec() : prepared.spec().withDataset(null);
    Double secondsPerEpoch = measured.secondsPerEpoch();
    return new PlanView(
        spec,
        prepared.dataset().columns().stream()
            .map(column -> PlannedColumn.of(column, prepared.spec()))
            .toList(),
        prepared.preprocessor().inputNames(),
        prepared.trainingRows().count(),
        prepared.validationRows().count(),
        prepared.network().parameterCount(),
        (long) JobLimits.memory(prepared),
        secondsPerEpoch,
        secondsPerEpoch == null ? null : seconds(prepared, secondsPerEpoch, Double.MAX_VALUE),
        start,
        finish(start, secondsPerEpoch, prepared),
        measured.baselines());
  }

  private static @Nullable Instant finish(
      @Nullable Instant start, @Nullable Double secondsPerEpoch, PreparedJob prepared) {
    if (start == null || secondsPerEpoch == null) {
      return null;
    }
    Duration timeLimit = prepared.timeLimit();
    double limit = timeLimit == null ? Double.MAX_VALUE : timeLimit.toNanos() / 1e9;
    double seconds = seconds(prepared, secondsPerEpoch, limit);
    return seconds >= LONGEST_SECONDS ? null : start.plusNanos(Math.round(1e9 * seconds));
  }

  /// Of the training, and of one for each fold without its rows.
  ///
  /// @param limit of each
  private static double seconds(PreparedJob prepared, double secondsPerEpoch, double limit) {
    double training = secondsPerEpoch * prepared.training().epochs();
    Folds folds = prepared.folds();
    if (folds == null) {
      return Math.min(training, limit);
    }
    double without = training * (folds.count() - 1) / folds.count();
    return Math.min(training, limit) + folds.count() * Math.min(without, limit);
  }

  /// How many plans wait to be measured.
  int waiting() {
    return measuring.getQueue().size();
  }

  /// Refuses the plans that wait and ends after the one that is measured.
  @Override
  public void close() {
    for (Runnable waiting : measuring.shutdownNow()) {
      ((Future<?>) waiting).cancel(false);
    }
    measuring.close();
  }
}
