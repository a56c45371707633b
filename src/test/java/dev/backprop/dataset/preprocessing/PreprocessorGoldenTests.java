package dev.backprop.dataset.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.dataset.Dataset;
import dev.backprop.dataset.DatasetProperties;
import dev.backprop.dataset.intake.CsvOptions;
import dev.backprop.dataset.intake.DatasetFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Against scikit-learn's transformers; `golden/preprocessing.py` made the numbers. Every third row
/// is held out.
class PreprocessorGoldenTests {

  private static final Offset<Float> ACCURACY = Offset.offset(1e-6f);
  private static final int RARE = 8;
  private static final List<String> FEATURES =
      List.of("area", "age", "income", "garden", "city", "heating");

  private final Dataset homes = homes();
  private final JsonNode golden = golden();

  private static InputStream resource(String name) {
    return Objects.requireNonNull(
        PreprocessorGoldenTests.class.getResourceAsStream("/golden/" + name), name);
  }

  private static Dataset homes() {
    try (InputStream file = resource("preprocessing.csv")) {
      return new DatasetFactory(DatasetProperties.defaults(), Clock.systemUTC())
          .fromCsv(file, CsvOptions.NONE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode golden() {
    try (InputStream file = resource("preprocessing.json")) {
      return JsonMapper.shared().readTree(file).get("encoded");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyScalingIsCompared() {
    assertThat(golden).hasSize(Scaling.values().length - 1);
  }

  @ParameterizedTest
  @CsvSource({"standardize, STANDARDIZE", "minMax, MIN_MAX", "robust, ROBUST"})
  void encodesAsScikitLearnDoes(String name, Scaling scaling) {
    JsonNode expected =
        golden
            .valueStream()
            .filter(each -> each.get("scaling").asString().equals(name))
            .findFirst()
            .orElseThrow();
    Preprocessor fitted =
        Preprocessor.fit(
            homes,
            FEATURES,
            new Target.Values(List.of("price")),
            IntStream.range(0, homes.rows()).filter(row -> row % 3 != 2).toArray(),
            new Preprocessing(scaling, RARE, MissingValues.IMPUTE, UnseenCategory.FLAG, false));
    List<String> names = expected.get("inputs").valueStream().map(JsonNode::asString).toList();
    assertThat(fitted.inputNames()).containsExactlyInAnyOrderElementsOf(names);

    JsonNode rows = expected.get("rows");
    int[] heldOut = IntStream.range(0, rows.size()).map(row -> 3 * row + 2).toArray();
    Matrix encoded = fitted.encodeFeatures(homes, heldOut);
    for (int row = 0; row < rows.size(); row++) {
      for (int input = 0; input < names.size(); input++) {
        assertThat(encoded.get(row, fitted.inputNames().indexOf(names.get(input))))
            .as("%s of row %d", names.get(input), row)
            .isCloseTo(rows.get(row).get(input).floatValue(), ACCURACY);
      }
    }
  }
}
