package dev.backprop.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.core.linalg.BlasProvider;
import dev.backprop.core.linalg.Matrices;
import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.Activations;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.Network;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Normalization;
import dev.backprop.core.nn.Parameters;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/// Against PyTorch in float64; `golden/normalization.py` made the numbers.
@SuppressWarnings("ArrayRecordComponent") // the records mirror the file
class NormalizationGoldenTests {

  /// Ten steps of numbers of about 1, each rounded to 24 bits, and batches of three rows whose
  /// deviations divide by as little as 0.1.
  private static final Offset<Float> ACCURACY = Offset.offset(1e-5f);

  private static final Map<String, Normalization> NORMALIZATIONS =
      Map.of(
          "batch", new Normalization.Batch(),
          "batch with other numbers", new Normalization.Batch(0.25, 0.0078125),
          "layer", new Normalization.Layer(),
          "layer with another epsilon", new Normalization.Layer(0.0078125));

  private static final Map<String, Optimizer> OPTIMIZERS =
      Map.of("sgd", new Sgd(0.125), "adam", new Adam(0.0625));

  private static final Map<String, BatchSize> BATCHES =
      Map.of("full", new BatchSize.Full(), "three", new BatchSize.Rows(3));

  record Golden(
      float[][] inputs,
      float[][] targets,
      float[][] otherInputs,
      float[] initial,
      List<Case> cases) {}

  record Case(String normalization, String optimizer, String batch, List<State> states) {}

  record State(int epochs, float[] parameters, float[] statistics, float[][] outputs) {}

  record Training(Golden golden, Case settings, State state) {
    @Override
    public String toString() {
      return "%s, %s, batches: %s, epochs: %d"
          .formatted(
              settings.normalization(), settings.optimizer(), settings.batch(), state.epochs());
    }
  }

  static List<Training> trainings() throws IOException {
    try (InputStream file =
        NormalizationGoldenTests.class.getResourceAsStream("/golden/normalization.json")) {
      Golden golden = JsonMapper.shared().readValue(Objects.requireNonNull(file), Golden.class);
      return golden.cases().stream()
          .flatMap(c -> c.states().stream().map(state -> new Training(golden, c, state)))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void endsWherePyTorchEndsAndPredictsTheSame(Training training) {
    Case settings = training.settings();
    State expected = training.state();
    Products products = new Products(BlasProvider.best().blas());
    NetworkSpec network =
        network(Objects.requireNonNull(NORMALIZATIONS.get(settings.normalization())));
    TrainingSpec spec =
        new TrainingSpec(
            new Loss.MeanSquaredError(),
            Objects.requireNonNull(OPTIMIZERS.get(settings.optimizer())),
            new Schedule.Constant(),
            expected.epochs(),
            Objects.requireNonNull(BATCHES.get(settings.batch())),
            false,
            0,
            null);
    Golden golden = training.golden();
    Examples examples = new Examples(Matrices.of(golden.inputs()), Matrices.of(golden.targets()));

    Parameters last =
        new Trainer(
                spec, new Parameters(network, golden.initial().clone()), examples, null, products)
            .train(new RecordingMonitor())
            .last();

    assertThat(last.values()).containsExactly(expected.parameters(), ACCURACY);
    assertThat(last.statistics()).containsExactly(expected.statistics(), ACCURACY);
    Matrix others = Matrices.of(golden.otherInputs());
    assertThat(
            new Network(last, products)
                .forward(others, new Activations(network, others.rows()))
                .values())
        .containsExactly(Matrices.of(expected.outputs()).values(), ACCURACY);
  }

  private static NetworkSpec network(Normalization normalization) {
    return new NetworkSpec(
        3,
        List.of(
            new LayerSpec(4, new Activation.Tanh(), 0, normalization),
            new LayerSpec(3, new Activation.Silu(), 0, normalization),
            new LayerSpec(2, new Activation.Linear())));
  }
}
