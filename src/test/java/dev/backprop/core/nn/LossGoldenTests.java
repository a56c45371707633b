package dev.backprop.core.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.core.linalg.BlasProvider;
import dev.backprop.core.linalg.Matrices;
import dev.backprop.core.linalg.Products;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/// Against PyTorch in float64; `golden/losses.py` made the numbers.
@SuppressWarnings("ArrayRecordComponent") // the records mirror the file
class LossGoldenTests {

  /// Ten steps of numbers of about 1, each rounded to 24 bits.
  private static final float ACCURACY = 3e-6f;

  private static final float LEARNING_RATE = 1f / 16;

  record Golden(float[][] inputs, float[] initial, List<Case> cases) {}

  record Case(
      String loss,
      double number,
      String output,
      float[][] targets,
      double[] values,
      float[] afterOneStep,
      float[] afterTenSteps) {

    Loss named() {
      return switch (loss) {
        case "meanSquaredError" -> new Loss.MeanSquaredError();
        case "meanAbsoluteError" -> new Loss.MeanAbsoluteError();
        case "huber" -> new Loss.Huber(number);
        case "logCosh" -> new Loss.LogCosh();
        case "quantile" -> new Loss.Quantile(number);
        case "poisson" -> new Loss.Poisson();
        case "binaryCrossEntropy" -> new Loss.BinaryCrossEntropy();
        case "categoricalCrossEntropy" -> new Loss.CategoricalCrossEntropy(number);
        case "hinge" -> new Loss.Hinge();
        default -> throw new IllegalArgumentException(loss);
      };
    }

    Activation activation() {
      return switch (output) {
        case "linear" -> new Activation.Linear();
        case "tanh" -> new Activation.Tanh();
        case "sigmoid" -> new Activation.Sigmoid();
        case "softplus" -> new Activation.Softplus();
        case "softmax" -> new Activation.Softmax();
        default -> throw new IllegalArgumentException(output);
      };
    }

    @Override
    public String toString() {
      return "%s %s, %s".formatted(loss, number, output);
    }
  }

  private static final Golden GOLDEN = load();

  private static Golden load() {
    try (InputStream file = LossGoldenTests.class.getResourceAsStream("/golden/losses.json")) {
      return JsonMapper.shared().readValue(Objects.requireNonNull(file), Golden.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Case> cases() {
    return GOLDEN.cases();
  }

  @Test
  void everyLossIsCompared() {
    assertThat(GOLDEN.cases().stream().map(Case::named)).containsAll(Kinds.LOSSES);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void endsWherePyTorchEnds(Case golden) {
    NetworkSpec spec =
        new NetworkSpec(
            3,
            List.of(
                new LayerSpec(4, new Activation.Tanh()), new LayerSpec(2, golden.activation())));
    Products products = new Products(BlasProvider.best().blas());
    Network network = new Network(new Parameters(spec, GOLDEN.initial().clone()), products);
    Backprop backprop = new Backprop(network, golden.named(), 5, products);
    float[] theta = network.parameters().values();

    for (int step = 1; step <= 10; step++) {
      double value =
          backprop.gradients(Matrices.of(GOLDEN.inputs()), Matrices.of(golden.targets()));
      for (int i = 0; i < theta.length; i++) {
        theta[i] -= LEARNING_RATE * backprop.gradients().values()[i];
      }

      assertThat(value)
          .as("loss before step %d", step)
          .isCloseTo(golden.values()[step - 1], Offset.offset((double) ACCURACY));
      if (step == 1) {
        assertThat(theta).containsExactly(golden.afterOneStep(), Offset.offset(ACCURACY));
      }
    }
    assertThat(theta).containsExactly(golden.afterTenSteps(), Offset.offset(ACCURACY));
  }
}
