package dev.backprop.model.onnx;

import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Parameters;
import dev.backprop.dataset.preprocessing.FeatureEncoder;
import dev.backprop.dataset.preprocessing.MissingValues;
import dev.backprop.dataset.preprocessing.NumberEncoder;
import dev.backprop.dataset.preprocessing.Preprocessor;
import dev.backprop.dataset.preprocessing.Scaler;
import dev.backprop.dataset.preprocessing.Scaling;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.dataset.preprocessing.UnseenCategory;
import dev.backprop.model.Lineage;
import dev.backprop.model.Metrics;
import dev.backprop.model.Model;
import dev.backprop.model.ParametersHash;
import dev.backprop.model.spec.JobSpec;
import dev.backprop.model.spec.NetworkSettings;
import dev.backprop.model.spec.PreprocessingSettings;
import dev.backprop.model.spec.TrainingSettings;
import dev.backprop.problem.ProblemException;
import java.time.Instant;
import java.util.List;

/// Makes models of ONNX files of dense networks: products with weights, biases, activations, and
/// normalization, from one input of 32-bit floats to one output.
///
/// Every input is a feature, a number that is not scaled. Of the training nothing is known: the
/// model has no metrics, and in its spec only what follows from the network.
public final class OnnxModelReader {

  /// Numbers without an end, of which no row is flagged.
  private static final float UNLIMITED = Float.MAX_VALUE;

  private static final PreprocessingSettings AS_THEY_ARE =
      new PreprocessingSettings(
          false, Scaling.NONE, 1, MissingValues.REJECT, UnseenCategory.FLAG, false);

  private OnnxModelReader() {}

  /// The model of a file.
  ///
  /// @param file is not kept
  /// @param name of the model
  /// @param now when it is made
  /// @throws ProblemException [dev.backprop.problem.ProblemType#INVALID_MODEL] for a file that is
  ///   no dense network; [dev.backprop.problem.ProblemType#INVALID_REQUEST] for names that do not
  ///   fit it
  public static Model read(byte[] file, String name, ImportOptions options, Instant now) {
    OnnxGraph graph = OnnxFileReader.read(file);
    DenseNetwork network = new DenseNetwork(graph, options.output());
    ImportedTask task = ImportedTask.of(options.task(), network);
    NetworkSpec shape = network.spec(task.output());
    requireOwnWeights(shape, file.length);

    ImportNames names = new ImportNames(options, graph.metadata());
    List<String> features = names.features(network.inputs());
    TargetEncoder target = target(task, network.outputs(), names);
    names.throwIfAny(features, target.columns());
    Parameters parameters = network.parameters(shape);
    return new Model(
        name,
        1,
        now,
        task.task(),
        spec(name, features, target, task, shape),
        new Preprocessor(features.stream().map(OnnxModelReader::number).toList(), target),
        parameters,
        Metrics.unknown(),
        Lineage.unknown(ParametersHash.of(parameters)),
        null,
        null,
        null);
  }

  /// A small file in which many layers share their weights would make a large model.
  private static void requireOwnWeights(NetworkSpec shape, int fileLength) {
    long bytes = Float.BYTES * (shape.parameterCount() + shape.statisticsCount());
    if (bytes > 2L * fileLength) {
      throw InvalidOnnx.because(
          "The network has parameters of %d bytes and the file %d; layers that share their weights are not taken."
              .formatted(bytes, fileLength));
    }
  }

  private static FeatureEncoder number(String name) {
    return new NumberEncoder(name, new Scaler.None(), -UNLIMITED, UNLIMITED, null, false);
  }

  private static TargetEncoder target(ImportedTask task, int outputs, ImportNames names) {
    return switch (task.task()) {
      case CLASSIFICATION -> {
        boolean binary = outputs == 1;
        yield new TargetEncoder.Classes(names.target(), names.labels(binary ? 2 : outputs), binary);
      }
      case MULTILABEL -> new TargetEncoder.Labels(names.labelsOrTargets(outputs));
      case REGRESSION -> new TargetEncoder.Values(names.targets(outputs));
    };
  }

  private static JobSpec spec(
      String name,
      List<String> features,
      TargetEncoder target,
      ImportedTask task,
      NetworkSpec shape) {
    List<NetworkSettings.Layer> hidden =
        shape.layers().subList(0, shape.layers().size() - 1).stream()
            .map(OnnxModelReader::settings)
            .toList();
    return new JobSpec(
        name,
        null,
        features,
        target.columns(),
        task.task(),
        AS_THEY_ARE,
        new NetworkSettings(hidden, new NetworkSettings.Output(task.output()), null, null),
        training(task),
        null,
        null,
        null,
        null,
        null);
  }

  private static NetworkSettings.Layer settings(LayerSpec layer) {
    return new NetworkSettings.Layer(
        layer.units(), layer.activation(), layer.dropout(), layer.normalization());
  }

  /// The loss alone, which says what the outputs mean and what a warm start goes on with.
  private static TrainingSettings training(ImportedTask task) {
    return new TrainingSettings(
        task.loss(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
