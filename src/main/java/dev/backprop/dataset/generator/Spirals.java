package dev.backprop.dataset.generator;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.backprop.dataset.Column;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Two arms that wind around each other for 1¾ turns, TensorFlow Playground's spiral: `(x1, x2) =
/// 5·u·(sin φ, cos φ) + σ·ε`, `φ = 3.5·π·u` for class `first` and half a turn further for class
/// `second`, `ε` from the normal distribution. `u` is the root of a number uniform over `[0, 1)`,
/// which spreads the points evenly along the arms.
@Schema(
    description =
        "Two arms that wind around each other: (x1, x2) = 5·u·(sin φ, cos φ) + σ·ε with φ = 3.5·π·u"
            + " where y is first, φ = 3.5·π·u + π where y is second. u is the square root of a"
            + " number uniform over [0, 1), ε is normal.")
@JsonIgnoreProperties("type")
record Spirals(
    @Schema(description = Generator.ROWS, defaultValue = "500") int rows,
    @Schema(description = Generator.NOISE, defaultValue = "0.0") double noise,
    @Schema(description = Generator.SEED, defaultValue = "42") long seed)
    implements Generator {

  @JsonCreator
  static Spirals of(
      @JsonProperty("rows") @Nullable Integer rows,
      @JsonProperty("noise") @Nullable Double noise,
      @JsonProperty("seed") @Nullable Long seed) {
    return new Spirals(
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
        "first",
        "second",
        (second, random) -> {
          double u = Math.sqrt(random.nextDouble());
          return Points.polar(5 * u, 3.5 * Math.PI * u + (second ? Math.PI : 0));
        });
  }
}
