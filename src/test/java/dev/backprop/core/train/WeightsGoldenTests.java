package dev.backprop.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.core.linalg.BlasProvider;
import dev.backprop.core.linalg.Matrices;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Parameters;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/// Training of weighted rows against PyTorch in float64; `golden/weights.py` made the numbers.
@SuppressWarnings("ArrayRecordComponent") // the records mirror the file
class WeightsGoldenTests {

  /// Up to thirty steps of numbers of about 1, each rounded to 24 bits.
  private static final float ACCURACY = 3e-6f;

  private static final double LEARNING_RATE = 0.0625;

  record Golden(float[][] inputs, float[] initial, List<Case> cases) {}

  record Case(
      String loss,
      String output,
      float[][] targets,
      float[] weights,
      int batchSize,
      double[] values,
      float[] afterOneEpoch,
      float[] afterTenEpochs) {

    Loss named() {
      return switch (loss) {
        case "meanSquaredError" -> new Loss.MeanSquaredError();
        case "meanAbsoluteError" -> new Loss.MeanAbsoluteError();
        case "huber" -> new Loss.Huber(Loss.Huber.DEFAULT_DELTA);
        case "binaryCrossEntropy" -> new Loss.BinaryCrossEntropy();
        case "categoricalCrossEntropy" -> new Loss.CategoricalCrossEntropy();
        default -> throw new IllegalArgumentException(loss);
      };
    }

    Activation activation() {
      return switch (output) {
        case "linear" -> new Activation.Linear();
        case "sigmoid" -> new Activation.Sigmoid();
        case "softmax" -> new Activation.Softmax();
        default -> throw new IllegalArgumentException(output);
      };
    }
  }

  record Run(int epochs, Case golden, float[][] inputs, float[] initial) {
    @Override
    public String toString() {
      return "%s, batches of %d, epochs: %d".formatted(golden.loss(), golden.batchSize(), epochs);
    }
  }

  static List<Run> runs() throws IOException {
    try (InputStream file = WeightsGoldenTests.class.getResourceAsStream("/golden/weights.json")) {
      Golden golden = JsonMapper.shared().readValue(Objects.requireNonNull(file), Golden.class);
      return golden.cases().stream()
          .flatMap(
              c ->
                  List.of(1, 10).stream()
                      .map(epochs -> new Run(epochs, c, golden.inputs(), golden.initial())))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("runs")
  void endsWherePyTorchEnds(Run run) {
    Case golden = run.golden();
    NetworkSpec network =
        new NetworkSpec(
            3,
            List.of(
                new LayerSpec(4, new Activation.Tanh()), new LayerSpec(2, golden.activation())));
    TrainingSpec spec =
        new TrainingSpec(
            golden.named(),
            new Sgd(LEARNING_RATE),
            new Schedule.Constant(),
            run.epochs(),
            new BatchSize.Rows(golden.batchSize()),
            false,
            0,
            null);
    Examples examples =
        new Examples(
            Matrices.of(run.inputs()),
            Matrices.of(golden.targets()),
            Matrices.column(golden.weights()));
    RecordingMonitor monitor = new RecordingMonitor();

    TrainingOutcome outcome =
        new Trainer(
                spec,
                new Parameters(network, run.initial().clone()),
                examples,
                null,
                new Products(BlasProvider.best().blas()))
            .train(monitor);

    float[] expected = run.epochs() == 1 ? golden.afterOneEpoch() : golden.afterTenEpochs();
    assertThat(outcome.last().values()).containsExactly(expected, Offset.offset(ACCURACY));
    for (EpochReport report : monitor.reports()) {
      assertThat(report.trainingLoss())
          .isCloseTo(golden.values()[report.epoch() - 1], Offset.offset((double) ACCURACY));
    }
  }
}
