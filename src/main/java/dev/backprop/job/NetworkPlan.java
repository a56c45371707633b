package dev.backprop.job;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.Initializer;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Normalization;
import dev.backprop.core.nn.Parameters;
import dev.backprop.model.spec.InitializerSettings;
import dev.backprop.model.spec.NetworkSettings;
import dev.backprop.model.spec.NetworkSettings.Layer;
import dev.backprop.model.spec.NetworkSettings.LayerParameters;
import dev.backprop.problem.InputErrors;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The network of a spec with every default filled in.
///
/// @param settings for the caller
/// @param initializer draws the weights where none are given
record NetworkPlan(NetworkSettings settings, Initializer initializer) {

  private static final Layer DEFAULT_LAYER =
      new Layer(Layer.DEFAULT_UNITS, Layer.DEFAULT_ACTIVATION, 0.0, new Normalization.None());

  /// Adds all that does not fit within the settings.
  static void check(@Nullable NetworkSettings settings, InputErrors errors) {
    if (settings == null) {
      return;
    }
    List<Layer> hidden = Objects.requireNonNullElse(settings.hidden(), List.of());
    for (int i = 0; i < hidden.size(); i++) {
      Layer layer = hidden.get(i);
      if (layer != null && layer.activation() instanceof Activation.Softmax) {
        errors.add(
            "#/network/hidden/" + i + "/activation",
            "softmax is for the output layer only; a hidden layer takes relu, tanh, sigmoid or linear, for example");
      }
    }
    InitializerSettings initializer = settings.initializer();
    if (initializer != null && settings.initialParameters() != null) {
      errors.add(
          "#/network/initializer",
          "initialParameters are given, so that nothing is drawn; leave one of the two out");
    }
    if (initializer != null && initializer.type() != null) {
      checkInitializer(initializer, settings.hidden() != null && hidden.isEmpty(), errors);
    }
  }

  /// @param linear whether there is no hidden layer
  private static void checkInitializer(
      InitializerSettings initializer, boolean linear, InputErrors errors) {
    InitializerSettings.Type type = initializer.type();
    if (initializer.limit() != null && type != InitializerSettings.Type.UNIFORM) {
      errors.add("#/network/initializer/limit", "only the type uniform has a limit");
    }
    if (initializer.standardDeviation() != null && type != InitializerSettings.Type.NORMAL) {
      errors.add(
          "#/network/initializer/standardDeviation",
          "only the type normal has a standardDeviation");
    }
    if (type == InitializerSettings.Type.ZEROS && !linear) {
      errors.add(
          "#/network/initializer/type",
          "from zeros all units of a hidden layer learn the same; it is for a network without hidden layers, \"hidden\": []");
    }
  }

  /// Fills in what the settings leave out.
  ///
  /// @param settings pass [#check]
  /// @param output activation of the output layer
  static NetworkPlan of(@Nullable NetworkSettings settings, Activation output) {
    List<Layer> hidden =
        settings == null || settings.hidden() == null
            ? List.of(DEFAULT_LAYER)
            : settings.hidden().stream().map(NetworkPlan::complete).toList();
    boolean relu = !hidden.isEmpty() && isRelu(hidden.getFirst().activation());
    InitializerSettings.Type byDefault =
        relu ? InitializerSettings.Type.HE_UNIFORM : InitializerSettings.Type.GLOROT_UNIFORM;
    InitializerSettings given =
        settings == null || settings.initializer() == null
            ? new InitializerSettings(byDefault, null, null)
            : settings.initializer();
    InitializerSettings complete =
        given.withDefaults(Objects.requireNonNullElse(given.type(), byDefault));
    List<LayerParameters> parameters = settings == null ? null : settings.initialParameters();
    return new NetworkPlan(
        new NetworkSettings(
            hidden,
            new NetworkSettings.Output(output),
            parameters == null ? complete : null,
            parameters),
        complete.toInitializer());
  }

  /// The plan for parameters that come from a model.
  NetworkPlan withoutInitializer() {
    return new NetworkPlan(
        new NetworkSettings(settings.hidden(), settings.output(), null, null), initializer);
  }

  /// Whether the activation passes sums above 0 on and holds most of the others back, which is what
  /// He's initializers are made for.
  private static boolean isRelu(@Nullable Activation activation) {
    return activation instanceof Activation.Relu || activation instanceof Activation.LeakyRelu;
  }

  private static Layer complete(Layer layer) {
    return new Layer(
        layer.units(),
        Objects.requireNonNullElse(layer.activation(), Layer.DEFAULT_ACTIVATION),
        Objects.requireNonNullElse(layer.dropout(), 0.0),
        Objects.requireNonNullElseGet(layer.normalization(), Normalization.None::new));
  }

  /// The shape for a number of inputs and outputs.
  NetworkSpec network(int inputs, int outputs) {
    return settings.shape(inputs, outputs);
  }

  /// The parameters that the caller gave.
  ///
  /// @param errors takes every shape that does not fit
  /// @return null where none were given, or where they do not fit
  @Nullable Parameters initialParameters(NetworkSpec network, InputErrors errors) {
    List<LayerParameters> given = settings.initialParameters();
    if (given == null) {
      return null;
    }
    InputErrors own = new InputErrors();
    if (given.size() != network.layers().size()) {
      own.add(
          "#/network/initialParameters",
          "parameters for %d layers, the network has %d, the output included"
              .formatted(given.size(), network.layers().size()));
    } else {
      for (int layer = 0; layer < given.size(); layer++) {
        checkShape(given.get(layer), layer, network, own);
      }
    }
    errors.addAll(own.toList());
    return own.isEmpty() ? copy(given, network) : null;
  }

  private static void checkShape(
      LayerParameters given, int layer, NetworkSpec network, InputErrors errors) {
    String pointer = "#/network/initialParameters/" + layer;
    int inputs = network.fanIn(layer);
    int units = network.layers().get(layer).units();
    float[][] weights = Objects.requireNonNull(given.weights());
    if (weights.length != inputs) {
      errors.add(
          pointer + "/weights",
          "%d rows, the layer has %d inputs: weights are inputs × units"
              .formatted(weights.length, inputs));
    }
    for (int row = 0; row < weights.length; row++) {
      float @Nullable [] numbers = weights[row];
      int length = numbers == null ? 0 : numbers.length;
      if (length != units) {
        errors.add(
            pointer + "/weights/" + row,
            "%d numbers, the layer has %d units".formatted(length, units));
      }
    }
    checkLength(Objects.requireNonNull(given.biases()), units, pointer + "/biases", errors);
    boolean normalized = network.layers().get(layer).isNormalized();
    checkScale(given.gamma(), normalized, units, pointer + "/gamma", errors);
    checkScale(given.beta(), normalized, units, pointer + "/beta", errors);
  }

  private static void checkLength(float[] given, int units, String pointer, InputErrors errors) {
    if (given.length != units) {
      errors.add(pointer, "%d numbers, the layer has %d units".formatted(given.length, units));
    }
  }

  /// @param given γ or β
  private static void checkScale(
      float @Nullable [] given, boolean normalized, int units, String pointer, InputErrors errors) {
    if (given != null && !normalized) {
      errors.add(
          pointer,
          "only a hidden layer with normalization has gamma and beta; leave this out, or give the"
              + " layer a normalization, such as \"batch\"");
    } else if (given != null) {
      checkLength(given, units, pointer, errors);
    }
  }

  private static Parameters copy(List<LayerParameters> given, NetworkSpec network) {
    Parameters parameters = Parameters.untrained(network);
    for (int layer = 0; layer < given.size(); layer++) {
      float[][] weights = Objects.requireNonNull(given.get(layer).weights());
      Matrix w = parameters.weights(layer);
      for (int row = 0; row < weights.length; row++) {
        System.arraycopy(weights[row], 0, w.values(), w.offset(row), w.columns());
      }
      copy(given.get(layer).biases(), parameters.biases(layer));
      if (network.layers().get(layer).isNormalized()) {
        copy(given.get(layer).gamma(), parameters.gamma(layer));
        copy(given.get(layer).beta(), parameters.beta(layer));
      }
    }
    return parameters;
  }

  private static void copy(float @Nullable [] given, Matrix target) {
    if (given != null) {
      System.arraycopy(given, 0, target.values(), target.offset(), target.columns());
    }
  }
}
