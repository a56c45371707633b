package dev.backprop.dataset.generator;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.backprop.dataset.Column;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A plane to fit, as TensorFlow Playground's: `y = (x1 + x2)/10 + σ·ε`, `x1` and `x2` uniform over
/// `[−6, 6)`, `ε` from the normal distribution. No model has a smaller root mean squared error than
/// `σ` on new rows.
@Schema(
    description =
        "A plane: y = (x1 + x2)/10 + σ·ε with x1 and x2 uniform over [−6, 6), ε normal. The least root"
            + " mean squared error on new rows is σ.")
@JsonIgnoreProperties("type")
record Plane(
    @Schema(
            description = "How many rows; from 1 to backprop.datasets.max-rows",
            defaultValue = "500")
        int rows,
    @Schema(description = Generator.TARGET_NOISE, defaultValue = "0.0") double noise,
    @Schema(description = Generator.SEED, defaultValue = "42") long seed)
    implements Generator {

  @JsonCreator
  static Plane of(
      @JsonProperty("rows") @Nullable Integer rows,
      @JsonProperty("noise") @Nullable Double noise,
      @JsonProperty("seed") @Nullable Long seed) {
    return new Plane(
        rows == null ? DEFAULT_ROWS : rows,
        noise == null ? 0 : noise,
        seed == null ? DEFAULT_SEED : seed);
  }

  @Override
  public List<Column> generate() {
    return Points.ofSurface(this, (x1, x2) -> (x1 + x2) / 10);
  }
}
