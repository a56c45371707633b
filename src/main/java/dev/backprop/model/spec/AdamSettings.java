package dev.backprop.model.spec;

import dev.backprop.core.train.Adam;
import dev.backprop.core.train.Optimizer;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.jspecify.annotations.Nullable;

/// [Adam].
@Schema(
    description =
        "Steps by running means of the gradient and of its square: m ← β₁·m +"
            + " (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g², θ ← θ − η·m̂ / (√v̂ + ε) with m̂"
            + " = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ). Kingma, Ba, 2015.")
public record AdamSettings(
    @Schema(description = "η, the size of a step; from 1e-30 to 1e30", defaultValue = "0.001")
        @DecimalMin(value = "1e-30", message = "must be from 1e-30 to 1e30")
        @DecimalMax(value = "1e30", message = "must be from 1e-30 to 1e30")
        @Nullable Double learningRate,
    @Schema(description = "β₁, decay of the mean of g; from 0 to below 1", defaultValue = "0.9")
        @DecimalMin(value = "0", message = "must be from 0 to below 1")
        @DecimalMax(value = "1", inclusive = false, message = "must be from 0 to below 1")
        @Nullable Double beta1,
    @Schema(description = "β₂, decay of the mean of g²; from 0 to below 1", defaultValue = "0.999")
        @DecimalMin(value = "0", message = "must be from 0 to below 1")
        @DecimalMax(value = "1", inclusive = false, message = "must be from 0 to below 1")
        @Nullable Double beta2,
    @Schema(
            description = "ε, which keeps the division finite; from 1e-30 to 1",
            defaultValue = "1e-8")
        @DecimalMin(value = "1e-30", message = "must be from 1e-30 to 1")
        @DecimalMax(value = "1", message = "must be from 1e-30 to 1")
        @Nullable Double epsilon)
    implements OptimizerSettings {

  static AdamSettings of(Adam adam) {
    return new AdamSettings(adam.learningRate(), adam.beta1(), adam.beta2(), adam.epsilon());
  }

  @Override
  public Optimizer toOptimizer() {
    return new Adam(
        OptimizerSettings.or(learningRate, Adam.DEFAULT_LEARNING_RATE),
        OptimizerSettings.or(beta1, Adam.DEFAULT_BETA1),
        OptimizerSettings.or(beta2, Adam.DEFAULT_BETA2),
        OptimizerSettings.or(epsilon, Adam.DEFAULT_EPSILON));
  }
}
