package dev.backprop.core.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.core.linalg.BlasProvider;
import dev.backprop.core.linalg.Matrices;
import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.Products;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/// Against PyTorch in float64; `golden/activations.py` made the numbers.
@SuppressWarnings("ArrayRecordComponent") // the records mirror the file
class ActivationGoldenTests {

  /// Relative to the value, or to 1 where the value is smaller: some roundings to 24 bits.
  private static final float ACCURACY = 5e-7f;

  /// Ten steps of numbers of about 1, each rounded to 24 bits.
  private static final Offset<Float> STEPS_ACCURACY = Offset.offset(3e-6f);

  private static final float LEARNING_RATE = 1f / 16;

  record Golden(
      float[] sums,
      List<Points> points,
      float[][] inputs,
      float[][] targets,
      float[] initial,
      List<Steps> steps) {}

  record Points(String activation, double[] values, double[] derivatives) {
    @Override
    public String toString() {
      return activation;
    }
  }

  record Steps(String activation, String place, float[] afterOneStep, float[] afterTenSteps) {
    @Override
    public String toString() {
      return activation + ", " + place;
    }
  }

  private static final Golden GOLDEN = load();

  private static Golden load() {
    try (InputStream file =
        ActivationGoldenTests.class.getResourceAsStream("/golden/activations.json")) {
      return JsonMapper.shared().readValue(Objects.requireNonNull(file), Golden.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Points> points() {
    return GOLDEN.points();
  }

  static List<Steps> steps() {
    return GOLDEN.steps();
  }

  private static Activation named(String name) {
    return switch (name) {
      case "linear" -> new Activation.Linear();
      case "sigmoid" -> new Activation.Sigmoid();
      case "hardSigmoid" -> new Activation.HardSigmoid();
      case "tanh" -> new Activation.Tanh();
      case "relu" -> new Activation.Relu();
      case "leakyRelu" -> new Activation.LeakyRelu(Activation.LeakyRelu.DEFAULT_SLOPE);
      case "leakyRelu 0.25" -> new Activation.LeakyRelu(0.25);
      case "elu" -> new Activation.Elu(Activation.Elu.DEFAULT_ALPHA);
      case "elu 0.5" -> new Activation.Elu(0.5);
      case "selu" -> new Activation.Selu();
      case "gelu" -> new Activation.Gelu();
      case "silu" -> new Activation.Silu();
      case "softplus" -> new Activation.Softplus();
      case "softsign" -> new Activation.Softsign();
      default -> throw new IllegalArgumentException(name);
    };
  }

  @Test
  void everyActivationButSoftmaxIsCompared() {
    assertThat(GOLDEN.points().stream().map(points -> named(points.activation())))
        .containsExactlyInAnyOrderElementsOf(Kinds.hidden());
  }

  @ParameterizedTest
  @MethodSource("points")
  void hasTheValuesAndDerivativesOfPyTorch(Points golden) {
    Activation f = named(golden.activation());
    Matrix z = Matrices.column(GOLDEN.sums());
    Matrix a = Matrices.column(GOLDEN.sums().clone());
    float[] ones = new float[z.rows()];
    Arrays.fill(ones, 1);
    Matrix delta = Matrices.column(ones);

    f.applyInPlace(a);
    f.backpropagateInPlace(f.needsSums() ? z : a, delta);

    for (int row = 0; row < z.rows(); row++) {
      assertClose(a.get(row, 0), golden.values()[row], "f(%s)", z.get(row, 0));
      assertClose(delta.get(row, 0), golden.derivatives()[row], "f′(%s)", z.get(row, 0));
    }
  }

  private static void assertClose(float actual, double expected, String what, float at) {
    assertThat((double) actual)
        .as(what, at)
        .isCloseTo(expected, Offset.offset(ACCURACY * Math.max(1, Math.abs(expected))));
  }

  @ParameterizedTest
  @MethodSource("steps")
  void endsWherePyTorchEnds(Steps golden) {
    boolean hidden = golden.place().equals("hidden");
    Activation f = named(golden.activation());
    NetworkSpec spec =
        new NetworkSpec(
            3,
            List.of(
                new LayerSpec(4, hidden ? f : new Activation.Tanh()),
                new LayerSpec(2, hidden ? new Activation.Linear() : f)));
    Network network =
        new Network(
            new Parameters(spec, GOLDEN.initial().clone()),
            new Products(BlasProvider.best().blas()));
    Backprop backprop =
        new Backprop(
            network, new Loss.MeanSquaredError(), 5, new Products(BlasProvider.best().blas()));

    step(backprop);
    assertThat(network.parameters().values())
        .containsExactly(golden.afterOneStep(), STEPS_ACCURACY);
    for (int i = 1; i < 10; i++) {
      step(backprop);
    }
    assertThat(network.parameters().values())
        .containsExactly(golden.afterTenSteps(), STEPS_ACCURACY);
  }

  private static void step(Backprop backprop) {
    backprop.gradients(Matrices.of(GOLDEN.inputs()), Matrices.of(GOLDEN.targets()));
    float[] theta = backprop.network().parameters().values();
    for (int i = 0; i < theta.length; i++) {
      theta[i] -= LEARNING_RATE * backprop.gradients().values()[i];
    }
  }
}
