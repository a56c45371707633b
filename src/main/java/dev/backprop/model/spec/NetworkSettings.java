package dev.backprop.model.spec;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Normalization;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;

/// The network.
///
/// @param hidden hidden layers from the inputs on; none for a linear model
/// @param output the output layer
/// @param initializer what the weights are drawn from
/// @param initialParameters weights and biases to start from, in place of random ones
public record NetworkSettings(
    @Schema(description = "Hidden layers from the inputs on; an empty list for none")
        @Size(max = 64, message = "at most 64 hidden layers")
        @Nullable List<@NotNull @Valid Layer> hidden,
    @Schema(description = "The output layer; its units follow from the task") @Valid
        @Nullable Output output,
    @Schema(
            description =
                "What the weights are drawn from. By default heUniform where the first hidden"
                    + " layer is relu or leakyRelu, else glorotUniform.")
        @Valid
        @Nullable InitializerSettings initializer,
    @Schema(
            description =
                "Weights and biases of every layer, the output included, to start from in place of"
                    + " random ones, and gamma and beta of those with normalization")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable List<@NotNull @Valid LayerParameters> initialParameters) {

  /// Whether nothing is left to a default but what the weights are drawn from.
  @JsonIgnore
  public boolean isComplete() {
    return hidden != null
        && output != null
        && output.activation() != null
        && hidden.stream().allMatch(Layer::isComplete);
  }

  /// The shape for a number of inputs and outputs.
  ///
  /// @throws IllegalArgumentException if the layers do not fit each other
  /// @throws NullPointerException if it is not complete
  public NetworkSpec shape(int inputs, int outputs) {
    List<LayerSpec> layers = new ArrayList<>();
    for (Layer layer : Objects.requireNonNull(hidden)) {
      layers.add(
          new LayerSpec(
              Objects.requireNonNull(layer.units()),
              Objects.requireNonNull(layer.activation()),
              Objects.requireNonNull(layer.dropout()),
              Objects.requireNonNull(layer.normalization())));
    }
    Activation last = Objects.requireNonNull(Objects.requireNonNull(output).activation());
    layers.add(new LayerSpec(outputs, last));
    return new NetworkSpec(inputs, layers);
  }

  /// A hidden layer.
  ///
  /// @param units how many
  /// @param activation what each does to its sum
  /// @param dropout share of its outputs that training leaves out
  /// @param normalization of the sums before the activation
  public record Layer(
      @Schema(description = "How many units", example = "2")
          @NotNull(message = "the number of units is needed")
          @Min(value = 1, message = "at least 1 unit")
          @Max(value = 1_000_000, message = "at most 1,000,000 units")
          @Nullable Integer units,
      @Schema(
              implementation = Object.class,
              types = {"string", "object"},
              description =
                  "What each unit does to its sum. By default relu. " + ActivationJson.FORMS,
              example = "relu")
          @JsonDeserialize(using = ActivationJson.Reader.class)
          @JsonSerialize(using = ActivationJson.Writer.class)
          @Nullable Activation activation,
      @Schema(
              description =
                  "Dropout of what the layer puts out, p: in training, a ← a·m with m = 0 with"
                      + " probability p, else 1/(1 − p), another m for each row, unit and epoch,"
                      + " from the seed alone. The training loss of an epoch is that of the"
                      + " network with units left out; validation and predictions use all of it."
                      + " From 0 to below 1.",
              defaultValue = "0.0",
              example = "0.2")
          @DecimalMin(value = "0", message = "must be from 0 to below 1")
          @DecimalMax(value = "1", inclusive = false, message = "must be from 0 to below 1")
          @Nullable Double dropout,
      @Schema(
              implementation = Object.class,
              types = {"string", "object"},
              description =
                  "What becomes of the sums before the activation. By default none. "
                      + NormalizationJson.FORMS,
              example = "batch")
          @JsonDeserialize(using = NormalizationJson.Reader.class)
          @JsonSerialize(using = NormalizationJson.Writer.class)
          @Nullable Normalization normalization) {

    /// Units of the hidden layer where no network is given.
    public static final int DEFAULT_UNITS = 32;

    /// The activation where none is given.
    public static final Activation DEFAULT_ACTIVATION = new Activation.Relu();

    private boolean isComplete() {
      return units != null && activation != null && dropout != null && normalization != null;
    }
  }

  /// The output layer.
  ///
  /// @param activation by default linear for regression, softmax for classification and sigmoid for
  ///   multilabel, or what the loss needs
  public record Output(
      @Schema(
              implementation = Object.class,
              types = {"string", "object"},
              description =
                  "By default linear for regression, softmax for classification, sigmoid for"
                      + " multilabel, or the first of the table of losses that fits the loss. "
                      + ActivationJson.FORMS,
              example = "sigmoid")
          @JsonDeserialize(using = ActivationJson.Reader.class)
          @JsonSerialize(using = ActivationJson.Writer.class)
          @Nullable Activation activation) {}

  /// The parameters of a layer.
  ///
  /// @param weights inputs × units
  /// @param biases one for each unit
  /// @param gamma one for each unit of a layer with normalization, which scales
  /// @param beta one for each unit of a layer with normalization, which shifts
  @SuppressWarnings("ArrayRecordComponent") // numbers without a box; nobody compares them
  public record LayerParameters(
      @Schema(description = "A row for each input, a number for each unit")
          @NotNull(message = "weights are needed: a row for each input, a number for each unit")
          float @Nullable [][] weights,
      @Schema(description = "A number for each unit")
          @NotNull(message = "biases are needed: a number for each unit")
          float @Nullable [] biases,
      @Schema(
              description =
                  "γ of a layer with normalization, a number for each unit; by default ones")
          @JsonInclude(JsonInclude.Include.NON_NULL)
          float @Nullable [] gamma,
      @Schema(
              description =
                  "β of a layer with normalization, a number for each unit; by default zeros")
          @JsonInclude(JsonInclude.Include.NON_NULL)
          float @Nullable [] beta) {}
}
