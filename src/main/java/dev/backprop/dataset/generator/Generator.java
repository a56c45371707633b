package dev.backprop.dataset.generator;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.backprop.core.linalg.SplitMix64;
import dev.backprop.dataset.Column;
import dev.backprop.dataset.NumberColumn;
import dev.backprop.problem.InputErrors;
import dev.backprop.problem.Variants;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes a data set by a formula: inputs `x1` and `x2`, target `y`.
///
/// The same settings give the same values, on every machine and in every release.
@Schema(
    description =
        "Makes x1, x2 and y by a formula. circles, gaussians, spirals and moons have a class to"
            + " tell, plane and waves a number; xor has the numbers 0 and 1. The same settings"
            + " give the same values.")
@JsonTypeInfo(
    use = JsonTypeInfo.Id.NAME,
    property = "type",
    visible = true,
    defaultImpl = Generator.Unknown.class)
@JsonSubTypes({
  @JsonSubTypes.Type(value = Generator.Xor.class, name = "xor"),
  @JsonSubTypes.Type(value = Circles.class, name = "circles"),
  @JsonSubTypes.Type(value = Gaussians.class, name = "gaussians"),
  @JsonSubTypes.Type(value = Spirals.class, name = "spirals"),
  @JsonSubTypes.Type(value = Moons.class, name = "moons"),
  @JsonSubTypes.Type(value = Plane.class, name = "plane"),
  @JsonSubTypes.Type(value = Waves.class, name = "waves")
})
public sealed interface Generator
    permits Generator.Xor, Circles, Gaussians, Spirals, Moons, Plane, Waves, Generator.Unknown {

  /// How many rows are made where it is not said; [Xor] has 4.
  int DEFAULT_ROWS = 500;

  /// The seed where none is given.
  long DEFAULT_SEED = 42;

  /// What `rows` means, for the OpenAPI document.
  String ROWS = "How many rows, half of them of each class; from 2 to backprop.datasets.max-rows";

  /// What `noise` means where there are classes, for the OpenAPI document.
  String NOISE =
      "σ, the standard deviation of the Gaussian noise added to x1 and to x2; from 0 to 1e6";

  /// What `noise` means where there is a number to tell, for the OpenAPI document.
  String TARGET_NOISE = "σ, the standard deviation of the Gaussian noise added to y; from 0 to 1e6";

  /// What `seed` means, for the OpenAPI document.
  String SEED = "Seed of the random numbers";

  /// How many rows [#generate()] makes.
  int rows();

  /// The standard deviation of the Gaussian noise.
  double noise();

  /// The seed of points and noise.
  long seed();

  /// How few rows make sense.
  default int minRows() {
    return 1;
  }

  /// How many cells [#generate()] makes.
  default long cells() {
    return 3L * rows();
  }

  /// Adds what is wrong with the settings.
  ///
  /// @param pointer where the generator stands in the request
  default void check(InputErrors errors, String pointer) {
    if (rows() < minRows()) {
      errors.add(
          pointer + "/rows",
          "rows is %d, at least %d %s needed"
              .formatted(rows(), minRows(), minRows() == 1 ? "is" : "are"));
    }
    if (!(noise() >= 0 && noise() <= 1e6)) {
      errors.add(
          pointer + "/noise", "noise is " + noise() + ", a number from 0 to 1e6 is expected");
    }
  }

  /// The columns; the same settings give the same values.
  List<Column> generate();

  /// The truth table of the exclusive or, repeated in order: columns `x1`, `x2`, `y`.
  ///
  /// @param rows how many; the table has 4
  /// @param noise standard deviation of the Gaussian noise added to the inputs
  /// @param seed of the noise
  @Schema(
      description =
          "The exclusive or: the rows (0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 0) of x1, x2 and y,"
              + " repeated in this order; x1 and x2 get noise.")
  @JsonIgnoreProperties("type")
  record Xor(
      @Schema(
              description = "How many rows; from 1 to backprop.datasets.max-rows",
              defaultValue = "4")
          int rows,
      @Schema(description = NOISE, defaultValue = "0.0") double noise,
      @Schema(description = "Seed of the noise", defaultValue = "42") long seed)
      implements Generator {

    /// Fills in the truth table itself: 4 rows without noise.
    @JsonCreator
    static Xor of(
        @JsonProperty("rows") @Nullable Integer rows,
        @JsonProperty("noise") @Nullable Double noise,
        @JsonProperty("seed") @Nullable Long seed) {
      return new Xor(
          rows == null ? 4 : rows, noise == null ? 0 : noise, seed == null ? DEFAULT_SEED : seed);
    }

    @Override
    public List<Column> generate() {
      SplitMix64 random = new SplitMix64(seed);
      float[] first = new float[rows];
      float[] second = new float[rows];
      float[] target = new float[rows];
      for (int row = 0; row < rows; row++) {
        int a = row >> 1 & 1;
        int b = row & 1;
        first[row] = noise == 0 ? a : (float) (a + noise * random.nextGaussian());
        second[row] = noise == 0 ? b : (float) (b + noise * random.nextGaussian());
        target[row] = a ^ b;
      }
      return List.of(
          new NumberColumn("x1", first),
          new NumberColumn("x2", second),
          new NumberColumn("y", target));
    }
  }

  /// Stands for a type that does not exist, so that it is reported with all else that is wrong.
  ///
  /// @param type the name met, null where it was left out
  @Schema(hidden = true)
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Unknown(@Nullable String type) implements Generator {

    @Override
    public int rows() {
      return 0;
    }

    @Override
    public double noise() {
      return 0;
    }

    @Override
    public long seed() {
      return DEFAULT_SEED;
    }

    @Override
    public void check(InputErrors errors, String pointer) {
      List<String> names =
          Stream.of(Generator.class.getAnnotation(JsonSubTypes.class).value())
              .map(JsonSubTypes.Type::name)
              .toList();
      errors.add(
          pointer + "/type",
          type == null
              ? "a generator needs a type; one of: " + String.join(", ", names)
              : Variants.unknown(pointer, type, names));
    }

    @Override
    public List<Column> generate() {
      throw new IllegalStateException("there is no generator '" + type + "'");
    }
  }
}
