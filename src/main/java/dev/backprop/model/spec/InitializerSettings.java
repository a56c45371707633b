package dev.backprop.model.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.backprop.core.nn.Initializer;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What weights are drawn from; biases and β start at 0, γ at 1.
///
/// @param type the distribution
/// @param limit of the uniform distribution
/// @param standardDeviation of the normal distribution
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InitializerSettings(
    @Schema(
            description =
                """
                The distribution of the weights, with n inputs and m units of the layer:

                | type | weights |
                |---|---|
                | `glorotUniform` | uniform over ±√(6 / (n + m)) |
                | `glorotNormal` | normal of variance 2 / (n + m) |
                | `heUniform` | uniform over ±√(6 / n) |
                | `heNormal` | normal of variance 2 / n |
                | `leCunUniform` | uniform over ±√(3 / n) |
                | `leCunNormal` | normal of variance 1 / n |
                | `uniform` | uniform over ±limit |
                | `normal` | normal of that standardDeviation |
                | `orthogonal` | a random rotation, cut to n × m |
                | `zeros` | 0; without hidden layers only |
                """)
        @NotNull(message = "the type of the initializer is needed")
        @Nullable Type type,
    @Schema(
            description =
                "The largest absolute weight, 1e-30 to 1e30; for the type uniform only, by default 1",
            example = "1.0")
        @DecimalMin(value = "1e-30", message = "must be from 1e-30 to 1e30")
        @DecimalMax(value = "1e30", message = "must be from 1e-30 to 1e30")
        @Nullable Double limit,
    @Schema(
            description =
                "The standard deviation of the weights, 1e-30 to 1e30; for the type normal only, by"
                    + " default 0.05",
            example = "0.05")
        @DecimalMin(value = "1e-30", message = "must be from 1e-30 to 1e30")
        @DecimalMax(value = "1e30", message = "must be from 1e-30 to 1e30")
        @Nullable Double standardDeviation) {

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
    UNIFORM,
    /// [Initializer.Normal].
    NORMAL,
    /// [Initializer.Orthogonal].
    ORTHOGONAL,
    /// [Initializer.Zeros].
    ZEROS
  }

  /// The complete settings of a type, the numbers filled in that it has.
  public InitializerSettings withDefaults(Type type) {
    return new InitializerSettings(
        type,
        type == Type.UNIFORM && limit == null
            ? Double.valueOf(Initializer.Uniform.DEFAULT_LIMIT)
            : limit,
        type == Type.NORMAL && standardDeviation == null
            ? Double.valueOf(Initializer.Normal.DEFAULT_STANDARD_DEVIATION)
            : standardDeviation);
  }

  /// The initializer of complete settings.
  public Initializer toInitializer() {
    return switch (Objects.requireNonNull(type)) {
      case GLOROT_UNIFORM -> new Initializer.GlorotUniform();
      case GLOROT_NORMAL -> new Initializer.GlorotNormal();
      case HE_UNIFORM -> new Initializer.HeUniform();
      case HE_NORMAL -> new Initializer.HeNormal();
      case LE_CUN_UNIFORM -> new Initializer.LeCunUniform();
      case LE_CUN_NORMAL -> new Initializer.LeCunNormal();
      case UNIFORM -> new Initializer.Uniform(Objects.requireNonNull(limit));
      case NORMAL -> new Initializer.Normal(Objects.requireNonNull(standardDeviation));
      case ORTHOGONAL -> new Initializer.Orthogonal();
      case ZEROS -> new Initializer.Zeros();
    };
  }
}
