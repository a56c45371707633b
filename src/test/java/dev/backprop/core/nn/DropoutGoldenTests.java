package dev.backprop.core.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.backprop.core.linalg.BlasProvider;
import dev.backprop.core.linalg.Matrices;
import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.Products;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// Against NumPy in float64 with the same masks; `golden/dropout.py` made the numbers.
@SuppressWarnings("ArrayRecordComponent") // the records mirror the file
class DropoutGoldenTests {

  /// Ten steps of numbers of about 1, each rounded to 24 bits.
  private static final float ACCURACY = 3e-6f;

  private static final float LEARNING_RATE = 1f / 16;

  private static final NetworkSpec SPEC =
      new NetworkSpec(
          3,
          List.of(
              new LayerSpec(4, new Activation.Tanh(), 0.5),
              new LayerSpec(3, new Activation.Silu(), 0.25),
              new LayerSpec(2, new Activation.Linear())));

  record Golden(float[][] inputs, float[][] targets, float[] initial, List<Step> steps) {}

  record Step(List<float[][]> masks, double loss, float[] theta) {
    Masks toMasks() {
      return new Masks(Map.of(0, Matrices.of(masks.get(0)), 1, Matrices.of(masks.get(1))));
    }
  }

  private static final Golden GOLDEN = load();

  private final Products products = new Products(BlasProvider.best().blas());
  private final Network network =
      new Network(new Parameters(SPEC, GOLDEN.initial().clone()), products);
  private final Backprop backprop = new Backprop(network, new Loss.MeanSquaredError(), 9, products);
  private final Matrix x = Matrices.of(GOLDEN.inputs());
  private final Matrix y = Matrices.of(GOLDEN.targets());

  private static Golden load() {
    try (InputStream file = DropoutGoldenTests.class.getResourceAsStream("/golden/dropout.json")) {
      return JsonMapper.shared().readValue(Objects.requireNonNull(file), Golden.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void isWhereNumPyIsAfterEachOfTenSteps() {
    float[] theta = network.parameters().values();
    assertThat(GOLDEN.steps()).hasSize(10);

    for (Step step : GOLDEN.steps()) {
      double value = backprop.gradients(x, y, step.toMasks());
      for (int i = 0; i < theta.length; i++) {
        theta[i] -= LEARNING_RATE * backprop.gradients().values()[i];
      }

      assertThat(value).isCloseTo(step.loss(), within(ACCURACY * Math.max(1, step.loss())));
      assertThat(theta).containsExactly(step.theta(), Offset.offset(ACCURACY));
    }
  }

  @Test
  void measuresAndPredictsWithTheWholeNetwork() {
    NetworkSpec plain =
        new NetworkSpec(
            3,
            SPEC.layers().stream()
                .map(layer -> new LayerSpec(layer.units(), layer.activation()))
                .toList());
    Network whole = new Network(new Parameters(plain, GOLDEN.initial().clone()), products);
    Backprop without = new Backprop(whole, new Loss.MeanSquaredError(), 5, products);
    backprop.gradients(x, y, GOLDEN.steps().getFirst().toMasks());

    assertThat(backprop.loss(x, y)).isEqualTo(without.loss(x, y));
    assertThat(backprop.gradients(x, y)).isEqualTo(without.gradients(x, y));
    assertThat(backprop.gradients().values()).isEqualTo(without.gradients().values());
    assertThat(network.forward(x, new Activations(SPEC, 5)).values())
        .isEqualTo(whole.forward(x, new Activations(plain, 5)).values());
  }

  @Test
  void refusesMasksThatDoNotFit() {
    for (Masks bad :
        List.of(
            new Masks(Map.of(0, new Matrix(4, 4))),
            new Masks(Map.of(1, new Matrix(5, 4))),
            new Masks(Map.of(2, new Matrix(5, 2))))) {
      assertThatThrownBy(() -> backprop.gradients(x, y, bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("does not fit 5 rows of layer");
    }
  }
}
