package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backprop.core.metric.Metric;
import dev.backprop.dataset.MemoryLimit;
import dev.backprop.model.Model;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.problem.Bound;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TrialsTests {

  private static final Bound<JobSpec> JOB = SpecReader.read(JobService.spec("\"epochs\": 2"));

  private static Trials trials(JobService service) {
    return new Trials(
        service.operator,
        service.planner,
        beside ->
            JobService.planner(
                new UnstoredDatasets(service.datasets, beside),
                service.models,
                JobService.properties(1_000)));
  }

  private static Trial train(Trials trials) throws InterruptedException {
    Trial trial = trials.start(JOB, Callers.ANONYMOUS);
    trial.awaitEnd();
    return trial;
  }

  @Test
  void makeModelsThatAreNobodys() throws InterruptedException {
    try (JobService service = new JobService()) {
      Trial trial = train(trials(service));
      assertThat(trial.status()).isEqualTo(JobStatus.SUCCEEDED);
      assertThat(trial.error()).isNull();
      Model model = Objects.requireNonNull(trial.model());
      assertThat(model.version()).isZero();
      assertThat(model.lineage().job()).isEqualTo(trial.id());
      assertThat(service.models.newest(model.name())).isEmpty();
      JobView view = service.operator.find(trial.id()).view(null);
      assertThat(view.model()).isNull();
      assertThat(view.links().model()).isNull();

      Job posted = service.submit("\"epochs\": 2");
      JobService.end(posted);
      assertThat(service.models.newest(model.name()).orElseThrow().lineage().parametersSha256())
          .isEqualTo(model.lineage().parametersSha256());
    }
  }

  @Test
  void countAsMemoryUntilTheyAreDiscarded() throws InterruptedException {
    long bytes;
    try (JobService service = new JobService()) {
      bytes = Objects.requireNonNull(train(trials(service)).model()).bytes();
    }
    try (JobService service = new JobService(1_000, new MemoryLimit(2 * bytes - 1))) {
      Trials trials = trials(service);
      Trial first = train(trials);
      assertThatThrownBy(() -> trials.start(JOB, Callers.ANONYMOUS))
          .isInstanceOfSatisfying(
              ProblemException.class,
              problem -> assertThat(problem.type()).isEqualTo(ProblemType.INSUFFICIENT_STORAGE));
      first.discard();
      first.discard();
      assertThat(first.model()).isNull();
      train(trials).discard();
    }
  }

  @Test
  void areCheckedWithoutATrace() {
    try (JobService service = new JobService()) {
      Trials trials = trials(service);
      Trials.Checked checked = trials.check(JOB);
      assertThat(checked.name()).isEqualTo("sum");
      assertThat(checked.epochs()).isEqualTo(2);
      assertThat(checked.metrics()).contains(Metric.RMSE).doesNotContain(Metric.ACCURACY);
      assertThat(service.datasets.find(checked.dataset().id())).isEmpty();

      Trials.Kept kept = trials.keep(JOB.value());
      trials.check(new Bound<>(kept.spec(), List.of()), checked);
      assertThat(service.datasets.find(kept.lease().dataset().id())).isPresent();
      kept.lease().close();
      service.awaitThatAllLeasesAreClosedOnce();
    }
  }
}
