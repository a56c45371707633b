package dev.backprop.model.spec;

import dev.backprop.core.train.AmsGrad;
import dev.backprop.core.train.Optimizer;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.jspecify.annotations.Nullable;

/// [AmsGrad].
@Schema(
    description =
        "Adam with a v that never falls: as adam with v̂ = max(v₁, …, vₜ) / (1"
            + " − β₂ᵗ). Reddi, Kale, Kumar, 2018.")
public record AmsGradSettings(
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

  static AmsGradSettings of(AmsGrad amsGrad) {
    return new AmsGradSettings(
        amsGrad.learningRate(), amsGrad.beta1(), amsGrad.beta2(), amsGrad.epsilon());
  }

  @Override
  public Optimizer toOptimizer() {
    return new AmsGrad(
        OptimizerSettings.or(learningRate, AmsGrad.DEFAULT_LEARNING_RATE),
        OptimizerSettings.or(beta1, AmsGrad.DEFAULT_BETA1),
        OptimizerSettings.or(beta2, AmsGrad.DEFAULT_BETA2),
        OptimizerSettings.or(epsilon, AmsGrad.DEFAULT_EPSILON));
  }
}
