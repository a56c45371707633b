package dev.backprop.model.spec;

import dev.backprop.core.train.AdaDelta;
import dev.backprop.core.train.Optimizer;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.jspecify.annotations.Nullable;

/// [AdaDelta].
@Schema(
    description =
        "Steps in the units of θ: v ← ρ·v + (1 − ρ)·g², δ = g·√(u + ε) / √(v +"
            + " ε), u ← ρ·u + (1 − ρ)·δ², θ ← θ − η·δ. Zeiler, 2012.")
public record AdaDeltaSettings(
    @Schema(description = "η, the size of a step; from 1e-30 to 1e30", defaultValue = "1.0")
        @DecimalMin(value = "1e-30", message = "must be from 1e-30 to 1e30")
        @DecimalMax(value = "1e30", message = "must be from 1e-30 to 1e30")
        @Nullable Double learningRate,
    @Schema(description = "ρ; from 0 to below 1", defaultValue = "0.95")
        @DecimalMin(value = "0", message = "must be from 0 to below 1")
        @DecimalMax(value = "1", inclusive = false, message = "must be from 0 to below 1")
        @Nullable Double decay,
    @Schema(
            description = "ε, which keeps the division finite; from 1e-30 to 1",
            defaultValue = "1e-6")
        @DecimalMin(value = "1e-30", message = "must be from 1e-30 to 1")
        @DecimalMax(value = "1", message = "must be from 1e-30 to 1")
        @Nullable Double epsilon)
    implements OptimizerSettings {

  static AdaDeltaSettings of(AdaDelta adaDelta) {
    return new AdaDeltaSettings(adaDelta.learningRate(), adaDelta.decay(), adaDelta.epsilon());
  }

  @Override
  public Optimizer toOptimizer() {
    return new AdaDelta(
        OptimizerSettings.or(learningRate, AdaDelta.DEFAULT_LEARNING_RATE),
        OptimizerSettings.or(decay, AdaDelta.DEFAULT_DECAY),
        OptimizerSettings.or(epsilon, AdaDelta.DEFAULT_EPSILON));
  }
}
