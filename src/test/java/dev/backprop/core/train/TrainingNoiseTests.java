package dev.backprop.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.backprop.core.linalg.Matrices;
import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.SplitMix64;
import dev.backprop.core.linalg.Workers;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.Masks;
import dev.backprop.core.nn.NetworkSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingNoiseTests {

  private static final int ROWS = 1000;
  private static final int UNITS = 40;

  private static TrainingNoise noise(double dropout, Regularization regularization, long seed) {
    NetworkSpec network =
        new NetworkSpec(
            UNITS,
            List.of(
                new LayerSpec(UNITS, new Activation.Tanh(), dropout),
                new LayerSpec(3, new Activation.Tanh()),
                new LayerSpec(UNITS, new Activation.Tanh(), dropout),
                new LayerSpec(1, new Activation.Linear())));
    TrainingSpec training =
        new TrainingSpec(
            new Loss.MeanSquaredError(),
            new Sgd(0.1),
            new Schedule.Constant(),
            1,
            new BatchSize.Full(),
            false,
            seed,
            regularization,
            new GradientClipping.None(),
            null,
            null);
    return new TrainingNoise(network, training, ROWS, Workers.INLINE);
  }

  private static float[] mask(TrainingNoise noise, int epoch, int layer) {
    return mask(noise.masks(ROWS, epoch, row -> row), layer);
  }

  private static float[] mask(Masks masks, int layer) {
    return Objects.requireNonNull(masks.ofLayers().get(layer)).values().clone();
  }

  private static double mean(float[] numbers) {
    return IntStream.range(0, numbers.length).mapToDouble(i -> numbers[i]).average().orElseThrow();
  }

  /// 40,000 draws: a share p is off by at most 4·√(p(1 − p)/40,000) ≤ 0.01.
  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.2, 0.5, 0.9})
  void leavesOutTheShareAndKeepsTheMean(double p) {
    float[] mask = mask(noise(p, Regularization.NONE, 7), 1, 0);

    long zeros = IntStream.range(0, mask.length).filter(i -> mask[i] == 0).count();
    assertThat((double) zeros / mask.length).isCloseTo(p, within(0.01));
    assertThat(mean(mask)).isCloseTo(1, within(0.01 / (1 - p)));
    for (float number : mask) {
      assertThat(number).isIn(0f, (float) (1 / (1 - p)));
    }
  }

  @Test
  void leavesOutEachUnitInTheSameShareOfRows() {
    float[] mask = mask(noise(0.5, Regularization.NONE, 7), 1, 0);

    for (int unit = 0; unit < UNITS; unit++) {
      int kept = 0;
      for (int row = 0; row < ROWS; row++) {
        kept += mask[row * UNITS + unit] > 0 ? 1 : 0;
      }
      assertThat(kept).isBetween(430, 570); // 4 standard deviations of 16
    }
  }

  @Test
  void followsFromSeedEpochAndLayer() {
    float[] mask = mask(noise(0.5, Regularization.NONE, 7), 1, 0);

    assertThat(mask(noise(0.5, Regularization.NONE, 7), 1, 0)).isEqualTo(mask);
    assertThat(mask(noise(0.5, Regularization.NONE, 8), 1, 0)).isNotEqualTo(mask);
    assertThat(mask(noise(0.5, Regularization.NONE, 7), 2, 0)).isNotEqualTo(mask);
    assertThat(mask(noise(0.5, Regularization.NONE, 7), 1, 2)).isNotEqualTo(mask);
  }

  @Test
  void isTheSameForARowInWhateverBatch() {
    TrainingNoise noise = noise(0.5, new Regularization(0, 0, 0.5, 0.5, null), 7);
    Matrix x = Matrices.random(ROWS, UNITS, new SplitMix64(1));
    float[] ofAll = mask(noise, 3, 2);
    float[] inputsOfAll = noise.inputs(x, 3, row -> row).values().clone();

    for (int place = 0; place < 7; place++) {
      int row = 991 - 100 * place;
      int at = place;
      float[] ofFew = mask(noise.masks(7, 3, p -> 991 - 100 * p), 2);
      float[] inputs = noise.inputs(x.rows(row, 1), 3, p -> 991 - 100 * at).values();

      assertThat(Arrays.copyOfRange(ofFew, place * UNITS, (place + 1) * UNITS))
          .isEqualTo(Arrays.copyOfRange(ofAll, row * UNITS, (row + 1) * UNITS));
      assertThat(Arrays.copyOf(inputs, UNITS))
          .isEqualTo(Arrays.copyOfRange(inputsOfAll, row * UNITS, (row + 1) * UNITS));
    }
  }

  @Test
  void leavesOutInputsAndScalesTheOthers() {
    TrainingNoise noise = noise(0, new Regularization(0, 0, 0.75, 0, null), 7);
    Matrix x = Matrices.random(ROWS, UNITS, new SplitMix64(1));
    float[] before = x.values().clone();

    float[] inputs = noise.inputs(x, 1, row -> row).values();

    int zeros = 0;
    for (int i = 0; i < inputs.length; i++) {
      assertThat(inputs[i]).isIn(0f, 4 * before[i]);
      zeros += inputs[i] == 0 ? 1 : 0;
    }
    assertThat((double) zeros / inputs.length).isCloseTo(0.75, within(0.01));
    assertThat(x.values()).isEqualTo(before);
  }

  /// 40,000 draws: their mean is within 0.02·σ, four times its standard deviation.
  @Test
  void addsNormalNoiseToInputs() {
    double sigma = 0.25;
    Matrix x = Matrices.random(ROWS, UNITS, new SplitMix64(1));
    float[] before = x.values().clone();

    float[] inputs =
        noise(0, new Regularization(0, 0, 0, sigma, null), 7).inputs(x, 1, row -> row).values();

    double sum = 0;
    double squares = 0;
    int within = 0;
    for (int i = 0; i < inputs.length; i++) {
      double epsilon = (inputs[i] - before[i]) / sigma;
      sum += epsilon;
      squares += epsilon * epsilon;
      within += Math.abs(epsilon) < 1 ? 1 : 0;
    }
    assertThat(sum / inputs.length).isCloseTo(0, within(0.02));
    assertThat(squares / inputs.length).isCloseTo(1, within(0.03));
    assertThat((double) within / inputs.length).isCloseTo(0.6827, within(0.01));
    assertThat(x.values()).isEqualTo(before);
  }

  @Test
  void addsOtherNoiseInEachEpochRowAndSeed() {
    Regularization noisy = new Regularization(0, 0, 0, 1, null);
    Matrix x = new Matrix(2, UNITS);
    float[] first = noise(0, noisy, 7).inputs(x, 1, row -> row).values().clone();

    assertThat(noise(0, noisy, 7).inputs(x, 1, row -> row).values()).isEqualTo(first);
    assertThat(noise(0, noisy, 7).inputs(x, 2, row -> row).values()).isNotEqualTo(first);
    assertThat(noise(0, noisy, 8).inputs(x, 1, row -> row).values()).isNotEqualTo(first);
    assertThat(Arrays.copyOf(first, UNITS))
        .isNotEqualTo(Arrays.copyOfRange(first, UNITS, 2 * UNITS));
  }

  /// What is left out is 0 whatever noise there was.
  @Test
  void leavesOutInputsAfterTheNoise() {
    Matrix x = new Matrix(ROWS, UNITS);

    float[] inputs =
        noise(0, new Regularization(0, 0, 0.5, 1, null), 7).inputs(x, 1, row -> row).values();

    long zeros = IntStream.range(0, inputs.length).filter(i -> inputs[i] == 0).count();
    assertThat((double) zeros / inputs.length).isCloseTo(0.5, within(0.01));
  }

  @Test
  void isNoneWithoutRates() {
    Matrix x = new Matrix(ROWS, UNITS);
    TrainingNoise none = noise(0, new Regularization(1, 1, 0, 0, null), 7);

    assertThat(none.isNone()).isTrue();
    assertThat(none.inputs(x, 1, row -> row)).isSameAs(x);
    assertThat(none.masks(ROWS, 1, row -> row)).isEqualTo(Masks.NONE);
    assertThat(noise(0.1, Regularization.NONE, 7).isNone()).isFalse();
    assertThat(noise(0, new Regularization(0, 0, 0.1, 0, null), 7).isNone()).isFalse();
    assertThat(noise(0, new Regularization(0, 0, 0, 0.1, null), 7).isNone()).isFalse();
  }
}
