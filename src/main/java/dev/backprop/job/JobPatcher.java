package dev.backprop.job;

import dev.backprop.core.metric.Metric;
import dev.backprop.core.train.EarlyStopping;
import dev.backprop.core.train.Rprop;
import dev.backprop.core.train.Watched;
import dev.backprop.dataset.intake.DatasetSource;
import dev.backprop.job.Job.Changeable;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.model.spec.TrainingSettings;
import dev.backprop.problem.Bound;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.JsonErrors;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Changes what a job trains by while it waits, trains or is paused.
@Component
class JobPatcher {

  private static final String TRAINING = "training";
  private static final String OPTIMIZER = "optimizer";
  private static final String LEARNING_RATE = "learningRate";
  private static final Set<String> OF_TRAINING =
      Set.of(OPTIMIZER, "epochs", "earlyStopping", "stopWhen");

  private static final String FIXED =
      "cannot be changed on the way; training.optimizer.learningRate, training.epochs,"
          + " training.earlyStopping and training.stopWhen can. POST /api/v1/jobs/{id}/fork starts a"
          + " new job with other settings from this one's parameters.";

  private final JobOperator operator;
  private final PatchReader patches;
  private final JobLimits limits;

  JobPatcher(JobOperator operator, PatchReader patches, JobProperties properties) {
    this.operator = operator;
    this.patches = patches;
    limits = new JobLimits(properties);
  }

  /// Changes a job from its next epoch on. A patch that changes nothing leaves it as it is.
  ///
  /// @param ifMatch states of the job that the caller has seen
  /// @throws ProblemException [ProblemType#NOT_FOUND]; [ProblemType#PRECONDITION_FAILED];
  ///   [ProblemType#CONFLICT] if the job has no epoch left; with all that is wrong with the patch
  ///   [ProblemType#INVALID_REQUEST] or [ProblemType#INVALID_SPECIFICATION];
  ///   [ProblemType#LIMIT_EXCEEDED]
  Job patch(String id, @Nullable List<String> ifMatch, ObjectNode patch) {
    Job job = operator.find(id);
    while (true) {
      QueuePlace place = operator.place(job);
      Changeable present = job.changeable(ifMatch, place);
      JobCourse.Leg changed = changed(present, patch);
      if (changed.equals(present.leg()) || job.change(present, changed, patch, ifMatch, place)) {
        operator.changed(job);
        return job;
      }
    }
  }

  private JobCourse.Leg changed(Changeable present, ObjectNode patch) {
    InputErrors errors = new InputErrors();
    checkFields(patch, errors);
    Bound<JobSpec> patched = patched(present.leg().spec(), patch);
    boolean formIsWrong = !patched.errors().isEmpty();
    errors.addAll(patched.errors());
    TrainingSettings settings = Objects.requireNonNull(patched.value().training());
    PreparedJob prepared = present.prepared();
    boolean validated = prepared.validationRows().count() > 0;
    TrainingPlan.check(settings, validated, errors);
    errors.throwIfAny(
        formIsWrong ? ProblemType.INVALID_REQUEST : ProblemType.INVALID_SPECIFICATION);
    TrainingPlan plan =
        TrainingPlan.of(settings, prepared.training().loss(), validated, metrics(prepared));
    check(plan, present, errors);
    errors.throwIfAny(ProblemType.INVALID_SPECIFICATION);
    limits.check(
        prepared.network(),
        plan.spec(),
        plan.threads(),
        prepared.trainingRows().count(),
        prepared.rows(),
        prepared.folds() == null ? 0 : prepared.folds().count());
    JobSpec spec = present.leg().spec().withTraining(plan.settings());
    return new JobCourse.Leg(spec, plan.spec(), plan.timeLimit());
  }

  private static void checkFields(ObjectNode patch, InputErrors errors) {
    checkFields("#", patch, Set.of(TRAINING), errors);
    JsonNode training = patch.path(TRAINING);
    checkFields("#/training", training, OF_TRAINING, errors);
    checkFields("#/training/optimizer", training.path(OPTIMIZER), Set.of(LEARNING_RATE), errors);
    if (!training.isObject() && !training.isMissingNode()) {
      errors.add("#/training", "expected an object, got " + PatchReader.describe(training));
    }
    checkGiven("#/training/epochs", training.path("epochs"), errors);
    checkGiven("#/training/optimizer", training.path(OPTIMIZER), errors);
    checkGiven(
        "#/training/optimizer/learningRate", training.path(OPTIMIZER).path(LEARNING_RATE), errors);
  }

  private static void checkFields(
      String pointer, JsonNode object, Set<String> changeable, InputErrors errors) {
    for (String field : object.propertyNames()) {
      if (!changeable.contains(field)) {
        errors.add(JsonErrors.child(pointer, field), FIXED);
      }
    }
  }

  private static void checkGiven(String pointer, JsonNode value, InputErrors errors) {
    if (value.isNull()) {
      errors.add(pointer, "null would remove it, and a training needs it");
    }
  }

  /// The spec with the training of the patch alone, whose pointers are those of the patch.
  private Bound<JobSpec> patched(JobSpec spec, ObjectNode patch) {
    ObjectNode tree = patches.empty();
    tree.set("dataset", patches.tree(DatasetSource.ofId("")));
    ObjectNode present = patches.tree(Objects.requireNonNull(spec.training()));
    JsonNode given = patch.path(TRAINING);
    JsonNode known = given instanceof ObjectNode object ? onlyChangeable(object) : patches.empty();
    tree.set(TRAINING, MergePatch.apply(present, known));
    return patches.spec(tree);
  }

  /// Without what is an error already.
  private static ObjectNode onlyChangeable(ObjectNode training) {
    ObjectNode known = training.deepCopy();
    known.retain(OF_TRAINING);
    if (known.path(OPTIMIZER) instanceof ObjectNode optimizer) {
      optimizer.retain(Set.of(LEARNING_RATE));
    }
    for (String needed : List.of(OPTIMIZER, "epochs")) {
      if (known.path(needed).isNull()) {
        known.remove(needed);
      }
    }
    return known;
  }

  private static List<Metric> metrics(PreparedJob prepared) {
    TrainingSettings settings = Objects.requireNonNull(prepared.spec().training());
    return Objects.requireNonNull(settings.metrics());
  }

  private static void check(TrainingPlan plan, Changeable present, InputErrors errors) {
    int epochs = plan.spec().epochs();
    if (epochs < present.begun()) {
      errors.add(
          "#/training/epochs",
          "must not be below %d, the epoch that has begun, got %d; to end the job now, cancel it"
              .formatted(present.begun(), epochs));
    }
    double rate = plan.spec().optimizer().learningRate();
    boolean sameRate = rate == present.leg().training().optimizer().learningRate();
    if (plan.spec().optimizer() instanceof Rprop && !sameRate && present.begun() > 0) {
      errors.add(
          "#/training/optimizer/learningRate",
          "is the size of the first step of rprop, which is done; its steps find their own size");
    }
    EarlyStopping stopping = plan.spec().earlyStopping();
    if (stopping != null) {
      checkWatched(stopping.metric(), present.prepared(), errors);
    }
  }

  private static void checkWatched(Watched watched, PreparedJob prepared, InputErrors errors) {
    List<Metric> measured = metrics(prepared);
    checkMeasured(watched.metric(), measured, errors);
    if (!errors.isEmpty()) {
      return;
    }
    ExampleRows rows =
        watched.isOfValidation() ? prepared.validationRows() : prepared.trainingRows();
    new MetricPlan(measured, prepared.scoring())
        .checkDefined(watched, rows.targets(prepared.preprocessor()), rows.weights(), errors);
    if (prepared.folds() != null) {
      prepared.folds().checkDefined(watched, errors);
    }
  }

  private static void checkMeasured(
      @Nullable Metric watched, List<Metric> measured, InputErrors errors) {
    if (watched != null && !measured.contains(watched)) {
      errors.add(
          "#/training/earlyStopping/metric",
          "%s is not measured by this job; watch a loss%s"
              .formatted(
                  Words.of(watched),
                  measured.isEmpty()
                      ? ""
                      : measured.stream()
                          .map(Words::of)
                          .collect(Collectors.joining(", ", " or ", ""))));
    }
  }
}
