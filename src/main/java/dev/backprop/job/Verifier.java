package dev.backprop.job;

import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.DatasetRepository;
import dev.backprop.dataset.intake.DatasetSource;
import dev.backprop.http.Page;
import dev.backprop.http.PageRequest;
import dev.backprop.model.Lineage;
import dev.backprop.model.Model;
import dev.backprop.model.ModelRepository;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.model.spec.ValidationSettings;
import dev.backprop.problem.Bound;
import dev.backprop.problem.JsonErrors;
import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Trains models again from their lineage, as jobs like any other, to compare what comes of it.
final class Verifier {

  private final JobPlanner planner;
  private final JobOperator operator;
  private final JobRepository jobs;
  private final DatasetRepository datasets;
  private final ModelRepository models;
  private final String codeVersion;

  /// By the ids of their jobs; forgotten with these.
  private final Map<String, Verification> verifications = new ConcurrentHashMap<>();

  /// @param codeVersion of this server
  Verifier(
      JobPlanner planner,
      JobOperator operator,
      JobRepository jobs,
      DatasetRepository datasets,
      ModelRepository models,
      String codeVersion) {
    this.planner = planner;
    this.operator = operator;
    this.jobs = jobs;
    this.datasets = datasets;
    this.models = models;
    this.codeVersion = codeVersion;
  }

  /// Queues the training of a model once more.
  ///
  /// @param caller whose job it is, see [Callers]
  /// @return its job
  /// @throws ProblemException [ProblemType#CONFLICT] if it cannot be repeated or what it needs is
  ///   gone, and as [JobOperator#submit]
  Job start(Model model, String caller) {
    int epochs = requireRepeatable(model);
    Verification verification = new Verification(model, codeVersion);
    Job job = operator.submit(prepare(model).again(epochs), verification, caller);
    verifications.keySet().removeIf(id -> jobs.find(id).isEmpty());
    verifications.put(job.id(), verification);
    return job;
  }

  /// The one place that refuses trainings which their lineage does not tell in full.
  ///
  /// @return the epochs of the training
  private static int requireRepeatable(Model model) {
    Integer epochs = model.lineage().epochs();
    if (epochs == null || model.lineage().datasetSha256() == null) {
      throw refused(model, "its lineage does not say how it was trained");
    }
    if (model.lineage().changedOnTheWay()) {
      throw refused(model, "its settings were changed while it was trained");
    }
    return epochs;
  }

  private static ProblemException refused(Model model, String reason) {
    return new ProblemException(
        ProblemType.CONFLICT,
        "Version %d of model '%s' cannot be trained again: %s."
            .formatted(model.version(), model.name(), reason));
  }

  private PreparedJob prepare(Model model) {
    Origin fork = fork(model, model.lineage().parent());
    try {
      return planner.prepare(new Bound<>(spec(model), List.of()), fork);
    } catch (ProblemException e) {
      if (e.type() == ProblemType.INSUFFICIENT_STORAGE || e.type() == ProblemType.CONFLICT) {
        throw e;
      }
      throw refused(model, "this server refuses its spec now, because " + e.detail());
    }
  }

  /// What a fork starts from; a warm start's model is named by its spec.
  private @Nullable Origin fork(Model model, Lineage.@Nullable Parent parent) {
    if (parent == null) {
      return null;
    }
    Model origin =
        find(parent)
            .filter(found -> found.lineage().parametersSha256().equals(parent.parametersSha256()))
            .orElseThrow(
                () ->
                    refused(
                        model,
                        "it started from %s with the parametersSha256 %s, which is not there any more"
                            .formatted(parent.inWords(), parent.parametersSha256())));
    return parent.job() == null ? null : Origin.of(origin, parent);
  }

  private Optional<Model> find(Lineage.Parent parent) {
    return parent.model() == null || parent.version() == null
        ? Optional.empty()
        : models.find(parent.model(), parent.version());
  }

  /// The model's spec on the data sets that have the same content now, whatever their ids.
  private JobSpec spec(Model model) {
    JobSpec spec = model.spec().ofModel();
    DatasetSource source = spec.dataset();
    String content = Objects.requireNonNull(model.lineage().datasetSha256());
    String id = find(model, source == null ? null : source.id(), content);
    JobSpec found = spec.withDataset(DatasetSource.ofId(id));
    String sha256 = model.lineage().validationDatasetSha256();
    if (sha256 == null) {
      return found;
    }
    ValidationSettings validation = Objects.requireNonNull(spec.validation());
    return found.withValidation(
        new ValidationSettings(null, null, find(model, validation.dataset(), sha256), null));
  }

  /// @param id that it had
  private String find(Model model, @Nullable String id, String sha256) {
    if (id != null && datasets.find(id).filter(data -> data.sha256().equals(sha256)).isPresent()) {
      return id;
    }
    String after = null;
    do {
      Page<Dataset> page = datasets.list(new PageRequest(PageRequest.MAX_LIMIT, after));
      for (Dataset data : page.data()) {
        if (data.sha256().equals(sha256)) {
          return data.id();
        }
      }
      after = page.next();
    } while (after != null);
    throw refused(
        model,
        "no data set on this server has the sha256 %s; upload the same content again"
            .formatted(sha256));
  }

  /// A verification of a version.
  ///
  /// @param id of its job
  /// @throws ProblemException [ProblemType#NOT_FOUND], also when the job is forgotten
  VerificationView view(String name, int version, String id) {
    Verification verification = verifications.get(id);
    Job job = jobs.find(id).orElse(null);
    if (verification == null || job == null || !verification.isOf(name, version)) {
      throw ProblemException.notFound("verification", JsonErrors.shorten(id));
    }
    return verification.view(job);
  }
}
