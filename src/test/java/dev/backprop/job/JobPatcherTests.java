package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.backprop.core.linalg.PlainBlas;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.train.EpochReport;
import dev.backprop.core.train.Steering;
import dev.backprop.core.train.StopReason;
import dev.backprop.core.train.Trainer;
import dev.backprop.core.train.TrainingMonitor;
import dev.backprop.core.train.TrainingOutcome;
import dev.backprop.model.Lineage;
import dev.backprop.model.Model;
import dev.backprop.model.ParametersHash;
import dev.backprop.model.spec.TrainingSettings;
import dev.backprop.problem.InputError;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobPatcherTests {

  private static final String LONG = "\"epochs\": 1000000";

  private final JobService service = new JobService();
  private final PatchReader patches = SpecReader.patches();
  private final JobPatcher patcher =
      new JobPatcher(service.operator, patches, JobService.properties(10));

  @AfterEach
  void stop() {
    service.close();
  }

  private Job patch(Job job, String patch) {
    return patch(job, patch, null);
  }

  private Job patch(Job job, String patch, @Nullable String ifMatch) {
    try {
      return patcher.patch(
          job.id(),
          ifMatch == null ? null : List.of(ifMatch),
          patches.read(new ByteArrayInputStream(patch.getBytes(StandardCharsets.UTF_8))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TrainingSettings training(Job job) {
    return Objects.requireNonNull(job.spec().training());
  }

  private Model model(JobView job) {
    JobView.ModelLink link = Objects.requireNonNull(job.model());
    return service.models.find(link.name(), link.version()).orElseThrow();
  }

  /// Changed in its third epoch, it trains on as the trainer alone does that is told the same.
  @ParameterizedTest
  @CsvSource({"adam, false", "sgd, true"})
  void holdsFromTheNextEpochOn(String optimizer, boolean pausedMeanwhile) {
    Job job =
        service.submitAndHoldAfter(
            2 * JobService.PRODUCTS_OF_AN_EPOCH,
            "\"epochs\": 9, \"optimizer\": {\"type\": \"%s\", \"learningRate\": 0.02}"
                .formatted(optimizer));
    PreparedJob prepared = Objects.requireNonNull(job.run()).prepared();
    String patch = "{\"training\": {\"optimizer\": {\"learningRate\": 0.005}, \"epochs\": 7}}";
    if (pausedMeanwhile) {
      service.operator.pause(job.id());
      service.blas.open();
      JobService.await().until(() -> job.status() == JobStatus.PAUSED);
    }
    patch(job, patch);
    assertThat(SpecReader.tree(job.spec()).at("/training/optimizer/learningRate").asDouble())
        .isEqualTo(0.005);
    assertThat(job.view(null).progress().epochs()).isEqualTo(7);
    service.operator.resume(job.id());
    service.blas.open();
    JobView ended = JobService.end(job);

    assertThat(ended.status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(LossCurve.of(job.events().curve(100)).learningRate())
        .containsExactly(0.02, 0.02, 0.02, 0.005, 0.005, 0.005, 0.005);
    TrainingOutcome reference = reference(prepared, 4, new Steering(0.005, 7, null, null));
    assertThat(model(ended).lineage().parametersSha256())
        .isEqualTo(ParametersHash.of(Objects.requireNonNull(reference.best()).parameters()));
    assertThat(model(ended).lineage().changes())
        .extracting(Lineage.Change::epoch, change -> change.patch().toString())
        .containsExactly(tuple(4, patch.replace(" ", "")));
    assertThat(ended.changes()).isEqualTo(model(ended).lineage().changes());
    assertThat(SpecReader.tree(model(ended).spec()).at("/training/epochs").asInt())
        .as("as the training began")
        .isEqualTo(9);
  }

  private static TrainingOutcome reference(PreparedJob prepared, int from, Steering steering) {
    return new Trainer(
            prepared.training(),
            prepared.startingParameters(),
            prepared.trainingRows().encode(prepared.preprocessor()),
            null,
            prepared.scoring(),
            new Products(new PlainBlas()))
        .train(
            new TrainingMonitor() {
              @Override
              public @Nullable StopReason stopRequested() {
                return null;
              }

              @Override
              public @Nullable Steering steering(int epoch) {
                return epoch < from ? null : steering;
              }

              @Override
              public void epochEnded(EpochReport report) {}
            });
  }

  @Test
  void changesAJobThatWaitsAsIfItHadBeenPostedSo() {
    Job running = service.submitAndHoldAfter(0, LONG);
    Job job = submitRprop(3, 0.1);
    patch(job, "{\"training\": {\"optimizer\": {\"learningRate\": 0.5}}}");
    patch(job, "{\"training\": {\"stopWhen\": {\"trainingLoss\": 0.5}}}");
    patch(job, "{\"training\": {\"stopWhen\": null, \"epochs\": 4}}");
    patch(job, "{}");
    assertThat(job.view(null).changes()).extracting(Lineage.Change::epoch).containsExactly(1, 1, 1);
    service.operator.cancel(running.id());
    service.blas.open();
    JobView ended = JobService.end(job);
    assertThat(ended.progress().epoch()).isEqualTo(4);
    assertThat(model(ended).spec()).isEqualTo(ended.spec().ofModel());

    JobView posted = JobService.end(submitRprop(4, 0.5));
    assertThat(model(posted).lineage().parametersSha256())
        .isEqualTo(model(ended).lineage().parametersSha256());
    assertThat(posted.spec().training()).isEqualTo(ended.spec().training());
    assertThat(model(posted).lineage().changes()).isEmpty();
  }

  private Job submitRprop(int epochs, double learningRate) {
    return service.submit(
        SpecReader.read(
            """
            {%s, %s, "training":
              {"epochs": %d, "optimizer": {"type": "rprop", "learningRate": %s}}}"""
                .formatted(JobService.DATASET, JobService.NETWORK, epochs, learningRate)));
  }

  @Test
  void endsATrainingAndLeavesOutWhatNeverHeld() {
    Job job = service.submitAndHoldAfter(JobService.PRODUCTS_OF_AN_EPOCH, LONG);
    patch(job, "{\"training\": {\"earlyStopping\": {\"patience\": 3, \"minDelta\": 1000}}}");
    assertThat(SpecReader.tree(job.spec()).at("/training/earlyStopping/metric").asString())
        .isEqualTo("trainingLoss");
    service.blas.open();
    JobView ended = JobService.end(job);
    assertThat(ended.stopReason()).isEqualTo(StopReason.EARLY_STOPPING);
    assertThat(ended.progress().epoch()).as("one that is better, three that are not").isEqualTo(6);

    Job short2 = service.submitAndHoldAfter(JobService.PRODUCTS_OF_AN_EPOCH, LONG);
    patch(short2, "{\"training\": {\"epochs\": 2}}");
    service.blas.open();
    JobView two = JobService.end(short2);
    assertThat(two.progress().epoch()).isEqualTo(2);
    assertThat(two.stopReason()).isEqualTo(StopReason.EPOCHS);
    assertThat(model(two).lineage().changes()).as("it ended the training").hasSize(1);

    Job cut = service.submitAndHoldAfter(JobService.PRODUCTS_OF_AN_EPOCH, LONG);
    patch(cut, "{\"training\": {\"optimizer\": {\"learningRate\": 0.5}}}");
    service.operator.cancel(cut.id());
    service.blas.open();
    assertThat(model(JobService.end(cut)).lineage().changes()).isEmpty();
  }

  @Test
  void namesAllThatIsWrongAtOnce() {
    Job job =
        service.submitAndHoldAfter(
            2 * JobService.PRODUCTS_OF_AN_EPOCH, LONG + ", \"metrics\": [\"mae\"]");
    assertThatProblem(
            ProblemType.INVALID_REQUEST,
            job,
            """
            {"name": "x", "training": {"seed": 3, "epochs": 0,
              "optimizer": {"type": "sgd", "learningRate": -1},
              "earlyStopping": {"patiense": 3}, "stopWhen": {"seconds": 0}}}""")
        .satisfies(
            problem ->
                assertThat(problem.errors())
                    .extracting(InputError::pointer)
                    .containsExactlyInAnyOrder(
                        "#/name",
                        "#/training/seed",
                        "#/training/optimizer/type",
                        "#/training/epochs",
                        "#/training/optimizer/learningRate",
                        "#/training/earlyStopping/patiense",
                        "#/training/stopWhen/seconds"));
    assertThatProblem(ProblemType.INVALID_SPECIFICATION, job, "{\"training\": {\"epochs\": 2}}")
        .withMessage(
            "must not be below 3, the epoch that has begun, got 2; to end the job now, cancel it");
    assertThatProblem(
            ProblemType.INVALID_SPECIFICATION,
            job,
            "{\"training\": {\"epochs\": null, \"optimizer\": {\"learningRate\": null}}}")
        .satisfies(problem -> assertThat(problem.errors()).hasSize(2));
    assertThatProblem(ProblemType.INVALID_SPECIFICATION, job, "{\"training\": null}");
    assertThatProblem(
            ProblemType.INVALID_SPECIFICATION,
            job,
            "{\"training\": {\"earlyStopping\": {\"metric\": \"validationLoss\"}}}")
        .withMessageContaining("there are no validation rows");
    assertThatProblem(
            ProblemType.INVALID_SPECIFICATION,
            job,
            "{\"training\": {\"earlyStopping\": {\"metric\": \"r2\"}}}")
        .withMessage("r2 is not measured by this job; watch a loss or mae");
    assertThatProblem(ProblemType.LIMIT_EXCEEDED, job, "{\"training\": {\"epochs\": 10000001}}")
        .withMessageContaining("backprop.jobs.max-epochs");
    assertThatProblem(ProblemType.INVALID_REQUEST, job, "[]").withMessageContaining("an array");
    assertThatProblem(ProblemType.INVALID_REQUEST, job, "{\"training\": {\"epochs\": 1e400}}");
    assertThatProblem(
        ProblemType.PAYLOAD_TOO_LARGE, job, "{\"name\": \"" + "x".repeat(1 << 20) + "\"}");
    assertThat(job.view(null).changes()).isEmpty();
    patch(job, "{\"training\": {\"earlyStopping\": {\"metric\": \"mae\"}}}");
    assertThat(training(job).epochs()).isEqualTo(1_000_000);
  }

  @Test
  void refusesWhereThereIsNoEpochLeft() {
    Job job = service.submitAndHoldAfter(0, "\"epochs\": 1");
    service.operator.cancel(job.id());
    String patch = "{\"training\": {\"epochs\": 5}}";
    assertThatProblem(ProblemType.CONFLICT, job, patch).withMessageContaining("is cancelling");
    service.blas.open();
    JobService.end(job);
    assertThatProblem(ProblemType.CONFLICT, job, patch).withMessageContaining("/fork");

    Job measured = service.submitAndHoldAfter(JobService.PRODUCTS_OF_AN_EPOCH + 2, "\"epochs\": 1");
    assertThat(measured.status()).isEqualTo(JobStatus.RUNNING);
    assertThatProblem(ProblemType.CONFLICT, measured, patch)
        .withMessageContaining("is running and has no epoch left");
  }

  @Test
  void changesOnlyTheStateThatIsMeant() {
    Job job = service.submitAndHoldAfter(JobService.PRODUCTS_OF_AN_EPOCH, LONG);
    String old = job.snapshot(null).entityTag();
    String patch = "{\"training\": {\"epochs\": 50}}";
    patch(job, patch, "\"other\", " + old);
    String next = job.snapshot(null).entityTag();
    assertThat(next).isNotEqualTo(old);
    for (String stale : new String[] {old, "W/" + next, "\"*\""}) {
      assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(() -> patch(job, "{\"training\": {\"epochs\": 60}}", stale))
          .satisfies(p -> assertThat(p.type()).isEqualTo(ProblemType.PRECONDITION_FAILED));
    }
    assertThat(training(job).epochs()).isEqualTo(50);
    patch(job, "{\"training\": {\"epochs\": 60}}", "*");
    assertThat(training(job).epochs()).isEqualTo(60);
  }

  @Test
  void keepsABoundedNumberOfChanges() {
    Job job = service.submitAndHoldAfter(0, LONG);
    for (int i = 1; i <= JobCourse.MOST_CHANGES; i++) {
      patch(job, "{\"training\": {\"epochs\": %d}}".formatted(i));
    }
    assertThatProblem(ProblemType.CONFLICT, job, "{\"training\": {\"epochs\": 1000}}")
        .withMessageContaining("was changed 200 times");
  }

  private ThrowableAssertAlternative<ProblemException> assertThatProblem(
      ProblemType type, Job job, String patch) {
    return assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> patch(job, patch))
        .satisfies(problem -> assertThat(problem.type()).isEqualTo(type));
  }
}
