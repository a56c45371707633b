package dev.backprop.inference.protocol;

import dev.backprop.core.nn.Loss;
import dev.backprop.dataset.ColumnType;
import dev.backprop.dataset.preprocessing.FeatureEncoder;
import dev.backprop.dataset.preprocessing.Preprocessor;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/// What a model takes and gives in the words of the Open Inference Protocol.
///
/// All features of a model may come as one tensor [#INPUT], rows × features, if all of them are
/// numbers; every model takes a tensor for each feature by its name.
final class ModelTensors {

  /// The tensor of all features.
  static final String INPUT = "input";

  private final List<FeatureEncoder> features;
  private final List<OutputTensor> outputs;

  ModelTensors(Model model) {
    Preprocessor preprocessor = model.preprocessor();
    features = preprocessor.features();
    Loss loss = Objects.requireNonNull(model.spec().training()).loss();
    outputs = outputs(preprocessor.target(), loss instanceof Loss.Hinge);
  }

  private static List<OutputTensor> outputs(TargetEncoder target, boolean margins) {
    String scores = margins ? "margins" : "probabilities";
    return switch (target) {
      case TargetEncoder.Classes classes ->
          List.of(
              OutputTensor.texts("label", p -> Objects.requireNonNull(p.label())),
              OutputTensor.scores(scores, 0, classes.labels().size()));
      case TargetEncoder.Labels labels ->
          List.of(
              OutputTensor.truths("labels", labels.columns()),
              OutputTensor.scores(scores, 0, labels.columns().size()));
      case TargetEncoder.Values values ->
          IntStream.range(0, values.columns().size())
              .mapToObj(i -> OutputTensor.scores(values.columns().get(i), i, 1))
              .toList();
    };
  }

  /// The features, in the order of the columns of [#INPUT].
  List<FeatureEncoder> features() {
    return features;
  }

  static boolean isCategory(FeatureEncoder feature) {
    return feature.type() == ColumnType.CATEGORY;
  }

  /// Whether all features are numbers, or truth values as such.
  boolean takesOneTensor() {
    return features.stream()
        .map(FeatureEncoder::type)
        .allMatch(type -> type == ColumnType.NUMBER || type == ColumnType.BOOLEAN);
  }

  /// All that it can give, in order.
  List<OutputTensor> outputs() {
    return outputs;
  }

  /// The form of its inputs that its metadata tells: one tensor where that is possible.
  List<TensorMetadata> inputMetadata() {
    if (takesOneTensor()) {
      return List.of(TensorMetadata.of(INPUT, Datatype.FP32, features.size()));
    }
    List<TensorMetadata> inputs = new ArrayList<>();
    for (FeatureEncoder feature : features) {
      inputs.add(TensorMetadata.of(feature.name(), datatype(feature.type()), 1));
    }
    return inputs;
  }

  private static Datatype datatype(ColumnType type) {
    return switch (type) {
      case CATEGORY, DATE -> Datatype.BYTES;
      case BOOLEAN -> Datatype.BOOL;
      case NUMBER, IGNORED -> Datatype.FP32;
    };
  }

  List<TensorMetadata> outputMetadata() {
    return outputs.stream()
        .map(output -> TensorMetadata.of(output.name(), output.datatype(), output.columns()))
        .toList();
  }
}
