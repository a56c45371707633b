package dev.backprop.dataset.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.core.linalg.SplitMix64;
import dev.backprop.dataset.NumberFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberRowEncoderTests {

  private static final TargetEncoder TARGET = new TargetEncoder.Values(List.of("y"));

  private static final FeatureEncoder LENGTH =
      new NumberEncoder("length", new Scaler.Standardize(3, 2), 1, 7, null, false);
  private static final FeatureEncoder AGE =
      new NumberEncoder("age", new Scaler.MinMax(-2, 6), -2, 6, 1.0, true);
  private static final FeatureEncoder MEMBER =
      new NumberEncoder("member", new Scaler.None(), 0, 1, null, false, NumberFormat.BOOLEAN);

  private final NumberRowEncoder encoder = encoder(LENGTH, AGE, MEMBER);

  private static NumberRowEncoder encoder(FeatureEncoder... features) {
    return new Preprocessor(List.of(features), TARGET).numberRowEncoder().orElseThrow();
  }

  @Test
  void scalesNumbersAndMarksNoneAsMissing() {
    float[] out = {9, 9, 9, 9, 9, 9};
    assertThat(encoder.encode(new float[] {4, 0, 1}, out, 1)).isTrue();
    assertThat(out).containsExactly(9, 0.5f, 0.25f, 0, 1, 9);
  }

  @Test
  void scalesNumbersOutOfTheTrainingRangeAlike() {
    float[] out = new float[4];
    assertThat(encoder.encode(new float[] {-7, 14, 0}, out, 0)).isTrue();
    assertThat(out).containsExactly(-5, 2, 0, 0);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void leavesWhatIsNoNumberToOthers(float none) {
    for (int i = 0; i < 3; i++) {
      float[] row = {4, 0, 1};
      row[i] = none;
      float[] given = row.clone();
      assertThat(encoder.encode(row, new float[4], 0)).isFalse();
      assertThat(row).as("not touched").containsExactly(given);
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {0.5f, 2, -1})
  void leavesWhatIsNoTruthValueToOthers(float none) {
    assertThat(encoder.encode(new float[] {4, 0, none}, new float[4], 0)).isFalse();
  }

  @Test
  void isThereWhereAllFeaturesTakeNumbersOnly() {
    FeatureEncoder date =
        new NumberEncoder("since", new Scaler.None(), 0, 1, null, false, NumberFormat.DATE);
    FeatureEncoder category =
        new CategoryEncoder("color", List.of("blue", "red"), List.of(), null, false, false);
    assertThat(new Preprocessor(List.of(LENGTH, date), TARGET).numberRowEncoder()).isEmpty();
    assertThat(new Preprocessor(List.of(category, AGE), TARGET).numberRowEncoder()).isEmpty();
  }

  @Test
  void givesTheBitsThatOneValueAfterTheOtherGives() {
    SplitMix64 random = new SplitMix64(3);
    List<FeatureEncoder> features =
        IntStream.range(0, 100)
            .<FeatureEncoder>mapToObj(
                i ->
                    new NumberEncoder(
                        "x" + i, scaler(i % 4, random), -1, 1, i % 7 == 0 ? 0.5 : null, i % 7 == 0))
            .toList();
    Preprocessor preprocessor = new Preprocessor(features, TARGET);
    NumberRowEncoder all = preprocessor.numberRowEncoder().orElseThrow();
    float[] expected = new float[preprocessor.inputs()];
    float[] out = new float[preprocessor.inputs()];
    for (int i = 0; i < 100; i++) {
      DecodedRow row = new DecodedRow(features.size());
      float[] numbers = new float[features.size()];
      for (int feature = 0; feature < numbers.length; feature++) {
        numbers[feature] = (float) (2 * random.nextGaussian());
        row.setNumber(feature, numbers[feature]);
      }
      assertThat(preprocessor.encode(row, expected, 0).errors()).isEmpty();
      assertThat(all.encode(numbers, out, 0)).isTrue();
      assertThat(out).containsExactly(expected);
    }
  }

  private static Scaler scaler(int kind, SplitMix64 random) {
    double offset = random.nextGaussian();
    double scale = 0.1 + random.nextDouble();
    return switch (kind) {
      case 0 -> new Scaler.Standardize(offset, scale);
      case 1 -> new Scaler.MinMax(offset, offset + scale);
      case 2 -> new Scaler.Robust(offset, scale);
      default -> new Scaler.None();
    };
  }
}
