package dev.backprop.dataset.generator;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.backprop.dataset.Column;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Two half circles that reach into each other, as scikit-learn's `make_moons`: `(x1, x2) = (cos t,
/// sin t) + σ·ε` for class `upper`, `(1 − cos t, ½ − sin t) + σ·ε` for class `lower`, `t` uniform
/// over `[0, π)`, `ε` from the normal distribution.
@Schema(
    description =
        "Two half circles that reach into each other: (x1, x2) = (cos t, sin t) + σ·ε where y is upper,"
            + " (1 − cos t, ½ − sin t) + σ·ε where y is lower. t is uniform over [0, π), ε is"
            + " normal.")
@JsonIgnoreProperties("type")
record Moons(
    @Schema(description = Generator.ROWS, defaultValue = "500") int rows,
    @Schema(description = Generator.NOISE, defaultValue = "0.0") double noise,
    @Schema(description = Generator.SEED, defaultValue = "42") long seed)
    implements Generator {

  @JsonCreator
  static Moons of(
      @JsonProperty("rows") @Nullable Integer rows,
      @JsonProperty("noise") @Nullable Double noise,
      @JsonProperty("seed") @Nullable Long seed) {
    return new Moons(
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
        "lower",
        "upper",
        (upper, random) -> {
          double t = Math.PI * random.nextDouble();
          double cos = StrictMath.cos(t);
          double sin = StrictMath.sin(t);
          return upper ? new double[] {cos, sin} : new double[] {1 - cos, 0.5 - sin};
        });
  }
}
