package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.backprop.dataset.MemoryLimit;
import dev.backprop.http.PageRequest;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.problem.Bound;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class PlanServiceTests {

  private JobService service = new JobService();
  private PlanService plans = plans(service);

  PlanServiceTests() {
    service.nanosPerLook.set(10_000_000);
  }

  @AfterEach
  void stop() {
    service.blas.open();
    plans.close();
    service.close();
  }

  private static PlanService plans(JobService service) {
    return new PlanService(
        JobService.planner(
            new UnstoredDatasets(service.datasets), service.models, JobService.properties(10)),
        service.operator,
        service.forecast,
        new Calibration(
            service.tools.products(),
            service.helpers,
            service.tools.nanoTime(),
            () -> Long.MAX_VALUE),
        new Baselines(service.tools.products(), service.tools.nanoTime()));
  }

  private PlanView plan(String training) throws InterruptedException {
    return plan(SpecReader.read(JobService.spec(training)));
  }

  private PlanView plan(Bound<JobSpec> spec) throws InterruptedException {
    return plans.plan(spec, Callers.ANONYMOUS);
  }

  @Test
  void saysWhatTheJobWouldBe() throws InterruptedException {
    PlanView plan = plan("\"epochs\": 50");
    assertThat(plan.columns()).extracting(PlannedColumn::name).containsExactly("a", "b", "y");
    assertThat(plan.columns())
        .extracting(PlannedColumn::role)
        .containsExactly(
            PlannedColumn.Role.FEATURE, PlannedColumn.Role.FEATURE, PlannedColumn.Role.TARGET);
    assertThat(plan.columns().getLast())
        .isEqualTo(
            new PlannedColumn(
                "y", "number", PlannedColumn.Role.TARGET, 0, 1f, 16f, 8.5, null, null));
    assertThat(plan.inputs()).containsExactly("a", "b");
    assertThat(plan.trainingRows()).isEqualTo(16);
    assertThat(plan.validationRows()).isZero();
    assertThat(plan.parameterCount()).isEqualTo(2 * 8 + 8 + 8 + 1);
    // 33 parameters 6 times with Adam's moments, 2 numbers for 9 units of 16 rows, 6 of 24 rows
    assertThat(plan.memoryBytes()).isEqualTo(4 * (33 * 6 + 2 * 9 * 16 + 6 * 24));
    assertThat(plan.baselines().scores()).hasSize(2);
  }

  @Test
  void fillsInTheSpecOfTheJobButForDataThatAreNotKept() throws InterruptedException {
    ObjectNode planned = (ObjectNode) SpecReader.tree(plan("\"epochs\": 2").spec());
    ObjectNode trained =
        (ObjectNode) SpecReader.tree(JobService.end(service.submit("\"epochs\": 2")).spec());
    assertThat(planned.remove("dataset").isNull()).isTrue();
    trained.remove("dataset");
    assertThat(planned).isEqualTo(trained);
  }

  @Test
  void keepsTheIdOfAStoredDataSet() throws InterruptedException {
    String id = JobService.end(service.submit("\"epochs\": 2")).dataset().id();
    PlanView plan = plan(SpecReader.read("{\"dataset\": {\"id\": \"%s\"}}".formatted(id)));
    assertThat(Objects.requireNonNull(plan.spec().dataset()).id()).isEqualTo(id);
    assertThat(service.datasets.opened()).isEqualTo(1);
  }

  @Test
  void trainsAndKeepsNothing() throws InterruptedException {
    plan("");
    assertThat(service.datasets.size()).isZero();
    assertThat(service.datasets.opened()).isZero();
    assertThat(service.models.size()).isZero();
    assertThat(service.operator.list(new PageRequest(10, null)).data()).isEmpty();
  }

  @Test
  void estimatesTheTimeOfAllEpochs() throws InterruptedException {
    PlanView plan = plan("\"epochs\": 50");
    assertThat(plan.secondsPerEpoch()).isEqualTo(0.02);
    assertThat(plan.seconds()).isEqualTo(1);
    assertThat(plan.estimatedStart()).isEqualTo(JobService.NOW);
    assertThat(plan.estimatedFinish()).isEqualTo(JobService.NOW.plusSeconds(1));
    PlanView limited = plan("\"epochs\": 50, \"stopWhen\": {\"seconds\": 0.25}");
    assertThat(limited.seconds()).isEqualTo(1);
    assertThat(limited.estimatedFinish()).isEqualTo(JobService.NOW.plusMillis(250));
  }

  @Test
  void countsTheTrainingsWithoutEachFold() throws InterruptedException {
    String folds = ", \"validation\": {\"folds\": 4}}";
    PlanView plan = plan(read("\"epochs\": 50", folds));
    assertThat(plan.secondsPerEpoch()).isEqualTo(0.02);
    assertThat(plan.seconds()).isEqualTo(1 + 4 * 0.75);
    assertThat(plan.memoryBytes()).isEqualTo(plan("").memoryBytes() + 4 * 33);
    PlanView limited = plan(read("\"epochs\": 50, \"stopWhen\": {\"seconds\": 0.8}", folds));
    assertThat(limited.estimatedFinish()).isEqualTo(JobService.NOW.plusMillis(800 + 4 * 750));
  }

  @Test
  void namesTheColumnThatSaysWhatIsForValidation() throws InterruptedException {
    String data =
        IntStream.range(0, 10)
            .mapToObj("{\"x\": %1$d, \"set\": 0, \"y\": %1$d}"::formatted)
            .collect(Collectors.joining(", "));
    PlanView plan =
        plan(
            SpecReader.read(
                """
                {"dataset": {"rows": [%s, {"x": 3, "set": 1, "y": 4}]},
                 "validation": {"column": "set"}}"""
                    .formatted(data)));
    assertThat(plan.columns().get(1).role()).isEqualTo(PlannedColumn.Role.VALIDATION);
    assertThat(plan.trainingRows()).isEqualTo(10);
    assertThat(plan.validationRows()).isEqualTo(1);
    assertThat(plan.baselines().rows()).isEqualTo(1);
  }

  /// @param end of the spec, its last brace included
  private static Bound<JobSpec> read(String training, String end) {
    String spec = JobService.spec(training);
    return SpecReader.read(spec.substring(0, spec.length() - 1) + end);
  }

  @Test
  void refusesWhatTheJobWouldBeRefusedFor() {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> plan("\"epochs\": 0, \"batchSze\": 3"))
        .satisfies(
            problem -> {
              assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST);
              assertThat(problem.errors()).hasSize(2);
            });
    plans.close();
    service.close();
    service = new JobService(10, new MemoryLimit(10));
    plans = plans(service);
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> plan(""))
        .satisfies(
            problem -> assertThat(problem.type()).isEqualTo(ProblemType.INSUFFICIENT_STORAGE));
  }

  @Test
  void refusesPlansBeyondThoseThatMayWait() throws Exception {
    service.blas.shutAfter(0);
    List<Future<PlanView>> asked = new ArrayList<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      asked.add(callers.submit(() -> plan("")));
      JobService.await().until(() -> service.blas.products() == 1);
      for (int i = 0; i < 14; i++) {
        asked.add(callers.submit(() -> plan("")));
      }
      JobService.await()
          .until(() -> asked.stream().filter(f -> f.state() == Future.State.FAILED).count() == 4);
      service.blas.open();
    }
    assertThat(asked).filteredOn(f -> f.state() == Future.State.SUCCESS).hasSize(11);
    assertThat(asked)
        .filteredOn(f -> f.state() == Future.State.FAILED)
        .allSatisfy(
            refused ->
                assertThat(refused.exceptionNow())
                    .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> {
                          assertThat(problem.type()).isEqualTo(ProblemType.QUEUE_FULL);
                          assertThat(problem.retryAfter()).isEqualTo(Duration.ofSeconds(1));
                        }));
  }

  @Test
  void leavesNobodyWaitingWhenItCloses() throws Exception {
    service.blas.shutAfter(0);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<PlanView> measured = callers.submit(() -> plan(""));
      JobService.await().until(() -> service.blas.products() == 1);
      Future<PlanView> waiting = callers.submit(() -> plan(""));
      JobService.await().until(() -> plans.waiting() == 1);
      Future<?> closing = callers.submit(plans::close);
      JobService.await().until(waiting::isDone);
      assertThat(waiting.exceptionNow())
          .isInstanceOfSatisfying(
              ProblemException.class,
              problem -> assertThat(problem.type()).isEqualTo(ProblemType.UNAVAILABLE));
      service.blas.open();
      closing.get();
      assertThat(measured.get().trainingRows()).isEqualTo(16);
      assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(() -> plan(""))
          .withMessage("The server is shutting down.");
    }
  }
}
