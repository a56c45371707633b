package dev.backprop.dataset.generator;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.backprop.dataset.Column;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Hills and hollows in turn, as TensorFlow Playground's second regression: `y = Σ s·max(0, 1 − ‖x
/// − c‖/2) + σ·ε` over six centers `c`, `x1` and `x2` uniform over `[−6, 6)`, `ε` from the normal
/// distribution. No model has a smaller root mean squared error than `σ` on new rows.
@Schema(
    description =
        "Hills and hollows: y = Σ s·max(0, 1 − ‖x − c‖/2) + σ·ε with s = 1 for the centers c = (−4, 2.5),"
            + " (4, 2.5), (0, −2.5) and s = −1 for (0, 2.5), (−4, −2.5), (4, −2.5); x1 and x2 are"
            + " uniform over [−6, 6), ε is normal. The least root mean squared error on new rows is"
            + " σ.")
@JsonIgnoreProperties("type")
record Waves(
    @Schema(
            description = "How many rows; from 1 to backprop.datasets.max-rows",
            defaultValue = "500")
        int rows,
    @Schema(description = Generator.TARGET_NOISE, defaultValue = "0.0") double noise,
    @Schema(description = Generator.SEED, defaultValue = "42") long seed)
    implements Generator {

  @JsonCreator
  static Waves of(
      @JsonProperty("rows") @Nullable Integer rows,
      @JsonProperty("noise") @Nullable Double noise,
      @JsonProperty("seed") @Nullable Long seed) {
    return new Waves(
        rows == null ? DEFAULT_ROWS : rows,
        noise == null ? 0 : noise,
        seed == null ? DEFAULT_SEED : seed);
  }

  @Override
  public List<Column> generate() {
    return Points.ofSurface(this, Waves::height);
  }

  private static double height(double x1, double x2) {
    double height = 0;
    for (int column = -1; column <= 1; column++) {
      for (int row = -1; row <= 1; row += 2) {
        int sign = column == 0 ? -row : row;
        double distance = StrictMath.hypot(x1 - 4 * column, x2 - 2.5 * row);
        height += sign * Math.max(0, 1 - distance / 2);
      }
    }
    return height;
  }
}
