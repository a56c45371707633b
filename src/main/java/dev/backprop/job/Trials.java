package dev.backprop.job;

import dev.backprop.core.metric.Metric;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.DatasetRepository.Lease;
import dev.backprop.dataset.intake.DatasetSource;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.model.Evaluation;
import dev.backprop.model.Model;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.problem.Bound;
import dev.backprop.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Jobs for those who compare many and keep one: in the same queue and on the same workers as all
/// others, but their models go nowhere.
public final class Trials {

  private static final Duration LONG = Duration.ofDays(1);

  private final JobOperator operator;
  private final JobPlanner planner;
  private final Function<@Nullable Dataset, JobPlanner> unstored;

  /// @param planner keeps data that are sent along
  /// @param unstored makes one that does not, and finds this data set beside those that are kept
  Trials(
      JobOperator operator, JobPlanner planner, Function<@Nullable Dataset, JobPlanner> unstored) {
    this.operator = operator;
    this.planner = planner;
    this.unstored = unstored;
  }

  /// A job that could be done; nothing of it is kept.
  ///
  /// @param name of its model
  /// @param dataset of the job
  /// @param epochs that it trains for
  /// @param metrics that its model will have, where its rows define them
  public record Checked(String name, Dataset dataset, int epochs, Set<Metric> metrics) {}

  /// A spec whose data sets cannot be deleted until the lease is closed.
  ///
  /// @param spec as it was, but its data set has an id
  public record Kept(JobSpec spec, Lease lease) {}

  /// Checks a job.
  ///
  /// @throws ProblemException as for a job that is posted, but for the queue
  public Checked check(Bound<JobSpec> request) {
    PreparedJob prepared = unstored.apply(null).prepare(request);
    operator.requireRoom(prepared);
    TargetEncoder target = prepared.preprocessor().target();
    boolean probabilities =
        Evaluation.areProbabilities(target, prepared.network().output().activation());
    return new Checked(
        prepared.name(),
        prepared.dataset(),
        prepared.training().epochs(),
        Evaluation.scoring(target, prepared.training().loss())
            .all(target.outputs(), probabilities));
  }

  /// Checks a variant of a checked job.
  ///
  /// @param request names the data set of the checked job
  /// @throws ProblemException as for a job that is posted, but for the queue
  public void check(Bound<JobSpec> request, Checked like) {
    unstored.apply(like.dataset()).prepare(request).lease().close();
  }

  /// Stores the data that a job came with and takes its data sets into use.
  ///
  /// @throws ProblemException as for a job that is posted, but for the queue
  public Kept keep(JobSpec spec) {
    PreparedJob prepared = planner.prepare(new Bound<>(spec, List.of()));
    return new Kept(
        spec.withDataset(DatasetSource.ofId(prepared.dataset().id())), prepared.lease());
  }

  /// Queues a job.
  ///
  /// @param caller whose job it is, see [Callers]
  /// @throws ProblemException as for a job that is posted: [ProblemType#QUEUE_FULL] among others
  public Trial start(Bound<JobSpec> request, String caller) {
    AtomicReference<@Nullable Model> made = new AtomicReference<>();
    Job job =
        operator.submit(
            request,
            (_, model) -> {
              Model unversioned = model.apply(0);
              operator.hold(unversioned.bytes());
              made.set(unversioned);
              return null;
            },
            caller);
    return new JobTrial(operator, job, made);
  }

  private record JobTrial(JobOperator operator, Job job, AtomicReference<@Nullable Model> made)
      implements Trial {

    @Override
    public String id() {
      return job.id();
    }

    @Override
    public JobStatus status() {
      return job.status();
    }

    @Override
    public void awaitEnd() throws InterruptedException {
      boolean ended = false;
      while (!ended) {
        ended = job.awaitEnd(LONG);
      }
    }

    @Override
    public void cancel() {
      operator.cancel(job);
    }

    @Override
    public @Nullable Model model() {
      return made.get();
    }

    @Override
    public void discard() {
      Model model = made.getAndSet(null);
      if (model != null) {
        operator.hold(-model.bytes());
      }
    }

    @Override
    public @Nullable String error() {
      JobError error = job.view(null).error();
      return error == null ? null : error.detail();
    }
  }
}
