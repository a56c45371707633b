package dev.backprop.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.backprop.core.linalg.BlasProvider;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.GradientCheck;
import dev.backprop.core.nn.Initializer;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.Network;
import dev.backprop.core.nn.NetworkSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every optimizer owes.
class OptimizerTests {

  private static final NetworkSpec NETWORK =
      TrainingProblems.network(
          2, new Activation.Tanh(), 8, new LayerSpec(2, new Activation.Softmax()));

  private static final Loss LOSS = new Loss.CategoricalCrossEntropy();

  private static final Examples EXAMPLES = TrainingProblems.circle(60, 1);

  private final Products products = new Products(BlasProvider.best().blas());

  static List<Optimizer> optimizers() {
    return Optimizers.all();
  }

  @Test
  void noneIsLeftOutOfTheseTests() {
    assertThat(optimizers())
        .extracting(Object::getClass)
        .containsAll(List.of(Optimizer.class.getPermittedSubclasses()));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void halvesTheLossOnTheWay(Optimizer optimizer) {
    RecordingMonitor monitor = new RecordingMonitor();

    train(optimizer, 600, monitor);

    double[] losses = monitor.trainingLosses();
    assertThat(losses[losses.length - 1]).isLessThan(losses[0] / 2);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void theGradientIsRightWhereItLeads(Optimizer optimizer) {
    TrainingOutcome outcome = train(optimizer, 20, new RecordingMonitor());

    GradientCheck.Report report =
        GradientCheck.check(
            new Network(outcome.last(), products), LOSS, EXAMPLES.x(), EXAMPLES.y(), products);

    assertThat(report.maximumRelativeError()).isLessThan(GradientCheck.TOLERANCE);
  }

  static List<Optimizer> withoutSearch() {
    return Optimizers.all().stream()
        .filter(optimizer -> optimizer.newState(1) instanceof GradientState)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("withoutSearch")
  void theLearningRateOfAStepIsTheScheduleS(Optimizer optimizer) {
    float[] slow = {0};
    float[] fast = {0};
    ((GradientState) optimizer.newState(1)).step(slow, new float[] {0.5f}, 0.001);
    ((GradientState) optimizer.newState(1)).step(fast, new float[] {0.5f}, 0.01);

    assertThat(slow[0]).isNegative();
    assertThat(fast[0] / slow[0]).isCloseTo(10f, within(1e-4f));
  }

  @Test
  void refusesMiniBatchesWhereAllRowsAreNeeded() {
    assertThatThrownBy(
            () -> TrainingProblems.spec(LOSS, new Rprop(0.1), 1, new BatchSize.Rows(1000), true, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs full batches");
  }

  private TrainingOutcome train(Optimizer optimizer, int epochs, RecordingMonitor monitor) {
    return new Trainer(
            TrainingProblems.spec(LOSS, optimizer, epochs, new BatchSize.Full(), false, 1),
            new Initializer.GlorotUniform().initialize(NETWORK, 1),
            EXAMPLES,
            null,
            products)
        .train(monitor);
  }
}
