package dev.backprop.model.spec;

import dev.backprop.core.train.Optimizer;
import dev.backprop.core.train.Sgd;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.jspecify.annotations.Nullable;

/// [Sgd].
@Schema(
    description = "Gradient descent: v ← μ·v + g, θ ← θ − η·v; with Nesterov θ ← θ − η·(g + μ·v).")
public record SgdSettings(
    @Schema(
            description = "η, the size of a step; from 1e-30 to 1e30",
            defaultValue = "0.01",
            example = "0.2")
        @DecimalMin(value = "1e-30", message = "must be from 1e-30 to 1e30")
        @DecimalMax(value = "1e30", message = "must be from 1e-30 to 1e30")
        @Nullable Double learningRate,
    @Schema(description = "μ; from 0 to below 1", defaultValue = "0.0")
        @DecimalMin(value = "0", message = "must be from 0 to below 1")
        @DecimalMax(value = "1", inclusive = false, message = "must be from 0 to below 1")
        @Nullable Double momentum,
    @Schema(defaultValue = "false", description = "Whether to look ahead; needs a momentum above 0")
        @Nullable Boolean nesterov)
    implements OptimizerSettings {

  static SgdSettings of(Sgd sgd) {
    return new SgdSettings(sgd.learningRate(), sgd.momentum(), sgd.nesterov());
  }

  @Override
  public Optimizer toOptimizer() {
    return new Sgd(
        OptimizerSettings.or(learningRate, Sgd.DEFAULT_LEARNING_RATE),
        OptimizerSettings.or(momentum, 0),
        nesterov != null && nesterov);
  }
}
