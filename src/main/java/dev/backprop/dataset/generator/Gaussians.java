package dev.backprop.dataset.generator;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.backprop.dataset.Column;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Two round clouds, as TensorFlow Playground's: `(x1, x2) = (c, c) + σ·ε` with `c = −2` for class
/// `negative` and `c = 2` for class `positive`, `ε` from the normal distribution. No rule tells
/// more than a share `Φ(2·√2/σ)` of them apart.
@Schema(
    description =
        "Two round clouds: (x1, x2) = (c, c) + σ·ε with c = −2 where y is negative, c = 2 where y is"
            + " positive. ε is normal. No rule tells more than a share Φ(2·√2/σ) of them apart.")
@JsonIgnoreProperties("type")
record Gaussians(
    @Schema(description = Generator.ROWS, defaultValue = "500") int rows,
    @Schema(description = Generator.NOISE, defaultValue = "1.0") double noise,
    @Schema(description = Generator.SEED, defaultValue = "42") long seed)
    implements Generator {

  @JsonCreator
  static Gaussians of(
      @JsonProperty("rows") @Nullable Integer rows,
      @JsonProperty("noise") @Nullable Double noise,
      @JsonProperty("seed") @Nullable Long seed) {
    return new Gaussians(
        rows == null ? DEFAULT_ROWS : rows,
        noise == null ? 1 : noise,
        seed == null ? DEFAULT_SEED : seed);
  }

  @Override
  public int minRows() {
    return 2; // one of each class
  }

  @Override
  public List<Column> generate() {
    return Points.ofTwoClasses(
        this,
        "negative",
        "positive",
        (positive, _) -> positive ? new double[] {2, 2} : new double[] {-2, -2});
  }
}
