package dev.backprop.model.spec;

import dev.backprop.core.train.Lbfgs;
import dev.backprop.core.train.Optimizer;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// [Lbfgs].
@Schema(
    description =
        "Steps by the curvature that the last steps met: θ ← θ − α·H·g, where H stands for the"
            + " inverse of the second derivatives and is made of the last steps s and changes of"
            + " the gradient y. A line search finds an α with L(θ + α·d) ≤ L(θ) + c₁·α·gᵀd and"
            + " |g(θ + α·d)ᵀd| ≤ c₂·|gᵀd|, where d = −H·g, c₁ = 1e-4, c₂ = 0.9 and L includes l2."
            + " Suits small tables. Needs full batches; an epoch is one step and may evaluate all"
            + " rows several times. A step that finds nothing lower leaves θ as it is;"
            + " earlyStopping ends a training that has come to rest. Takes no l1,"
            + " gradientClipping or schedule. Liu, Nocedal, 1989; Nocedal, Wright, 2006,"
            + " algorithms 3.5, 3.6 and 7.4.")
public record LbfgsSettings(
    @Schema(
            description =
                "η, the first α that the line search tries, times min(1, 1/Σ|g|) as long as H is"
                    + " not known; from 1e-30 to 1e30",
            defaultValue = "1.0")
        @DecimalMin(value = "1e-30", message = "must be from 1e-30 to 1e30")
        @DecimalMax(value = "1e30", message = "must be from 1e-30 to 1e30")
        @Nullable Double learningRate,
    @Schema(
            description =
                "How many pairs of s and y make H, two numbers each for every parameter; from 1 to"
                    + " 1000",
            defaultValue = "10")
        @Min(value = 1, message = "must be from 1 to 1000")
        @Max(value = Lbfgs.LARGEST_COUNT, message = "must be from 1 to 1000")
        @Nullable Integer memory,
    @Schema(
            description =
                "How often a line search evaluates loss and gradient, at most; from 1 to 1000",
            defaultValue = "25")
        @Min(value = 1, message = "must be from 1 to 1000")
        @Max(value = Lbfgs.LARGEST_COUNT, message = "must be from 1 to 1000")
        @Nullable Integer maxEvaluations)
    implements OptimizerSettings {

  static LbfgsSettings of(Lbfgs lbfgs) {
    return new LbfgsSettings(lbfgs.learningRate(), lbfgs.memory(), lbfgs.maxEvaluations());
  }

  @Override
  public Optimizer toOptimizer() {
    return new Lbfgs(
        OptimizerSettings.or(learningRate, Lbfgs.DEFAULT_LEARNING_RATE),
        Objects.requireNonNullElse(memory, Lbfgs.DEFAULT_MEMORY),
        Objects.requireNonNullElse(maxEvaluations, Lbfgs.DEFAULT_MAX_EVALUATIONS));
  }
}
