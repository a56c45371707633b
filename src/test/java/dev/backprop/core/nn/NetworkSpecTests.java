package dev.backprop.core.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backprop.core.linalg.Matrix;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkSpecTests {

  private static final LayerSpec THREE = new LayerSpec(3, new Activation.Relu());
  private static final LayerSpec TWO = new LayerSpec(2, new Activation.Softmax());

  @Test
  void knowsItsShape() {
    NetworkSpec spec = new NetworkSpec(4, List.of(THREE, THREE, TWO));

    assertThat(spec.outputs()).isEqualTo(2);
    assertThat(spec.output()).isEqualTo(TWO);
    assertThat(spec.fanIn(0)).isEqualTo(4);
    assertThat(spec.fanIn(2)).isEqualTo(3);
    assertThat(spec.parameterCount()).isEqualTo(5 * 3 + 4 * 3 + 4 * 2);
  }

  @Test
  void countsScalesAndShiftsAsParametersAndRunningNumbersApart() {
    LayerSpec batch = new LayerSpec(3, new Activation.Relu(), 0, new Normalization.Batch());
    LayerSpec layer = new LayerSpec(5, new Activation.Relu(), 0, new Normalization.Layer());
    NetworkSpec spec = new NetworkSpec(4, List.of(batch, layer, TWO));

    assertThat(spec.parameterCount()).isEqualTo((5 + 2) * 3 + (4 + 2) * 5 + 6 * 2);
    assertThat(spec.statisticsCount()).isEqualTo(6);
    assertThat(spec.hasBatchNormalization()).isTrue();
    assertThat(new NetworkSpec(4, List.of(layer, TWO)).hasBatchNormalization()).isFalse();
  }

  @Test
  void keepsItsLayersWhenTheListChanges() {
    List<LayerSpec> layers = new ArrayList<>(List.of(TWO));
    NetworkSpec spec = new NetworkSpec(1, layers);

    layers.clear();

    assertThat(spec.layers()).containsExactly(TWO);
  }

  @Test
  void countsMoreParametersThanAnArrayHolds() {
    LayerSpec large = new LayerSpec(Integer.MAX_VALUE, new Activation.Relu());
    long square = Integer.MAX_VALUE * (Integer.MAX_VALUE + 1L);

    assertThat(large(1, large).parameterCount()).isEqualTo(square);
    assertThat(large(2, large).parameterCount()).isEqualTo(2 * square);
    assertThat(large(3, large).parameterCount()).isEqualTo(Long.MAX_VALUE);
    assertThat(large(1000, large).parameterCount()).isEqualTo(Long.MAX_VALUE);
  }

  private static NetworkSpec large(int layers, LayerSpec layer) {
    return new NetworkSpec(Integer.MAX_VALUE, Collections.nCopies(layers, layer));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void refusesALayerWithoutUnits(int units) {
    assertThatThrownBy(() -> new LayerSpec(units, new Activation.Linear()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a layer needs at least 1 unit, not " + units);
  }

  @Test
  void refusesANetworkWithoutInputsOrLayers() {
    assertThatThrownBy(() -> new NetworkSpec(0, List.of(TWO)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a network needs inputs and layers, not 0 and 1");
    assertThatThrownBy(() -> new NetworkSpec(3, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a network needs inputs and layers, not 3 and 0");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, 2, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesADropoutOutOfRange(double dropout) {
    assertThatThrownBy(() -> new LayerSpec(1, new Activation.Linear(), dropout))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dropout must be from 0 to below 1, not " + dropout);
  }

  @Test
  void refusesDropoutOfTheOutput() {
    LayerSpec dropping = new LayerSpec(2, new Activation.Linear(), 0.5);

    assertThat(new NetworkSpec(3, List.of(dropping, TWO)).layers()).contains(dropping);
    assertThatThrownBy(() -> new NetworkSpec(3, List.of(dropping)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dropout is for hidden layers only");
  }

  @Test
  void refusesSoftmaxBeforeTheOutput() {
    assertThatThrownBy(() -> new NetworkSpec(3, List.of(TWO, TWO)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("softmax is for the output layer only");
  }

  @ParameterizedTest
  @CsvSource({"5, 3, 5, 2", "5, 4, 5, 1", "5, 4, 4, 2", "4, 5, 5, 2"})
  void refusesABatchThatDoesNotFit(int rows, int inputs, int targetRows, int outputs) {
    NetworkSpec spec = new NetworkSpec(4, List.of(TWO));

    assertThatThrownBy(
            () -> spec.requireFit(new Matrix(rows, inputs), new Matrix(targetRows, outputs)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "inputs of %d × %d and targets of %d × %d do not fit a network with 4 inputs and 2"
                    .formatted(rows, inputs, targetRows, outputs)
                + " outputs");
  }
}
