package dev.backprop.dataset;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.backprop.core.linalg.SplitMix64;
import dev.backprop.problem.InputErrors;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes a data set by a formula.
@JsonTypeInfo(
    use = JsonTypeInfo.Id.NAME,
    property = "type",
    visible = true,
    defaultImpl = Generator.Unknown.class)
@JsonSubTypes(@JsonSubTypes.Type(value = Generator.Xor.class, name = "xor"))
public sealed interface Generator {

  /// How many rows [#generate()] makes.
  int rows();

  /// How many cells [#generate()] makes.
  long cells();

  /// Adds what is wrong with the settings.
  ///
  /// @param pointer where the generator stands in the request
  void check(InputErrors errors, String pointer);

  /// The columns; the same settings give the same values.
  List<Column> generate();

  /// The truth table of the exclusive or, repeated in order: columns `x1`, `x2`, `y`.
  ///
  /// @param rows how many; the table has 4
  /// @param noise standard deviation of the Gaussian noise added to the inputs
  /// @param seed of the noise
  @JsonIgnoreProperties("type")
  record Xor(int rows, double noise, long seed) implements Generator {

    /// Fills in the truth table itself: 4 rows without noise.
    @JsonCreator
    static Xor of(
        @JsonProperty("rows") @Nullable Integer rows,
        @JsonProperty("noise") @Nullable Double noise,
        @JsonProperty("seed") @Nullable Long seed) {
      return new Xor(rows == null ? 4 : rows, noise == null ? 0 : noise, seed == null ? 42 : seed);
    }

    @Override
    public long cells() {
      return 3L * rows;
    }

    @Override
    public void check(InputErrors errors, String pointer) {
      if (rows < 1) {
        errors.add(pointer + "/rows", "rows is " + rows + ", at least 1 is needed");
      }
      if (!(noise >= 0 && noise <= 1e6)) {
        errors.add(
            pointer + "/noise", "noise is " + noise + ", a number from 0 to 1e6 is expected");
      }
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
    public long cells() {
      return 0;
    }

    @Override
    public void check(InputErrors errors, String pointer) {
      errors.add(
          pointer + "/type",
          type == null
              ? "a generator needs a type; there is: xor"
              : "there is no generator '" + Texts.shorten(type) + "'; there is: xor");
    }

    @Override
    public List<Column> generate() {
      throw new IllegalStateException("there is no generator '" + type + "'");
    }
  }
}
