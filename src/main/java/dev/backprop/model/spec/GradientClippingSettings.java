package dev.backprop.model.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.backprop.core.train.GradientClipping;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.jspecify.annotations.Nullable;

/// Keeps gradients from making too large a step; one of the two.
///
/// @param norm [GradientClipping.Norm]
/// @param value [GradientClipping.Value]
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GradientClippingSettings(
    @Schema(
            description =
                "The largest Euclidean norm c over all parameters: g ← g·c / ‖g‖ where ‖g‖ > c;"
                    + " from 1e-30 to 1e30",
            example = "1.0")
        @DecimalMin(value = "1e-30", message = "must be from 1e-30 to 1e30")
        @DecimalMax(value = "1e30", message = "must be from 1e-30 to 1e30")
        @Nullable Double norm,
    @Schema(
            description =
                "The largest absolute value c of each number: g ← max(−c, min(c, g)); from 1e-30"
                    + " to 1e30")
        @DecimalMin(value = "1e-30", message = "must be from 1e-30 to 1e30")
        @DecimalMax(value = "1e30", message = "must be from 1e-30 to 1e30")
        @Nullable Double value) {

  /// The clipping of these settings.
  public GradientClipping toGradientClipping() {
    if (norm != null) {
      return new GradientClipping.Norm(norm);
    }
    return value == null ? new GradientClipping.None() : new GradientClipping.Value(value);
  }
}
