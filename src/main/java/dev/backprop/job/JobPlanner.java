package dev.backprop.job;

import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Parameters;
import dev.backprop.core.train.EarlyStopping;
import dev.backprop.core.train.Watched;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.DatasetRepository;
import dev.backprop.dataset.intake.DatasetFactory;
import dev.backprop.dataset.intake.DatasetSource;
import dev.backprop.dataset.preprocessing.Preprocessor;
import dev.backprop.job.webhook.WebhookTargets;
import dev.backprop.model.ModelRepository;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.model.spec.Priority;
import dev.backprop.problem.Bound;
import dev.backprop.problem.InputError;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.JsonErrors;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Makes a prepared job out of a spec, or says all that is wrong with it.
@Component
class JobPlanner {

  private static final String DEFAULT_NAME = "model";

  private final DatasetRepository datasets;
  private final DatasetFactory factory;
  private final ModelRepository models;
  private final WebhookTargets webhooks;
  private final JobLimits limits;

  JobPlanner(
      DatasetRepository datasets,
      DatasetFactory factory,
      ModelRepository models,
      WebhookTargets webhooks,
      JobProperties properties) {
    this.datasets = datasets;
    this.factory = factory;
    this.models = models;
    this.webhooks = webhooks;
    limits = new JobLimits(properties);
  }

  /// Fills in every default and checks the spec against the data. Inline data are stored only if
  /// nothing is wrong.
  ///
  /// @throws ProblemException with all errors: [ProblemType#INVALID_REQUEST] if the form is wrong,
  ///   [ProblemType#INVALID_DATA] for inline data, [ProblemType#INVALID_SPECIFICATION] if settings
  ///   do not fit or the data set or model is unknown, [ProblemType#LIMIT_EXCEEDED],
  ///   [ProblemType#INSUFFICIENT_STORAGE]; [ProblemType#NOT_FOUND] if the data set is deleted
  ///   meanwhile
  PreparedJob prepare(Bound<JobSpec> request) {
    return prepare(request, null);
  }

  /// The same for a job that starts from what is not a model of its spec.
  ///
  /// @param origin null for none
  /// @throws ProblemException as above
  PreparedJob prepare(Bound<JobSpec> request, @Nullable Origin origin) {
    InputErrors errors = new InputErrors();
    errors.addAll(request.errors());
    JobSpec spec = request.value();
    boolean formIsWrong = !errors.isEmpty();
    NetworkPlan.check(spec.network(), errors);
    TrainingPlan.check(spec.training(), ValidationPlan.validates(spec.validation()), errors);
    TrainingPlan.checkNetwork(spec.training(), spec.network(), errors);
    PreprocessingPlan.check(spec.preprocessing(), errors);
    webhooks.check(url(spec), "#/webhook/url", errors);
    WarmStart start =
        origin == null ? WarmStart.of(spec, models, errors) : WarmStart.of(origin, spec, errors);
    if (!formIsWrong) {
      ValidationPlan.check(spec.validation(), errors);
    }
    Optional<Dataset> data = dataset(spec.dataset(), errors);
    Dataset validation = ValidationPlan.dataset(spec.validation(), datasets, errors);
    boolean dataAreWrong = data.isEmpty() && isInline(spec.dataset());
    Draft draft =
        data.map(found -> draft(spec, start, found, validation, formIsWrong, errors)).orElse(null);
    errors.throwIfAny(
        formIsWrong
            ? ProblemType.INVALID_REQUEST
            : dataAreWrong ? ProblemType.INVALID_DATA : ProblemType.INVALID_SPECIFICATION);
    return lease(spec, start, Objects.requireNonNull(draft));
  }

  /// The address of the webhook that a spec names, or null.
  static @Nullable String url(JobSpec spec) {
    return spec.webhook() == null ? null : spec.webhook().url();
  }

  private static boolean isInline(@Nullable DatasetSource source) {
    return source != null && source.id() == null;
  }

  private Optional<Dataset> dataset(@Nullable DatasetSource source, InputErrors errors) {
    if (source == null) {
      return Optional.empty();
    }
    String id = source.id();
    if (id == null) {
      return factory.fromRequest(source.request(), errors, "#/dataset");
    }
    List<InputError> own = source.errors();
    if (!own.isEmpty()) {
      own.forEach(error -> errors.add(error.below("#/dataset")));
      return Optional.empty();
    }
    Optional<Dataset> stored = datasets.find(id);
    if (stored.isEmpty()) {
      errors.add(
          "#/dataset/id", "there is no data set '" + JsonErrors.shorten(id) + "' on this server");
    }
    return stored;
  }

  /// All of a prepared job but the lease.
  private record Draft(
      Fitted fitted,
      NetworkPlan network,
      TrainingPlan training,
      NetworkSpec shape,
      @Nullable Parameters initialParameters) {}

  private @Nullable Draft draft(
      JobSpec spec,
      @Nullable WarmStart start,
      Dataset data,
      @Nullable Dataset validation,
      boolean formIsWrong,
      InputErrors errors) {
    Fitted fitted = Fitted.of(spec, start, data, validation, formIsWrong, errors);
    if (fitted == null) {
      return null;
    }
    TargetPlan target = fitted.target();
    Folds folds = fitted.folds();
    ExampleRows trainingRows = fitted.trainingRows();
    NetworkPlan network =
        start == null
            ? NetworkPlan.of(spec.network(), target.output())
            : start.network(spec.network());
    BatchNormalizationCheck.checkRows(
        network.settings(),
        folds == null ? trainingRows.count() : folds.fewestTrainingRows(),
        errors);
    boolean validated = ValidationPlan.validates(spec.validation());
    TrainingPlan training =
        TrainingPlan.of(spec.training(), target.loss(), validated, fitted.metrics().metrics());
    Preprocessor preprocessor = fitted.preprocessor();
    NetworkSpec shape = network.network(preprocessor.inputs(), preprocessor.outputs());
    limits.check(
        shape,
        training.spec(),
        training.threads(),
        trainingRows.count(),
        trainingRows.count() + fitted.validationRows().count(),
        folds == null ? 0 : folds.count());
    checkWatched(training.spec().earlyStopping(), fitted, errors);
    return new Draft(fitted, network, training, shape, network.initialParameters(shape, errors));
  }

  private static void checkWatched(
      @Nullable EarlyStopping stopping, Fitted fitted, InputErrors errors) {
    if (stopping == null) {
      return;
    }
    Watched watched = stopping.metric();
    ExampleRows rows = watched.isOfValidation() ? fitted.validationRows() : fitted.trainingRows();
    fitted
        .metrics()
        .checkDefined(watched, rows.targets(fitted.preprocessor()), rows.weights(), errors);
    if (fitted.folds() != null) {
      fitted.folds().checkDefined(watched, errors);
    }
  }

  private PreparedJob lease(JobSpec spec, @Nullable WarmStart start, Draft draft) {
    Fitted fitted = draft.fitted();
    DatasetSource source = Objects.requireNonNull(spec.dataset());
    DatasetRepository.Lease lease = lease(source, fitted.data(), fitted.validation());
    TargetPlan plan = fitted.target();
    String byDefault = start == null ? nameOf(fitted.data()) : start.origin().name();
    String name = spec.name() == null ? byDefault : spec.name();
    JobSpec complete =
        new JobSpec(
            name,
            DatasetSource.ofId(lease.dataset().id()),
            plan.features(),
            plan.targets(),
            plan.task(),
            PreprocessingPlan.settings(fitted.preprocessing()),
            draft.network().settings(),
            draft.training().settings(),
            spec.validation(),
            start == null ? null : start.settings(),
            spec.weights(),
            spec.priority() == null ? Priority.NORMAL : spec.priority(),
            spec.webhook());
    return new PreparedJob(
        complete,
        name,
        plan.task(),
        lease,
        fitted.split(),
        fitted.preprocessor(),
        draft.shape(),
        draft.network().initializer(),
        draft.initialParameters(),
        draft.training().spec(),
        draft.training().timeLimit(),
        start == null ? null : start.origin(),
        fitted.weights(),
        fitted.metrics().scoring(),
        draft.training().threads(),
        fitted.validation(),
        fitted.folds());
  }

  private DatasetRepository.Lease lease(
      DatasetSource source, Dataset data, @Nullable Dataset validation) {
    if (validation == null) {
      return isInline(source) ? datasets.saveAndLease(data) : datasets.lease(data.id());
    }
    DatasetRepository.Lease second = datasets.lease(validation.id());
    try {
      return new DatasetLeases(lease(source, data, null), second);
    } catch (RuntimeException e) {
      second.close();
      throw e;
    }
  }

  private static String nameOf(Dataset data) {
    return data.name().matches(JobSpec.NAME) ? data.name() : DEFAULT_NAME;
  }
}
