package dev.backprop.core.train;

import static java.util.Map.entry;
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

/// Against PyTorch in float64, lion and nadam against their papers; `golden/optimizers.py` made the
/// numbers.
@SuppressWarnings("ArrayRecordComponent") // the records mirror the file
class OptimizerGoldenTests {

  /// Ten steps of numbers of about 1, each rounded to 24 bits.
  private static final Offset<Float> FLOAT_ACCURACY = Offset.offset(3e-6f);

  /// Where a line search goes outwards, the cubic makes more of a rounding: PyTorch in 32 bits ends
  /// up to 2e-4 from PyTorch in 64 in these cases.
  private static final Offset<Float> LINE_SEARCH_ACCURACY = Offset.offset(2e-5f);

  private static final Map<String, Optimizer> OPTIMIZERS =
      Map.ofEntries(
          entry("sgd", new Sgd(0.25)),
          entry("momentum", new Sgd(0.125, 0.875, false)),
          entry("nesterov", new Sgd(0.125, 0.875, true)),
          entry("adam", new Adam(0.0625)),
          entry("adam with other decays", new Adam(0.0625, 0.75, 0.9375, 0.0078125)),
          entry("adaGrad", new AdaGrad(0.25, 0.0078125)),
          entry("rmsProp", new RmsProp(0.0625, 0.875, 0.0078125)),
          entry("adaDelta", new AdaDelta(2, 0.875, 0.0078125)),
          entry("adamW", new AdamW(0.0625, 0.9, 0.999, 1e-8, 0.25)),
          entry("nadam", new Nadam(0.0625)),
          entry("nadam with other decays", new Nadam(0.0625, 0.75, 0.9375, 0.0078125, 0.25)),
          entry("amsGrad", new AmsGrad(0.0625, 0.75, 0.5, 0.0078125)),
          entry("lion", new Lion(0.0625, 0.75, 0.9375, 0.25)),
          entry("rprop", new Rprop(0.0625, 0.5, 1.25, 0.03125, 0.125)),
          entry("lbfgs", new Lbfgs(1)),
          entry("lbfgs with other settings", new Lbfgs(0.75, 2, 25)));

  record Golden(float[][] inputs, float[] initial, List<Case> cases) {}

  record Case(
      String loss,
      String optimizer,
      String option,
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
                                  "%s, %s, option: %s, steps: %d"
                                      .formatted(c.loss(), c.optimizer(), c.option(), epochs),
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
            regularization(golden.option()),
            clipping(golden.option()),
            null,
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
    assertThat(outcome.last().values())
        .containsExactly(
            expected, spec.optimizer() instanceof Lbfgs ? LINE_SEARCH_ACCURACY : FLOAT_ACCURACY);
  }

  private static Regularization regularization(String option) {
    return switch (option) {
      case "l1" -> new Regularization(0.0625, 0);
      case "l2", "l2 and norm" -> new Regularization(0, 0.25);
      case "l1 and l2" -> new Regularization(0.0625, 0.25);
      default -> Regularization.NONE;
    };
  }

  private static GradientClipping clipping(String option) {
    return switch (option) {
      case "norm" -> new GradientClipping.Norm(0.25);
      case "l2 and norm" -> new GradientClipping.Norm(0.5);
      case "value" -> new GradientClipping.Value(0.0625);
      default -> new GradientClipping.None();
    };
  }
}
