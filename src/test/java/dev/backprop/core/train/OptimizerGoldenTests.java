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
import java.util.Map;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/// Against PyTorch in float64; `golden/optimizers.py` made the numbers.
@SuppressWarnings("ArrayRecordComponent") // the records mirror the file
class OptimizerGoldenTests {

  /// Ten steps of numbers of about 1, each rounded to 24 bits.
  private static final Offset<Float> FLOAT_ACCURACY = Offset.offset(3e-6f);

  private static final Map<String, Optimizer> OPTIMIZERS =
      Map.of(
          "sgd", new Optimizer.Sgd(0.25),
          "momentum", new Optimizer.Sgd(0.125, 0.875, false),
          "nesterov", new Optimizer.Sgd(0.125, 0.875, true),
          "adam", new Optimizer.Adam(0.0625),
          "adam with other decays", new Optimizer.Adam(0.0625, 0.75, 0.9375, 0.0078125));

  record Golden(float[][] inputs, float[] initial, List<Case> cases) {}

  record Case(
      String loss,
      String optimizer,
      float[][] targets,
      float[] afterOneStep,
      float[] afterTenSteps) {}

  record Step(String name, int epochs, Case golden, float[][] inputs, float[] initial) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Step> steps() throws IOException {
    try (InputStream file =
        OptimizerGoldenTests.class.getResourceAsStream("/golden/optimizers.json")) {
      Golden golden = JsonMapper.shared().readValue(Objects.requireNonNull(file), Golden.class);
      return golden.cases().stream()
          .flatMap(
              c ->
                  List.of(1, 10).stream()
                      .map(
                          epochs ->
                              new Step(
                                  "%s, %s, steps: %d".formatted(c.loss(), c.optimizer(), epochs),
                                  epochs,
                                  c,
                                  golden.inputs(),
                                  golden.initial())))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("steps")
  void endsWherePyTorchEnds(Step step) {
    Case golden = step.golden();
    boolean classification = golden.loss().equals("categoricalCrossEntropy");
    NetworkSpec network =
        new NetworkSpec(
            3,
            List.of(
                new LayerSpec(4, new Activation.Tanh()),
                new LayerSpec(
                    2, classification ? new Activation.Softmax() : new Activation.Linear())));
    TrainingSpec spec =
        new TrainingSpec(
            classification ? new Loss.CategoricalCrossEntropy() : new Loss.MeanSquaredError(),
            Objects.requireNonNull(OPTIMIZERS.get(golden.optimizer())),
            new Schedule.Constant(),
            step.epochs(),
            new BatchSize.Full(),
            false,
            0,
            null);
    Examples examples = new Examples(Matrices.of(step.inputs()), Matrices.of(golden.targets()));

    TrainingOutcome outcome =
        new Trainer(
                spec,
                new Parameters(network, step.initial().clone()),
                examples,
                null,
                new Products(BlasProvider.best().blas()))
            .train(new RecordingMonitor());

    float[] expected = step.epochs() == 1 ? golden.afterOneStep() : golden.afterTenSteps();
    assertThat(outcome.last().values()).containsExactly(expected, FLOAT_ACCURACY);
  }
}
