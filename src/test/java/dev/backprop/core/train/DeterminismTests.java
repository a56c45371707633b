package dev.backprop.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.core.linalg.BlasProvider;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.Initializer;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.NetworkSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The same seed gives the same bits.
class DeterminismTests {

  private static final NetworkSpec NETWORK =
      TrainingProblems.network(
          2, new Activation.Tanh(), 19, new LayerSpec(2, new Activation.Softmax()));

  private static final Examples EXAMPLES = TrainingProblems.circle(101, 1);

  record Way(Optimizer optimizer, BatchSize batchSize, boolean shuffle) {}

  static List<Way> ways() {
    List<Way> ways = new ArrayList<>();
    for (Optimizer optimizer : Optimizers.all()) {
      for (BatchSize batchSize :
          optimizer.needsFullBatch()
              ? List.of(new BatchSize.Full())
              : List.of(new BatchSize.Full(), new BatchSize.Rows(16), new BatchSize.Rows(1))) {
        ways.add(new Way(optimizer, batchSize, true));
        ways.add(new Way(optimizer, batchSize, false));
      }
    }
    return ways;
  }

  /// The bits of all losses and of the last parameters.
  record Run(List<Long> losses, List<Integer> parameters) {}

  @ParameterizedTest
  @MethodSource("ways")
  void theSameSeedGivesTheSameBits(Way way) {
    assertThat(run(way, 7, 7)).isEqualTo(run(way, 7, 7));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void anotherStartGivesOtherParameters(Way way) {
    assertThat(run(way, 8, 7).parameters()).isNotEqualTo(run(way, 7, 7).parameters());
  }

  @ParameterizedTest
  @MethodSource("ways")
  void anotherOrderMattersWhereThereIsOne(Way way) {
    boolean ordered = way.shuffle() && !(way.batchSize() instanceof BatchSize.Full);

    assertThat(run(way, 7, 8).equals(run(way, 7, 7))).isEqualTo(!ordered);
  }

  private static Run run(Way way, long initialSeed, long orderSeed) {
    return run(way, initialSeed, orderSeed, 5, new RecordingMonitor());
  }

  private static Run run(
      Way way, long initialSeed, long orderSeed, int epochs, RecordingMonitor monitor) {
    TrainingSpec spec =
        TrainingProblems.spec(
            new Loss.CategoricalCrossEntropy(),
            way.optimizer(),
            epochs,
            way.batchSize(),
            way.shuffle(),
            orderSeed);
    TrainingOutcome outcome =
        new Trainer(
                spec,
                new Initializer.GlorotUniform().initialize(NETWORK, initialSeed),
                EXAMPLES,
                null,
                new Products(BlasProvider.best().blas()))
            .train(monitor);
    List<Integer> bits = new ArrayList<>();
    for (float number : outcome.last().values()) {
      bits.add(Float.floatToRawIntBits(number));
    }
    return new Run(
        monitor.reports().stream()
            .map(report -> Double.doubleToRawLongBits(report.trainingLoss()))
            .toList(),
        bits);
  }

  /// Measuring the best parameters at the end does not disturb the last ones.
  @Test
  void stoppingAfterFiveEpochsIsTheSameAsTrainingFive() {
    for (Way way : ways()) {
      Run stopped = run(way, 7, 7, 100, RecordingMonitor.afterEpochs(5));

      assertThat(stopped).as("%s", way).isEqualTo(run(way, 7, 7));
    }
  }
}
