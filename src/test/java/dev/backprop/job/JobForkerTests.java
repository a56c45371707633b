package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.backprop.model.Lineage;
import dev.backprop.model.Model;
import dev.backprop.problem.InputError;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class JobForkerTests {

  private static final String LONG = "\"epochs\": 1000000";

  private final JobService service = new JobService();
  private final JobForker forker = new JobForker(service.operator, SpecReader.patches());

  @AfterEach
  void stop() {
    service.close();
  }

  private Job fork(Job job, String patch) {
    return forker.fork(job.id(), (ObjectNode) SpecReader.tree(patch), "forker");
  }

  private Model model(JobView job) {
    JobView.ModelLink link = Objects.requireNonNull(job.model());
    return service.models.find(link.name(), link.version()).orElseThrow();
  }

  private Job pausedAfterAnEpoch() {
    Job job = service.submitAndHoldAfter(JobService.PRODUCTS_OF_AN_EPOCH, LONG);
    service.operator.pause(job.id());
    service.blas.open();
    JobService.await().until(() -> job.status() == JobStatus.PAUSED);
    return job;
  }

  /// A step of 1e-30 leaves the parameters where they were.
  private static final String STANDING =
      "{\"training\": {\"epochs\": 1, \"optimizer\": {\"type\": \"sgd\", \"learningRate\": 1e-30}}}";

  @Test
  void startsFromTheBestParametersOfAPausedJob() {
    Job parent = pausedAfterAnEpoch();
    JobView fork = JobService.end(fork(parent, STANDING));
    service.operator.cancel(parent.id());
    JobView ended = JobService.end(parent);
    assertThat(model(ended).lineage().parametersSha256())
        .isEqualTo(model(fork).lineage().parametersSha256());
    assertThat(model(fork).lineage().parent())
        .isEqualTo(
            new Lineage.Parent(
                null, null, model(ended).lineage().parametersSha256(), parent.id(), 1))
        .isEqualTo(fork.parent());
    assertThat(model(fork).preprocessor()).isEqualTo(model(ended).preprocessor());
    assertThat(fork.dataset()).isEqualTo(ended.dataset());
    assertThat(fork.name()).isEqualTo("sum");
    assertThat(SpecReader.tree(fork.spec()).at("/training/optimizer").has("beta1")).isFalse();
    assertThat(SpecReader.tree(fork.spec()).at("/training/batchSize").asInt()).isEqualTo(8);
    assertThat(fork.spec().warmStart()).isNull();
    service.awaitThatAllLeasesAreClosedOnce();
  }

  @Test
  void startsFromARunningJobWithoutHoldingItUp() {
    Job parent = service.submitAndHoldAfter(JobService.PRODUCTS_OF_AN_EPOCH, LONG);
    Job fork = fork(parent, "{\"name\": \"fork\", \"training\": {\"epochs\": 2}}");
    assertThat(fork.status()).isEqualTo(JobStatus.QUEUED);
    assertThat(parent.status()).isEqualTo(JobStatus.RUNNING);
    assertThat(fork.source()).isNotNull();
    service.operator.cancel(parent.id());
    service.blas.open();
    JobView ended = JobService.end(fork);
    assertThat(Objects.requireNonNull(ended.model()).name()).isEqualTo("fork");
    assertThat(fork.source()).as("what an ended job holds").isNull();
  }

  @Test
  void startsFromTheModelOfAJobThatHasEnded() {
    Job parent = service.submit("\"epochs\": 3");
    JobView ended = JobService.end(parent);
    JobView fork = JobService.end(fork(parent, STANDING));
    assertThat(model(fork).lineage().parametersSha256())
        .isEqualTo(model(ended).lineage().parametersSha256());
    int epoch = Objects.requireNonNull(ended.best()).epoch();
    assertThat(model(fork).lineage().parent())
        .isEqualTo(
            new Lineage.Parent(
                "sum", 1, model(ended).lineage().parametersSha256(), parent.id(), epoch));
    JobView again = JobService.end(fork(service.operator.find(fork.id()), STANDING));
    assertThat(Objects.requireNonNull(model(again).lineage().parent()).job()).isEqualTo(fork.id());

    service.models.delete("sum", 1);
    assertThatProblem(ProblemType.CONFLICT, parent, "{}")
        .withMessageContaining("its model has been deleted");
  }

  @Test
  void leavesFoldsBehind() {
    Job parent =
        service.submit(
            SpecReader.read(
                """
                {%s, %s, "training": {"batchSize": 8, "epochs": 2}, "validation": {"folds": 4}}"""
                    .formatted(JobService.DATASET, JobService.NETWORK)));
    JobService.end(parent);
    assertThat(JobService.end(fork(parent, "{}")).spec().validation()).isNull();
    assertThatProblem(ProblemType.INVALID_SPECIFICATION, parent, "{\"validation\": {\"folds\": 2}}")
        .withMessageContaining("may have seen the rows of each fold; post a new job");
  }

  @Test
  void saysWhatDoesNotFit() {
    Job parent = pausedAfterAnEpoch();
    assertThatProblem(
            ProblemType.INVALID_SPECIFICATION,
            parent,
            """
            {"network": {"hidden": [{"units": 9}], "initializer": {"type": "heUniform"}},
             "warmStart": {"model": "sum"}, "features": ["a"], "dataset": {"id": "ds_none"}}""")
        .satisfies(
            problem ->
                assertThat(problem.errors())
                    .extracting(InputError::pointer)
                    .containsExactlyInAnyOrder(
                        "#/network/hidden/0/units",
                        "#/network/initializer",
                        "#/warmStart",
                        "#/features",
                        "#/dataset/id"))
        .satisfies(
            problem ->
                assertThat(problem.errors().toString())
                    .contains("9 units, job '" + parent.id() + "' has 8")
                    .contains("post a new job in place of a fork"));
    assertThatProblem(ProblemType.INVALID_REQUEST, parent, "{\"trainin\": {}}")
        .withMessageContaining("did you mean 'training'");
    int opened = service.datasets.opened();
    assertThatProblem(
            ProblemType.INVALID_SPECIFICATION,
            parent,
            "{\"dataset\": {\"rows\": [{\"a\": 1, \"c\": 2, \"y\": 3}, {\"a\": 2, \"c\": 2, \"y\": 3}]}}")
        .withMessageContaining("a warm start needs data as job '" + parent.id() + "' had them");
    assertThat(service.datasets.opened()).isEqualTo(opened);
  }

  @Test
  void needsParameters() {
    Job parent = service.submitAndHoldAfter(0, LONG);
    assertThatProblem(ProblemType.CONFLICT, parent, "{}")
        .withMessageContaining("has no parameters to start from");
    Job waiting = service.submit(LONG);
    assertThatProblem(ProblemType.CONFLICT, waiting, "{}").withMessageContaining("is queued");
    service.operator.cancel(waiting.id());
    assertThatProblem(ProblemType.CONFLICT, waiting, "{}").withMessageContaining("is cancelled");
  }

  private ThrowableAssertAlternative<ProblemException> assertThatProblem(
      ProblemType type, Job job, String patch) {
    return assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> fork(job, patch))
        .satisfies(problem -> assertThat(problem.type()).isEqualTo(type));
  }
}
