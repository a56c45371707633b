package dev.backprop.model.spec;

import dev.backprop.core.train.AdaGrad;
import dev.backprop.core.train.Optimizer;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.jspecify.annotations.Nullable;

/// [AdaGrad].
@Schema(
    description =
        "Smaller steps where gradients have been large: s ← s + g², θ ← θ − η·g"
            + " / (√s + ε). Duchi, Hazan, Singer, 2011.")
public record AdaGradSettings(
    @Schema(description = "η, the size of a step; from 1e-30 to 1e30", defaultValue = "0.01")
        @DecimalMin(value = "1e-30", message = "must be from 1e-30 to 1e30")
        @DecimalMax(value = "1e30", message = "must be from 1e-30 to 1e30")
        @Nullable Double learningRate,
    @Schema(
            description = "ε, which keeps the division finite; from 1e-30 to 1",
            defaultValue = "1e-10")
        @DecimalMin(value = "1e-30", message = "must be from 1e-30 to 1")
        @DecimalMax(value = "1", message = "must be from 1e-30 to 1")
        @Nullable Double epsilon)
    implements OptimizerSettings {

  static AdaGradSettings of(AdaGrad adaGrad) {
    return new AdaGradSettings(adaGrad.learningRate(), adaGrad.epsilon());
  }

  @Override
  public Optimizer toOptimizer() {
    return new AdaGrad(
        OptimizerSettings.or(learningRate, AdaGrad.DEFAULT_LEARNING_RATE),
        OptimizerSettings.or(epsilon, AdaGrad.DEFAULT_EPSILON));
  }
}
