package dev.backprop.model.spec;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.backprop.core.train.Optimizer;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.jspecify.annotations.Nullable;

/// How gradients become steps.
@Schema(description = "How gradients become steps. By default adam.")
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = OptimizerSettings.Sgd.class, name = "sgd"),
  @JsonSubTypes.Type(value = OptimizerSettings.Adam.class, name = "adam")
})
public sealed interface OptimizerSettings {

  /// The complete settings of an optimizer.
  static OptimizerSettings of(Optimizer optimizer) {
    return switch (optimizer) {
      case Optimizer.Sgd sgd -> new Sgd(sgd.learningRate(), sgd.momentum(), sgd.nesterov());
      case Optimizer.Adam adam ->
          new Adam(adam.learningRate(), adam.beta1(), adam.beta2(), adam.epsilon());
    };
  }

  /// The optimizer of these settings, defaults filled in.
  ///
  /// @throws IllegalArgumentException if settings do not fit each other
  Optimizer toOptimizer();

  /// [Optimizer.Sgd].
  record Sgd(
      @Schema(defaultValue = "0.01", example = "0.2")
          @DecimalMin(value = "1e-30", message = "must be from 1e-30 to 1e30")
          @DecimalMax(value = "1e30", message = "must be from 1e-30 to 1e30")
          @Nullable Double learningRate,
      @Schema(defaultValue = "0.0")
          @DecimalMin(value = "0", message = "must be from 0 to below 1")
          @DecimalMax(value = "1", inclusive = false, message = "must be from 0 to below 1")
          @Nullable Double momentum,
      @Schema(defaultValue = "false", description = "Needs a momentum above 0")
          @Nullable Boolean nesterov)
      implements OptimizerSettings {

    @Override
    public Optimizer toOptimizer() {
      return new Optimizer.Sgd(
          or(learningRate, Optimizer.Sgd.DEFAULT_LEARNING_RATE),
          or(momentum, 0),
          nesterov != null && nesterov);
    }
  }

  /// [Optimizer.Adam].
  record Adam(
      @Schema(defaultValue = "0.001")
          @DecimalMin(value = "1e-30", message = "must be from 1e-30 to 1e30")
          @DecimalMax(value = "1e30", message = "must be from 1e-30 to 1e30")
          @Nullable Double learningRate,
      @Schema(defaultValue = "0.9")
          @DecimalMin(value = "0", message = "must be from 0 to below 1")
          @DecimalMax(value = "1", inclusive = false, message = "must be from 0 to below 1")
          @Nullable Double beta1,
      @Schema(defaultValue = "0.999")
          @DecimalMin(value = "0", message = "must be from 0 to below 1")
          @DecimalMax(value = "1", inclusive = false, message = "must be from 0 to below 1")
          @Nullable Double beta2,
      @Schema(defaultValue = "1e-8")
          @DecimalMin(value = "1e-30", message = "must be from 1e-30 to 1")
          @DecimalMax(value = "1", message = "must be from 1e-30 to 1")
          @Nullable Double epsilon)
      implements OptimizerSettings {

    @Override
    public Optimizer toOptimizer() {
      return new Optimizer.Adam(
          or(learningRate, Optimizer.Adam.DEFAULT_LEARNING_RATE),
          or(beta1, Optimizer.Adam.DEFAULT_BETA1),
          or(beta2, Optimizer.Adam.DEFAULT_BETA2),
          or(epsilon, Optimizer.Adam.DEFAULT_EPSILON));
    }
  }

  private static double or(@Nullable Double value, double defaultValue) {
    return value == null ? defaultValue : value;
  }
}
