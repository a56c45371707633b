package dev.backprop.inference.file;

import dev.backprop.core.metric.Calibration;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Parameters;
import dev.backprop.dataset.preprocessing.FeatureEncoder;
import dev.backprop.dataset.preprocessing.Preprocessor;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.inference.Predictor;
import dev.backprop.inference.file.ModelDocument.PreprocessingDocument;
import dev.backprop.model.Model;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.model.spec.NetworkSettings;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.JsonBinder;
import dev.backprop.problem.ProblemException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Reads model files. Nothing of one is believed: its parts have to fit each other, and the model
/// has to say of the rows in the file what the file says.
@Component
final class ModelFileReader {

  private final JsonBinder json;
  private final Predictor predictor;

  ModelFileReader(JsonBinder json, Predictor predictor) {
    this.json = json;
    this.predictor = predictor;
  }

  /// The model of a file, under the name, the version and with the lineage that it had.
  ///
  /// @throws ProblemException [ProblemType#INVALID_MODEL] with all that is wrong with a part;
  ///   [ProblemType#PAYLOAD_TOO_LARGE] where its JSON is larger than JSON may be
  Model read(byte[] file) {
    ModelFileParts parts = ModelFileParts.read(file, json);
    ModelDocument document =
        ModelFileParts.bind(parts.model(), ModelDocument.class, json, Set.of(LineageCheck.DATASET));
    Preprocessor preprocessor = preprocessor(document);
    NetworkSpec network = network(document, preprocessor, parts);
    Parameters parameters = parameters(network, parts.parameters());
    Model model =
        new Model(
            Objects.requireNonNull(document.name()),
            document.version(),
            Objects.requireNonNull(document.createdAt()),
            Objects.requireNonNull(document.task()),
            Objects.requireNonNull(document.spec()),
            preprocessor,
            parameters,
            Objects.requireNonNull(document.metrics()),
            Objects.requireNonNull(document.lineage()),
            document.crossValidation(),
            calibration(document, preprocessor),
            document.training() == null ? null : document.training().toSummary());
    SelfTest test = ModelFileParts.bind(parts.selfTest(), SelfTest.class, json);
    SelfTestCheck.check(model, test, predictor);
    return model;
  }

  private static @Nullable Calibration calibration(
      ModelDocument document, Preprocessor preprocessor) {
    CalibrationDocument calibration = document.calibration();
    try {
      return calibration == null ? null : calibration.toCalibration(preprocessor);
    } catch (IllegalArgumentException e) {
      InputErrors errors = new InputErrors();
      errors.add("#/calibration", String.valueOf(e.getMessage()));
      throw InvalidModelFile.in(ModelDocument.NAME, errors);
    }
  }

  private static Preprocessor preprocessor(ModelDocument document) {
    PreprocessingDocument preprocessing = Objects.requireNonNull(document.preprocessing());
    InputErrors errors = new InputErrors();
    new PreprocessingCheck(errors).check(preprocessing);
    if (!errors.isEmpty()) {
      throw InvalidModelFile.in(ModelDocument.NAME, errors);
    }
    List<FeatureEncoder> features =
        Objects.requireNonNull(preprocessing.features()).stream()
            .map(FeatureDocument::toEncoder)
            .toList();
    return new Preprocessor(features, Objects.requireNonNull(preprocessing.target()).toEncoder());
  }

  /// The network of the settings, which has to be the one that is described, and to belong to the
  /// preprocessor.
  private static NetworkSpec network(
      ModelDocument document, Preprocessor preprocessor, ModelFileParts parts) {
    InputErrors errors = new InputErrors();
    JobSpec spec = Objects.requireNonNull(document.spec());
    LineageCheck.check(
        Objects.requireNonNull(document.lineage()), spec, parts.parametersSha256(), errors);
    NetworkSpec network = shape(spec.network(), preprocessor, errors);
    Loss loss = spec.training() == null ? null : spec.training().loss();
    if (loss == null) {
      errors.add("#/spec/training/loss", "is required in the settings of a trained model");
    }
    if (network != null && loss != null) {
      checkOutput(document, preprocessor.target(), network, loss, errors);
      checkLayers(Objects.requireNonNull(document.network()), network, errors);
    }
    if (!errors.isEmpty() || network == null) {
      throw InvalidModelFile.in(ModelDocument.NAME, errors);
    }
    return network;
  }

  private static @Nullable NetworkSpec shape(
      @Nullable NetworkSettings settings, Preprocessor preprocessor, InputErrors errors) {
    String pointer = "#/spec/network";
    if (settings == null || !settings.isComplete()) {
      errors.add(
          pointer,
          "units, activation, dropout and normalization of every hidden layer and the activation of the output are required");
      return null;
    }
    try {
      return settings.shape(preprocessor.inputs(), preprocessor.outputs());
    } catch (IllegalArgumentException e) {
      errors.add(pointer, String.valueOf(e.getMessage()));
      return null;
    }
  }

  private static void checkOutput(
      ModelDocument document,
      TargetEncoder target,
      NetworkSpec network,
      Loss loss,
      InputErrors errors) {
    TargetDocument described =
        Objects.requireNonNull(Objects.requireNonNull(document.preprocessing()).target());
    if (document.task() != described.task()) {
      errors.add("#/task", "does not belong to the target of the preprocessing");
    }
    if (document.scores() != ScoreKind.of(target, loss)) {
      errors.add("#/scores", "are not those of the target and the loss");
    }
    if (!loss.fits(network.output().activation())) {
      errors.add("#/spec/training/loss", "does not work with the activation of the output");
    }
  }

  private static void checkLayers(
      NetworkDocument described, NetworkSpec network, InputErrors errors) {
    NetworkDocument expected = NetworkDocument.of(network);
    List<NetworkDocument.Layer> layers = Objects.requireNonNull(described.layers());
    List<NetworkDocument.Layer> own = Objects.requireNonNull(expected.layers());
    if (described.inputs() != expected.inputs()) {
      errors.add(
          "#/network/inputs",
          "%d, but the features have %d".formatted(described.inputs(), expected.inputs()));
    }
    if (layers.size() != own.size()) {
      errors.add("#/network/layers", "%d, but spec has %d".formatted(layers.size(), own.size()));
      return;
    }
    for (int i = 0; i < own.size(); i++) {
      if (!layers.get(i).equals(own.get(i))) {
        errors.add("#/network/layers/" + i, "is not the layer of spec and target");
      }
    }
  }

  private static Parameters parameters(NetworkSpec network, StoredZipReader.Entry entry) {
    long size = ParametersFile.size(network);
    if (entry.length() != size) {
      throw InvalidModelFile.because(
          "%s: it has %d bytes, the network has parameters of %d"
              .formatted(entry.name(), entry.length(), size));
    }
    Parameters parameters = ParametersFile.read(network, entry.littleEndian());
    if (!parameters.areFinite()) {
      throw InvalidModelFile.because(entry.name() + ": a number is NaN or infinite");
    }
    return parameters;
  }
}
