package dev.backprop.job;

import dev.backprop.core.metric.Scoring;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Parameters;
import dev.backprop.core.train.EarlyStopping;
import dev.backprop.core.train.Watched;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.DatasetFactory;
import dev.backprop.dataset.DatasetRepository;
import dev.backprop.dataset.DatasetSource;
import dev.backprop.dataset.Preprocessor;
import dev.backprop.dataset.Split;
import dev.backprop.model.ModelRepository;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.model.spec.PreprocessingSettings;
import dev.backprop.problem.Bound;
import dev.backprop.problem.InputError;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.JsonErrors;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Makes a prepared job out of a spec, or says all that is wrong with it.
@Component
class JobPlanner {

  private static final String DEFAULT_NAME = "model";

  private final DatasetRepository datasets;
  private final DatasetFactory factory;
  private final ModelRepository models;
  private final JobLimits limits;

  JobPlanner(
      DatasetRepository datasets,
      DatasetFactory factory,
      ModelRepository models,
      JobProperties properties) {
    this.datasets = datasets;
    this.factory = factory;
    this.models = models;
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
    InputErrors errors = new InputErrors();
    errors.addAll(request.errors());
    JobSpec spec = request.value();
    boolean formIsWrong = !errors.isEmpty();
    NetworkPlan.check(spec.network(), errors);
    TrainingPlan.check(spec.training(), ValidationPlan.validates(spec.validation()), errors);
    TrainingPlan.checkNetwork(spec.training(), spec.network(), errors);
    WarmStart start = WarmStart.of(spec, models, errors);
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
      Dataset data,
      @Nullable Dataset validation,
      TargetPlan target,
      boolean standardize,
      NetworkPlan network,
      TrainingPlan training,
      Split split,
      Preprocessor preprocessor,
      NetworkSpec shape,
      @Nullable Parameters initialParameters,
      RowWeights weights,
      Scoring scoring,
      @Nullable Folds folds) {}

  private @Nullable Draft draft(
      JobSpec spec,
      @Nullable WarmStart start,
      Dataset data,
      @Nullable Dataset validation,
      boolean formIsWrong,
      InputErrors errors) {
    TargetPlan target = target(spec, start, data, errors);
    MetricPlan metrics =
        target == null ? null : MetricPlan.of(spec.training(), target, data, errors);
    if (target != null) {
      RowWeights.check(spec, target, data, errors);
    }
    Split split =
        formIsWrong || target == null ? null : ValidationPlan.split(spec, data, target, errors);
    if (target == null || metrics == null || split == null) {
      return null;
    }
    boolean standardize = start == null ? standardize(spec.preprocessing()) : start.standardizes();
    Function<Split, Preprocessor> fitting =
        rows ->
            Preprocessor.fit(
                data, target.features(), target.target(), rows.trainingRows(), standardize);
    Preprocessor preprocessor = start == null ? fitting.apply(split) : start.model().preprocessor();
    Folds folds = Folds.of(spec, target, data, fitting, errors);
    if (validation != null) {
      ValidationPlan.check(validation, data, preprocessor, spec, target, errors);
    }
    if (!errors.isEmpty()) {
      return null;
    }
    RowWeights weights = RowWeights.of(spec, target, data, split, errors);
    ExampleRows validationRows = ExampleRows.validation(data, split, weights, validation);
    if (validation != null) {
      validationRows.checkWeights("validation", "#/validation/dataset", errors);
    }
    if (folds != null && !weights.areOne()) {
      folds.checkWeights(errors);
    }
    if (!errors.isEmpty()) {
      return null;
    }
    NetworkPlan network =
        start == null
            ? NetworkPlan.of(spec.network(), target.output())
            : start.network(spec.network());
    BatchNormalizationCheck.checkRows(
        network.settings(),
        folds == null ? split.trainingRows().length : folds.fewestTrainingRows(),
        errors);
    boolean validated = ValidationPlan.validates(spec.validation());
    TrainingPlan training =
        TrainingPlan.of(spec.training(), target.loss(), validated, metrics.metrics());
    NetworkSpec shape = network.network(preprocessor.inputs(), preprocessor.outputs());
    ExampleRows trainingRows = ExampleRows.training(data, split, weights);
    limits.check(
        shape,
        training.spec(),
        training.threads(),
        trainingRows.count(),
        trainingRows.count() + validationRows.count(),
        folds == null ? 0 : folds.count());
    EarlyStopping stopping = training.spec().earlyStopping();
    if (stopping != null) {
      Watched watched = stopping.metric();
      ExampleRows rows = watched.isOfValidation() ? validationRows : trainingRows;
      metrics.checkDefined(watched, rows.targets(preprocessor), rows.weights(), errors);
      if (folds != null) {
        folds.checkDefined(watched, metrics, errors);
      }
    }
    Parameters initial = network.initialParameters(shape, errors);
    return new Draft(
        data,
        validation,
        target,
        standardize,
        network,
        training,
        split,
        preprocessor,
        shape,
        initial,
        weights,
        metrics.scoring(),
        folds);
  }

  private static @Nullable TargetPlan target(
      JobSpec spec, @Nullable WarmStart start, Dataset data, InputErrors errors) {
    if (!columnsAreReadable(spec) || (start == null && spec.warmStart() != null)) {
      return null;
    }
    if (start == null) {
      return TargetPlan.of(spec, data, errors);
    }
    TargetPlan target = start.target(spec.training(), data, errors);
    if (target != null && spec.weights() != null) {
      Preprocessor.checkWeights(data, spec.weights(), target.features(), target.target(), errors);
    }
    return target;
  }

  /// A name that could not be read is absent from its list.
  private static boolean columnsAreReadable(JobSpec spec) {
    return Stream.of(spec.features(), spec.targets())
        .filter(Objects::nonNull)
        .flatMap(List::stream)
        .allMatch(Objects::nonNull);
  }

  static boolean standardize(@Nullable PreprocessingSettings settings) {
    return (settings == null || settings.standardize() == null)
        ? PreprocessingSettings.DEFAULT_STANDARDIZE
        : settings.standardize();
  }

  private PreparedJob lease(JobSpec spec, @Nullable WarmStart start, Draft draft) {
    DatasetSource source = Objects.requireNonNull(spec.dataset());
    DatasetRepository.Lease lease = lease(source, draft.data(), draft.validation());
    TargetPlan plan = draft.target();
    String byDefault = start == null ? nameOf(draft.data()) : start.model().name();
    String name = spec.name() == null ? byDefault : spec.name();
    JobSpec complete =
        new JobSpec(
            name,
            DatasetSource.ofId(lease.dataset().id()),
            plan.features(),
            plan.targets(),
            plan.task(),
            new PreprocessingSettings(draft.standardize()),
            draft.network().settings(),
            draft.training().settings(),
            spec.validation(),
            start == null ? null : start.settings(),
            spec.weights());
    return new PreparedJob(
        complete,
        name,
        plan.task(),
        lease,
        draft.split(),
        draft.preprocessor(),
        draft.shape(),
        draft.network().initializer(),
        draft.initialParameters(),
        draft.training().spec(),
        draft.training().timeLimit(),
        start == null ? null : start.model(),
        draft.weights(),
        draft.scoring(),
        draft.training().threads(),
        draft.validation(),
        draft.folds());
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
