package dev.backprop.model.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.backprop.core.nn.Initializer;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/// What weights are drawn from; biases start at 0.
///
/// @param type the distribution
/// @param limit of the uniform distribution
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InitializerSettings(
    @NotNull(message = "the type of the initializer is needed") @Nullable Type type,
    @Schema(
            description = "The largest absolute weight; for the type uniform only, by default 1",
            example = "1.0")
        @DecimalMin(value = "1e-30", message = "must be from 1e-30 to 1e30")
        @DecimalMax(value = "1e30", message = "must be from 1e-30 to 1e30")
        @Nullable Double limit) {

  /// The distributions.
  public enum Type {
    /// [Initializer.GlorotUniform].
    GLOROT_UNIFORM,
    /// [Initializer.GlorotNormal].
    GLOROT_NORMAL,
    /// [Initializer.HeUniform].
    HE_UNIFORM,
    /// [Initializer.HeNormal].
    HE_NORMAL,
    /// [Initializer.LeCunUniform].
    LE_CUN_UNIFORM,
    /// [Initializer.LeCunNormal].
    LE_CUN_NORMAL,
    /// [Initializer.Uniform].
    UNIFORM
  }

  /// The initializer of a complete setting.
  public static Initializer toInitializer(Type type, @Nullable Double limit) {
    return switch (type) {
      case GLOROT_UNIFORM -> new Initializer.GlorotUniform();
      case GLOROT_NORMAL -> new Initializer.GlorotNormal();
      case HE_UNIFORM -> new Initializer.HeUniform();
      case HE_NORMAL -> new Initializer.HeNormal();
      case LE_CUN_UNIFORM -> new Initializer.LeCunUniform();
      case LE_CUN_NORMAL -> new Initializer.LeCunNormal();
      case UNIFORM ->
          new Initializer.Uniform(limit == null ? Initializer.Uniform.DEFAULT_LIMIT : limit);
    };
  }
}
