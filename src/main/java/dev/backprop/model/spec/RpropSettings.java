package dev.backprop.model.spec;

import dev.backprop.core.train.Optimizer;
import dev.backprop.core.train.Rprop;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.jspecify.annotations.Nullable;

/// [Rprop].
@Schema(
    description =
        "Steps by the sign of the gradient: each parameter's step Δ starts at"
            + " η, grows by η⁺ where the gradient kept its sign, shrinks by η⁻ where"
            + " it changed; θ ← θ − Δ·sign(g), and no step where it changed. Needs"
            + " full batches. Riedmiller, Braun, 1993.")
public record RpropSettings(
    @Schema(description = "η, the first step; from 1e-30 to 1e30", defaultValue = "0.1")
        @DecimalMin(value = "1e-30", message = "must be from 1e-30 to 1e30")
        @DecimalMax(value = "1e30", message = "must be from 1e-30 to 1e30")
        @Nullable Double learningRate,
    @Schema(description = "η⁻; between 0 and 1", defaultValue = "0.5")
        @DecimalMin(value = "1e-30", message = "must be from 1e-30 to below 1")
        @DecimalMax(value = "1", inclusive = false, message = "must be from 1e-30 to below 1")
        @Nullable Double decrease,
    @Schema(description = "η⁺; above 1, at most 1000", defaultValue = "1.2")
        @DecimalMin(value = "1", inclusive = false, message = "must be above 1, at most 1000")
        @DecimalMax(value = "1000", message = "must be above 1, at most 1000")
        @Nullable Double increase,
    @Schema(description = "The least Δ; from 1e-30 to 1e30", defaultValue = "1e-6")
        @DecimalMin(value = "1e-30", message = "must be from 1e-30 to 1e30")
        @DecimalMax(value = "1e30", message = "must be from 1e-30 to 1e30")
        @Nullable Double smallestStep,
    @Schema(
            description = "The greatest Δ, not below the least; from 1e-30 to 1e30",
            defaultValue = "50.0")
        @DecimalMin(value = "1e-30", message = "must be from 1e-30 to 1e30")
        @DecimalMax(value = "1e30", message = "must be from 1e-30 to 1e30")
        @Nullable Double largestStep)
    implements OptimizerSettings {

  static RpropSettings of(Rprop rprop) {
    return new RpropSettings(
        rprop.learningRate(),
        rprop.decrease(),
        rprop.increase(),
        rprop.smallestStep(),
        rprop.largestStep());
  }

  @Override
  public Optimizer toOptimizer() {
    return new Rprop(
        OptimizerSettings.or(learningRate, Rprop.DEFAULT_LEARNING_RATE),
        OptimizerSettings.or(decrease, Rprop.DEFAULT_DECREASE),
        OptimizerSettings.or(increase, Rprop.DEFAULT_INCREASE),
        OptimizerSettings.or(smallestStep, Rprop.DEFAULT_SMALLEST_STEP),
        OptimizerSettings.or(largestStep, Rprop.DEFAULT_LARGEST_STEP));
  }
}
