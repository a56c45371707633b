package dev.backprop.job;

import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.Loss;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.preprocessing.FeatureEncoder;
import dev.backprop.dataset.preprocessing.Preprocessing;
import dev.backprop.dataset.preprocessing.Preprocessor;
import dev.backprop.dataset.preprocessing.Target;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.model.Model;
import dev.backprop.model.ModelRepository;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.model.spec.NetworkSettings;
import dev.backprop.model.spec.NetworkSettings.Layer;
import dev.backprop.model.spec.Task;
import dev.backprop.model.spec.TrainingSettings;
import dev.backprop.model.spec.WarmStartSettings;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.JsonErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a job starts from, and what of the job's spec follows from it.
///
/// @param origin whose parameters and preprocessor are kept
record WarmStart(Origin origin) {

  /// The warm start of a spec.
  ///
  /// @param errors takes an unknown model, and all of the spec that is not the model's
  /// @return null where none is asked for, or the model is not there
  static @Nullable WarmStart of(JobSpec spec, ModelRepository models, InputErrors errors) {
    WarmStartSettings settings = spec.warmStart();
    if (settings == null || settings.model() == null || isBelowFirst(settings.version())) {
      return null;
    }
    Optional<Model> found = find(settings.model(), settings.version(), models, errors);
    return found.map(model -> of(Origin.of(model), spec, errors)).orElse(null);
  }

  /// The start of a spec from this origin.
  ///
  /// @param errors takes all of the spec that is not the origin's
  static WarmStart of(Origin origin, JobSpec spec, InputErrors errors) {
    new WarmStartCheck(origin, errors).check(spec);
    return new WarmStart(origin);
  }

  /// An error of form, which the caller hears of already.
  private static boolean isBelowFirst(@Nullable Integer version) {
    return version != null && version < 1;
  }

  private static Optional<Model> find(
      String name, @Nullable Integer version, ModelRepository models, InputErrors errors) {
    Optional<Model> newest = models.newest(name);
    if (newest.isEmpty()) {
      errors.add(
          "#/warmStart/model",
          "there is no model '%s' on this server; GET /api/v1/models lists those that there are"
              .formatted(JsonErrors.shorten(name)));
      return newest;
    }
    Optional<Model> found = version == null ? models.find(name) : models.find(name, version);
    if (found.isEmpty()) {
      errors.add(
          "#/warmStart/version",
          "model '%s' has no version %d; its newest is %d"
              .formatted(name, version, newest.get().version()));
    }
    return found;
  }

  /// For the caller, the version filled in; null where there is no model.
  @Nullable WarmStartSettings settings() {
    Model model = origin.model();
    return model == null ? null : new WarmStartSettings(model.name(), model.version());
  }

  /// The settings that the model's preprocessor was fitted with.
  Preprocessing preprocessing() {
    return PreprocessingPlan.of(
        origin.spec().preprocessing(),
        origin.task(),
        origin.parameters().spec().output().activation());
  }

  /// The model's columns and what it learns from them, for other data.
  ///
  /// @param given may have another loss
  /// @param errors takes all of the data that the model does not take
  /// @return null, exactly if errors were added
  @Nullable TargetPlan target(@Nullable TrainingSettings given, Dataset data, InputErrors errors) {
    Preprocessor preprocessor = origin.preprocessor();
    List<String> targets = preprocessor.target().columns();
    Task task = origin.task();
    Activation output = origin.parameters().spec().output().activation();
    Loss loss = loss(given);

    InputErrors ofData = new InputErrors();
    InputErrors ofLoss = new InputErrors();
    preprocessor.checkKnown(data, ofData, "#/dataset");
    TargetPlan.checkOutput(task, output, loss, ofLoss);
    if (ofData.isEmpty() && task == Task.REGRESSION) {
      TargetPlan.checkRange(loss, data, targets, ofData);
    }
    ofData.toList().forEach(error -> errors.add("#/dataset", error.detail() + advice()));
    errors.addAll(ofLoss.toList());
    return ofData.isEmpty() && ofLoss.isEmpty()
        ? new TargetPlan(
            preprocessor.features().stream().map(FeatureEncoder::name).toList(),
            targets,
            task,
            output,
            loss,
            target(preprocessor.target()))
        : null;
  }

  private String advice() {
    return "; a warm start needs data as %s had them: change them, or %s"
        .formatted(origin.inWords(), origin.elseInWords());
  }

  private Loss loss(@Nullable TrainingSettings given) {
    if (given != null && given.loss() != null) {
      return given.loss();
    }
    TrainingSettings own = Objects.requireNonNull(origin.spec().training());
    return Objects.requireNonNull(own.loss());
  }

  private static Target target(TargetEncoder encoder) {
    return switch (encoder) {
      case TargetEncoder.Classes classes -> new Target.Classes(classes.column(), classes.binary());
      case TargetEncoder.Values values -> new Target.Values(values.columns());
      case TargetEncoder.Labels labels -> new Target.Labels(labels.columns());
    };
  }

  /// The model's network, with the dropout that is given.
  ///
  /// @param given of the model's shape, or null
  NetworkPlan network(@Nullable NetworkSettings given) {
    List<Layer> own = hidden(origin);
    List<Layer> layers = given == null || given.hidden() == null ? own : given.hidden();
    List<Layer> complete = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      complete.add(complete(layers.get(i), own.get(i)));
    }
    Activation output = origin.parameters().spec().output().activation();
    return NetworkPlan.of(
            new NetworkSettings(complete, new NetworkSettings.Output(output), null, null), output)
        .withoutInitializer();
  }

  private static Layer complete(Layer given, Layer own) {
    return new Layer(
        own.units(),
        own.activation(),
        given.dropout() == null ? own.dropout() : given.dropout(),
        own.normalization());
  }

  /// The hidden layers of an origin, every default filled in.
  static List<Layer> hidden(Origin origin) {
    NetworkSettings network = Objects.requireNonNull(origin.spec().network());
    return Objects.requireNonNull(network.hidden());
  }
}
