package dev.backprop.model.spec;

import dev.backprop.core.train.Lion;
import dev.backprop.core.train.Optimizer;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.jspecify.annotations.Nullable;

/// [Lion].
@Schema(
    description =
        "Steps of equal size in every direction: θ ← θ − η·(sign(β₁·m + (1 −"
            + " β₁)·g) + λ·θ), then m ← β₂·m + (1 − β₂)·g. Biases, γ and β decay too."
            + " Chen et al., 2023.")
public record LionSettings(
    @Schema(description = "η, the size of a step; from 1e-30 to 1e30", defaultValue = "1e-4")
        @DecimalMin(value = "1e-30", message = "must be from 1e-30 to 1e30")
        @DecimalMax(value = "1e30", message = "must be from 1e-30 to 1e30")
        @Nullable Double learningRate,
    @Schema(description = "β₁, weight of m in the step; from 0 to below 1", defaultValue = "0.9")
        @DecimalMin(value = "0", message = "must be from 0 to below 1")
        @DecimalMax(value = "1", inclusive = false, message = "must be from 0 to below 1")
        @Nullable Double beta1,
    @Schema(description = "β₂, decay of m; from 0 to below 1", defaultValue = "0.99")
        @DecimalMin(value = "0", message = "must be from 0 to below 1")
        @DecimalMax(value = "1", inclusive = false, message = "must be from 0 to below 1")
        @Nullable Double beta2,
    @Schema(description = "λ; from 0 to 1000", defaultValue = "0.0")
        @DecimalMin(value = "0", message = "must be from 0 to 1000")
        @DecimalMax(value = "1000", message = "must be from 0 to 1000")
        @Nullable Double weightDecay)
    implements OptimizerSettings {

  static LionSettings of(Lion lion) {
    return new LionSettings(lion.learningRate(), lion.beta1(), lion.beta2(), lion.weightDecay());
  }

  @Override
  public Optimizer toOptimizer() {
    return new Lion(
        OptimizerSettings.or(learningRate, Lion.DEFAULT_LEARNING_RATE),
        OptimizerSettings.or(beta1, Lion.DEFAULT_BETA1),
        OptimizerSettings.or(beta2, Lion.DEFAULT_BETA2),
        OptimizerSettings.or(weightDecay, Lion.DEFAULT_WEIGHT_DECAY));
  }
}
