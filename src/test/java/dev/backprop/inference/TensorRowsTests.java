package dev.backprop.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Parameters;
import dev.backprop.dataset.NumberFormat;
import dev.backprop.dataset.preprocessing.FeatureEncoder;
import dev.backprop.dataset.preprocessing.NumberEncoder;
import dev.backprop.dataset.preprocessing.Preprocessor;
import dev.backprop.dataset.preprocessing.Scaler;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import dev.backprop.model.Model;
import dev.backprop.model.Models;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The rows of one tensor of numbers, of which only those that are complete are encoded at once.
class TensorRowsTests {

  private static final float NONE = Float.NaN;

  private static final List<FeatureEncoder> FEATURES =
      List.of(
          new NumberEncoder("size", new Scaler.Standardize(10, 2), 6, 20, null, false),
          new NumberEncoder("age", new Scaler.None(), 0, 9, 4.0, true),
          new NumberEncoder("new", new Scaler.None(), 0, 1, null, false, NumberFormat.BOOLEAN));

  /// `y = 2·size + 3·age + 5·[age is missing] + 7·new − 1`, where size is standardized.
  private static final Model MODEL =
      Models.of(
          "homes",
          1,
          Instant.parse("2026-01-01T10:00:00Z"),
          new Preprocessor(FEATURES, new TargetEncoder.Values(List.of("y"))),
          new Parameters(
              new NetworkSpec(4, List.of(new LayerSpec(1, new Activation.Linear()))),
              new float[] {2, 3, 5, 7, -1}));

  private final float[] tensor = {
    14,
    1,
    1, // 4 + 3 + 7 − 1
    14,
    NONE,
    0, // 4 + 12 + 5 − 1
    14,
    1,
    0, // 4 + 3 − 1
    NONE,
    1,
    0,
    14,
    Float.POSITIVE_INFINITY,
    0,
    14,
    1,
    0.5f,
    110,
    -20,
    1 // 100 − 60 + 7 − 1
  };
  private static final int ROWS = 7;

  private final RowScorer scorer = SampleModels.PREDICTOR.scorer(MODEL, ROWS);

  @Test
  void areScoredWithWhatStandsInForMissingNumbersAndRefusedOneByOne() {
    List<Prediction> predictions = scorer.score(this::copy, 0, ROWS);
    assertThat(predictions.stream().filter(row -> row.error() == null).map(TensorRowsTests::number))
        .containsExactly(13f, 20f, 6f, 46f);
    assertThat(predictions)
        .extracting(Prediction::error)
        .containsExactly(
            null,
            null,
            null,
            "size: the value is missing",
            "age: the value is beyond a 32-bit float, whose largest number is 3.4e38",
            "new: true or false is expected, not the number 0.5",
            null);
  }

  @Test
  void canBeginAnywhere() {
    assertThat(scorer.score(this::copy, 1, 2))
        .extracting(TensorRowsTests::number)
        .containsExactly(20f, 6f);
    assertThat(scorer.score(this::copy, 6, 1))
        .extracting(TensorRowsTests::number)
        .containsExactly(46f);
  }

  @Test
  void areToldTheSameAsRowsOneByOneButForFlags() {
    RawRows rows = new RawRows();
    for (int row = 0; row < ROWS; row++) {
      rows.addNumbers(this::copy, row * FEATURES.size(), FEATURES.size());
      rows.endRow(null, null);
    }
    List<Prediction> expected = new ArrayList<>(SampleModels.PREDICTOR.score(MODEL, rows));
    List<Prediction> given = scorer.score(this::copy, 0, ROWS);
    assertThat(given).usingRecursiveComparison().ignoringFields("flags").isEqualTo(expected);
  }

  private static float number(Prediction prediction) {
    return Objects.requireNonNull(prediction.scores(), String.valueOf(prediction.error()))
        .number(0);
  }

  private void copy(int from, int count, float[] target, int at) {
    System.arraycopy(tensor, from, target, at, count);
  }
}
