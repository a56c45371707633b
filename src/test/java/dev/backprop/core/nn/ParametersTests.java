package dev.backprop.core.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTests {

  private static final NetworkSpec SPEC =
      new NetworkSpec(
          2,
          List.of(
              new LayerSpec(3, new Activation.Tanh()), new LayerSpec(1, new Activation.Linear())));

  private final float[] values = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13};

  @Test
  void laysLayerAfterLayerWeightsRowByRowThenBiases() {
    Parameters theta = new Parameters(SPEC, values);

    assertThat(theta.weights(0)).hasToString("2 × 3");
    assertThat(theta.weights(0).get(1, 0)).isEqualTo(4);
    assertThat(theta.biases(0)).hasToString("1 × 3");
    assertThat(theta.biases(0).get(0, 0)).isEqualTo(7);
    assertThat(theta.weights(1)).hasToString("3 × 1");
    assertThat(theta.weights(1).get(2, 0)).isEqualTo(12);
    assertThat(theta.biases(1).get(0, 0)).isEqualTo(13);
  }

  @Test
  void viewsAndArrayAreTheSameNumbers() {
    Parameters theta = new Parameters(SPEC, values);

    theta.weights(1).set(0, 0, -1);

    assertThat(theta.values()).isSameAs(values);
    assertThat(values[9]).isEqualTo(-1);
  }

  @Test
  void aCopyHasNumbersOfItsOwn() {
    Parameters theta = new Parameters(SPEC, values);
    Parameters copy = theta.copy();

    copy.weights(0).set(0, 0, -1);

    assertThat(theta.weights(0).get(0, 0)).isEqualTo(1);
    theta.copyFrom(copy);
    assertThat(theta.weights(0).get(0, 0)).isEqualTo(-1);
  }

  private static final NetworkSpec NORMALIZED =
      new NetworkSpec(
          1,
          List.of(
              new LayerSpec(2, new Activation.Tanh(), 0, new Normalization.Layer()),
              new LayerSpec(2, new Activation.Tanh(), 0, new Normalization.Batch()),
              new LayerSpec(1, new Activation.Linear())));

  @Test
  void putsScalesAndShiftsBehindTheBiases() {
    float[] numbers = new float[21];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
    Parameters theta = new Parameters(NORMALIZED, numbers, new float[] {30, 31, 32, 33});

    assertThat(theta.gamma(0).get(0, 1)).isEqualTo(5);
    assertThat(theta.beta(0).get(0, 0)).isEqualTo(6);
    assertThat(theta.weights(1).get(0, 0)).isEqualTo(8);
    assertThat(theta.gamma(1).get(0, 0)).isEqualTo(14);
    assertThat(theta.beta(1).get(0, 1)).isEqualTo(17);
    assertThat(theta.weights(2).get(0, 0)).isEqualTo(18);
    assertThat(theta.runningMean(1).get(0, 1)).isEqualTo(31);
    assertThat(theta.runningVariance(1).get(0, 0)).isEqualTo(32);
  }

  @Test
  void startsWithScalesAndVariancesOfOne() {
    Parameters theta = Parameters.untrained(NORMALIZED);

    assertThat(theta.values())
        .containsExactly(0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0);
    assertThat(theta.statistics()).containsExactly(0, 0, 1, 1);
    assertThat(new Parameters(NORMALIZED).values()).containsOnly(0f);
  }

  @Test
  void copiesStatisticsToo() {
    Parameters theta = new Parameters(NORMALIZED);
    Parameters copy = theta.copy();

    copy.runningMean(1).set(0, 0, 7);

    assertThat(theta.statistics()).containsExactly(0, 0, 1, 1);
    theta.copyFrom(copy);
    assertThat(theta.statistics()).containsExactly(7, 0, 1, 1);
    copy.runningVariance(1).set(0, 1, Float.NaN);
    assertThat(copy.areFinite()).isFalse();
  }

  @Test
  void refusesAnotherNumberOfStatistics() {
    assertThatThrownBy(() -> new Parameters(NORMALIZED, new float[21], new float[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the network has 4 running means and variances, not 2");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 12, 14})
  void refusesAnotherNumberOfParameters(int count) {
    assertThatThrownBy(() -> new Parameters(SPEC, new float[count]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the network has 13 parameters, not " + count);
  }

  @Test
  void refusesToCopyFromAnotherShape() {
    NetworkSpec other = new NetworkSpec(3, SPEC.layers());

    assertThatThrownBy(() -> new Parameters(SPEC).copyFrom(new Parameters(other)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the network has 13 parameters, not 16");
  }

  @Test
  void refusesMoreThanAnArrayHolds() {
    NetworkSpec large =
        new NetworkSpec(65_536, List.of(new LayerSpec(32_768, new Activation.Relu())));

    assertThatThrownBy(() -> new Parameters(large))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the network has 2147516416 parameters, an array holds at most 2147483647");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void seesOneNumberThatIsNotFinite(float value) {
    Parameters theta = new Parameters(SPEC, values);
    assertThat(theta.areFinite()).isTrue();

    values[12] = value;

    assertThat(theta.areFinite()).isFalse();
  }
}
