package dev.backprop.inference.scorer;

import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Normalization;
import dev.backprop.core.nn.Parameters;
import dev.backprop.dataset.preprocessing.CategoryEncoder;
import dev.backprop.dataset.preprocessing.FeatureEncoder;
import dev.backprop.dataset.preprocessing.NumberEncoder;
import dev.backprop.dataset.preprocessing.Scaler;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.model.Model;
import dev.backprop.model.spec.ActivationJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a scorer in any language needs to know of a model, without a question left open.
///
/// @param title name and version, which are safe in a comment
/// @param features in the order of a raw row
/// @param layers from the first hidden one to the output
/// @param parameters θ and the running statistics, in the layout of the model file
record ScoringPlan(
    String title,
    List<Feature> features,
    List<Layer> layers,
    Target target,
    Parameters parameters) {

  /// A feature.
  ///
  /// @param kind number, boolean, date or category
  /// @param offset of `(x − offset) / scale`; 0 for a category
  /// @param scale of the same; 1 for a category
  /// @param imputed a number, or a text of a category; null where no value may be missing
  /// @param categories that have an input each
  /// @param folded that share one
  record Feature(
      String name,
      String kind,
      double offset,
      double scale,
      @Nullable Object imputed,
      boolean indicator,
      List<String> categories,
      List<String> folded,
      boolean rejectsUnseen) {

    static Feature of(FeatureEncoder encoder) {
      return switch (encoder) {
        case NumberEncoder number ->
            new Feature(
                number.name(),
                number.type().word(),
                number.scaler().offset(),
                number.scaler().scale(),
                number.imputed(),
                number.indicator(),
                List.of(),
                List.of(),
                false);
        case CategoryEncoder category ->
            new Feature(
                category.name(),
                "category",
                0,
                1,
                category.imputed(),
                category.indicator(),
                category.categories(),
                category.folded(),
                category.rejectsUnseen());
      };
    }

    boolean isCategory() {
      return kind.equals("category");
    }
  }

  /// A layer.
  ///
  /// @param activation its name in requests
  /// @param number the slope or alpha of the activation, 0 where it has none
  /// @param normalization none, batch or layer
  /// @param epsilon of the normalization, 0 where there is none
  record Layer(
      int inputs,
      int units,
      String activation,
      double number,
      String normalization,
      double epsilon) {

    static Layer of(NetworkSpec network, int layer) {
      LayerSpec spec = network.layers().get(layer);
      double number =
          switch (spec.activation()) {
            case Activation.LeakyRelu(double slope) -> slope;
            case Activation.Elu(double alpha) -> alpha;
            default -> 0;
          };
      String activation = ActivationJson.name(spec.activation());
      int inputs = network.fanIn(layer);
      return switch (spec.normalization()) {
        case Normalization.None _ -> new Layer(inputs, spec.units(), activation, number, "none", 0);
        case Normalization.Batch batch ->
            new Layer(inputs, spec.units(), activation, number, "batch", batch.epsilon());
        case Normalization.Layer own ->
            new Layer(inputs, spec.units(), activation, number, "layer", own.epsilon());
      };
    }
  }

  /// What the outputs become.
  ///
  /// @param kind classes, labels or values
  /// @param scores what a prediction calls its numbers: probabilities, margins or values
  /// @param columns of the target, which a row may have and which is not looked at
  /// @param names of the numbers of a prediction
  /// @param singleOutput whether two classes share an output
  /// @param threshold from which on an output is a yes
  /// @param offsets of `output·scale + offset`, for each name
  /// @param scales of the same
  record Target(
      String kind,
      String scores,
      List<String> columns,
      List<String> names,
      boolean singleOutput,
      double threshold,
      List<Double> offsets,
      List<Double> scales) {

    static Target of(TargetEncoder target, Loss loss) {
      String scores = loss instanceof Loss.Hinge ? "margins" : "probabilities";
      return switch (target) {
        case TargetEncoder.Classes c ->
            of("classes", scores, c.columns(), c.labels(), c.binary(), loss);
        case TargetEncoder.Labels l -> of("labels", scores, l.columns(), l.columns(), false, loss);
        case TargetEncoder.Values v ->
            new Target(
                "values",
                "values",
                v.columns(),
                v.columns(),
                false,
                loss.threshold(),
                v.scalers().stream().map(Scaler::offset).toList(),
                v.scalers().stream().map(Scaler::scale).toList());
      };
    }

    private static Target of(
        String kind,
        String scores,
        List<String> columns,
        List<String> names,
        boolean singleOutput,
        Loss loss) {
      return new Target(
          kind,
          scores,
          columns,
          names,
          singleOutput,
          loss.threshold(),
          Collections.nCopies(names.size(), 0.0),
          Collections.nCopies(names.size(), 1.0));
    }
  }

  static ScoringPlan of(Model model) {
    NetworkSpec network = model.parameters().spec();
    List<Layer> layers = new ArrayList<>();
    for (int layer = 0; layer < network.layers().size(); layer++) {
      layers.add(Layer.of(network, layer));
    }
    Loss loss = Objects.requireNonNull(Objects.requireNonNull(model.spec().training()).loss());
    return new ScoringPlan(
        model.name() + " version " + model.version(),
        model.preprocessor().features().stream().map(Feature::of).toList(),
        layers,
        Target.of(model.preprocessor().target(), loss),
        model.parameters());
  }

  /// The most numbers between two layers.
  int widest() {
    return layers.stream().mapToInt(l -> Math.max(l.inputs(), l.units())).max().orElseThrow();
  }

  /// All texts that callers gave.
  Stream<String> texts() {
    return Stream.concat(
        features.stream()
            .flatMap(
                f ->
                    Stream.of(Stream.of(f.name()), f.categories().stream(), f.folded().stream())
                        .flatMap(texts -> texts)),
        Stream.concat(target.names().stream(), target.columns().stream()));
  }
}
