package dev.backprop.model.spec;

import dev.backprop.core.train.AdamW;
import dev.backprop.core.train.Optimizer;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.jspecify.annotations.Nullable;

/// [AdamW].
@Schema(
    description =
        "Adam after a decay that its means do not see: θ ← θ − η·λ·θ, then the"
            + " step of adam. Biases, γ and β decay too. Loshchilov, Hutter, 2019.")
public record AdamWSettings(
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
        @Nullable Double epsilon,
    @Schema(description = "λ; from 0 to 1000", defaultValue = "0.01")
        @DecimalMin(value = "0", message = "must be from 0 to 1000")
        @DecimalMax(value = "1000", message = "must be from 0 to 1000")
        @Nullable Double weightDecay)
    implements OptimizerSettings {

  static AdamWSettings of(AdamW adamW) {
    return new AdamWSettings(
        adamW.learningRate(), adamW.beta1(), adamW.beta2(), adamW.epsilon(), adamW.weightDecay());
  }

  @Override
  public Optimizer toOptimizer() {
    return new AdamW(
        OptimizerSettings.or(learningRate, AdamW.DEFAULT_LEARNING_RATE),
        OptimizerSettings.or(beta1, AdamW.DEFAULT_BETA1),
        OptimizerSettings.or(beta2, AdamW.DEFAULT_BETA2),
        OptimizerSettings.or(epsilon, AdamW.DEFAULT_EPSILON),
        OptimizerSettings.or(weightDecay, AdamW.DEFAULT_WEIGHT_DECAY));
  }
}
