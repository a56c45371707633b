package dev.backprop.inference.file;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Normalization;
import dev.backprop.model.spec.ActivationJson;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The network as a scorer needs it. Unlike the settings of a training it leaves no number to a
/// default, because defaults may change.
///
/// @param inputs how many there are
/// @param layers from the first hidden one to the output
record NetworkDocument(
    int inputs, @NotNull(message = "is required") @Nullable List<@NotNull @Valid Layer> layers) {

  /// A layer.
  record Layer(
      int units,
      @NotNull(message = "is required") @Valid @Nullable ActivationDocument activation,
      @NotNull(message = "is required") @Valid @Nullable NormalizationDocument normalization) {}

  /// An activation by its name in requests, with its number.
  ///
  /// @param slope of leakyRelu
  /// @param alpha of elu
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ActivationDocument(
      @NotNull(message = "is required") @Nullable String type,
      @Nullable Double slope,
      @Nullable Double alpha) {

    static ActivationDocument of(Activation activation) {
      return new ActivationDocument(
          ActivationJson.name(activation),
          activation instanceof Activation.LeakyRelu(double slope) ? slope : null,
          activation instanceof Activation.Elu(double alpha) ? alpha : null);
    }
  }

  /// `none`, `batch` or `layer`.
  ///
  /// @param epsilon of the latter two
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record NormalizationDocument(
      @NotNull(message = "is required") @Nullable String type, @Nullable Double epsilon) {

    static NormalizationDocument of(Normalization normalization) {
      return switch (normalization) {
        case Normalization.None _ -> new NormalizationDocument("none", null);
        case Normalization.Batch batch -> new NormalizationDocument("batch", batch.epsilon());
        case Normalization.Layer layer -> new NormalizationDocument("layer", layer.epsilon());
      };
    }
  }

  static NetworkDocument of(NetworkSpec network) {
    return new NetworkDocument(
        network.inputs(), network.layers().stream().map(NetworkDocument::layer).toList());
  }

  private static Layer layer(LayerSpec layer) {
    return new Layer(
        layer.units(),
        ActivationDocument.of(layer.activation()),
        NormalizationDocument.of(layer.normalization()));
  }
}
