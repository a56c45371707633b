package dev.backprop.dataset.generator;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.backprop.dataset.Column;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A disc within a ring, TensorFlow Playground's circle: `(x1, x2) = ρ·(sin φ, cos φ) + σ·ε`, the
/// angle `φ` uniform over `[0, 2π)`, the radius `ρ` uniform over `[0, 2.5)` for class `inner` and
/// over `[3.5, 5)` for class `outer`, `ε` from the normal distribution.
@Schema(
    description =
        "A disc within a ring: (x1, x2) = ρ·(sin φ, cos φ) + σ·ε with φ uniform over [0, 2π), and ρ"
            + " uniform over [0, 2.5) where y is inner, over [3.5, 5) where y is outer. ε is"
            + " normal.")
@JsonIgnoreProperties("type")
record Circles(
    @Schema(description = Generator.ROWS, defaultValue = "500") int rows,
    @Schema(description = Generator.NOISE, defaultValue = "0.0") double noise,
    @Schema(description = Generator.SEED, defaultValue = "42") long seed)
    implements Generator {

  @JsonCreator
  static Circles of(
      @JsonProperty("rows") @Nullable Integer rows,
      @JsonProperty("noise") @Nullable Double noise,
      @JsonProperty("seed") @Nullable Long seed) {
    return new Circles(
        rows == null ? DEFAULT_ROWS : rows,
        noise == null ? 0 : noise,
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
        "inner",
        "outer",
        (outer, random) -> {
          double radius = outer ? 3.5 + 1.5 * random.nextDouble() : 2.5 * random.nextDouble();
          return Points.polar(radius, 2 * Math.PI * random.nextDouble());
        });
  }
}
