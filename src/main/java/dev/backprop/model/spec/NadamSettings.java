package dev.backprop.model.spec;

import dev.backprop.core.train.Nadam;
import dev.backprop.core.train.Optimizer;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.jspecify.annotations.Nullable;

/// [Nadam].
@Schema(
    description =
        "Adam that looks ahead as Nesterov's momentum does: with m, v and v̂ of"
            + " adam, μₜ = β₁·(1 − ½·0.96^(t·ψ)) and Πₜ = μ₁·…·μₜ, θ ← θ − η·(μₜ₊₁·m"
            + " / (1 − Πₜ₊₁) + (1 − μₜ)·g / (1 − Πₜ)) / (√v̂ + ε). Dozat, 2016.")
public record NadamSettings(
    @Schema(description = "η, the size of a step; from 1e-30 to 1e30", defaultValue = "0.002")
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
    @Schema(description = "ψ, how fast μ grows to β₁; from 0 to 1", defaultValue = "0.004")
        @DecimalMin(value = "0", message = "must be from 0 to 1")
        @DecimalMax(value = "1", message = "must be from 0 to 1")
        @Nullable Double momentumDecay)
    implements OptimizerSettings {

  static NadamSettings of(Nadam nadam) {
    return new NadamSettings(
        nadam.learningRate(), nadam.beta1(), nadam.beta2(), nadam.epsilon(), nadam.momentumDecay());
  }

  @Override
  public Optimizer toOptimizer() {
    return new Nadam(
        OptimizerSettings.or(learningRate, Nadam.DEFAULT_LEARNING_RATE),
        OptimizerSettings.or(beta1, Nadam.DEFAULT_BETA1),
        OptimizerSettings.or(beta2, Nadam.DEFAULT_BETA2),
        OptimizerSettings.or(epsilon, Nadam.DEFAULT_EPSILON),
        OptimizerSettings.or(momentumDecay, Nadam.DEFAULT_MOMENTUM_DECAY));
  }
}
