package dev.backprop.model.spec;

import dev.backprop.core.train.Optimizer;
import dev.backprop.core.train.RmsProp;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.jspecify.annotations.Nullable;

/// [RmsProp].
@Schema(
    description =
        "Steps by a running mean of the squared gradient: v ← ρ·v + (1 − ρ)·g²,"
            + " θ ← θ − η·g / (√v + ε). Tieleman, Hinton, 2012.")
public record RmsPropSettings(
    @Schema(description = "η, the size of a step; from 1e-30 to 1e30", defaultValue = "0.01")
        @DecimalMin(value = "1e-30", message = "must be from 1e-30 to 1e30")
        @DecimalMax(value = "1e30", message = "must be from 1e-30 to 1e30")
        @Nullable Double learningRate,
    @Schema(description = "ρ; from 0 to below 1", defaultValue = "0.9")
        @DecimalMin(value = "0", message = "must be from 0 to below 1")
        @DecimalMax(value = "1", inclusive = false, message = "must be from 0 to below 1")
        @Nullable Double decay,
    @Schema(
            description = "ε, which keeps the division finite; from 1e-30 to 1",
            defaultValue = "1e-8")
        @DecimalMin(value = "1e-30", message = "must be from 1e-30 to 1")
        @DecimalMax(value = "1", message = "must be from 1e-30 to 1")
        @Nullable Double epsilon)
    implements OptimizerSettings {

  static RmsPropSettings of(RmsProp rmsProp) {
    return new RmsPropSettings(rmsProp.learningRate(), rmsProp.decay(), rmsProp.epsilon());
  }

  @Override
  public Optimizer toOptimizer() {
    return new RmsProp(
        OptimizerSettings.or(learningRate, RmsProp.DEFAULT_LEARNING_RATE),
        OptimizerSettings.or(decay, RmsProp.DEFAULT_DECAY),
        OptimizerSettings.or(epsilon, RmsProp.DEFAULT_EPSILON));
  }
}
