package dev.backprop.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.core.linalg.BlasProvider;
import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.Activations;
import dev.backprop.core.nn.Initializer;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.Network;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Parameters;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// It really learns, measured on rows that it has not seen.
class LearningTests {

  private final Products products = new Products(BlasProvider.best().blas());

  @Test
  void miniBatchAdamTellsInsideFromOutside() {
    NetworkSpec network =
        TrainingProblems.network(
            2, new Activation.Relu(), 16, new LayerSpec(2, new Activation.Softmax()));
    TrainingSpec spec =
        TrainingProblems.spec(
            new Loss.CategoricalCrossEntropy(),
            new Adam(0.01),
            40,
            new BatchSize.Rows(BatchSize.Rows.DEFAULT_SIZE),
            true,
            1);
    Parameters initial = new Initializer.HeUniform().initialize(network, 1);

    TrainingOutcome outcome = train(spec, initial, TrainingProblems.circle(1000, 2));

    Examples unseen = TrainingProblems.circle(1000, 3);
    assertThat(accuracy(initial, unseen)).isLessThan(0.75);
    assertThat(accuracy(best(outcome), unseen)).isGreaterThan(0.97);
  }

  @Test
  void miniBatchMomentumFollowsAWave() {
    NetworkSpec network =
        TrainingProblems.network(
            1, new Activation.Tanh(), 10, new LayerSpec(1, new Activation.Linear()));
    TrainingSpec spec =
        TrainingProblems.spec(
            new Loss.MeanSquaredError(),
            new Sgd(0.05, 0.9, true),
            200,
            new BatchSize.Rows(16),
            true,
            1);
    Parameters initial = new Initializer.GlorotUniform().initialize(network, 1);

    TrainingOutcome outcome = train(spec, initial, TrainingProblems.wave(300, 2));

    // the noise alone is 0.0025, the variance of the wave about 0.5
    Examples unseen = TrainingProblems.wave(300, 3);
    assertThat(meanSquaredError(initial, unseen)).isGreaterThan(0.1);
    assertThat(meanSquaredError(best(outcome), unseen)).isLessThan(0.01);
  }

  /// What the tutorial promises: 10,000 epochs, rate 0.2, weights from ±1. Of the other six seeds
  /// one is at 0.012, and five rest in the local minima that XOR has on two hidden units.
  @Test
  void fourteenOfTwentyRandomStartsLearnXor() {
    int learned = 0;
    for (long seed = 1; seed <= 20; seed++) {
      Parameters initial = new Initializer.Uniform(1).initialize(Xor.NETWORK, seed);
      TrainingOutcome outcome = train(Xor.spec(new Sgd(0.2), 10_000), initial, Xor.EXAMPLES);
      learned += meanSquaredError(best(outcome), Xor.EXAMPLES) < 0.01 ? 1 : 0;
    }

    assertThat(learned).as("of 20 seeds").isEqualTo(14);
  }

  private TrainingOutcome train(TrainingSpec spec, Parameters initial, Examples examples) {
    return new Trainer(spec, initial, examples, null, products).train(new RecordingMonitor());
  }

  private static Parameters best(TrainingOutcome outcome) {
    return Objects.requireNonNull(outcome.best()).parameters();
  }

  private Matrix outputs(Parameters theta, Examples examples) {
    return new Network(theta, products)
        .forward(examples.x(), new Activations(theta.spec(), examples.rows()));
  }

  private double accuracy(Parameters theta, Examples examples) {
    Matrix a = outputs(theta, examples);
    int right = 0;
    for (int row = 0; row < examples.rows(); row++) {
      boolean second = a.get(row, 1) > a.get(row, 0);
      right += examples.y().get(row, second ? 1 : 0) == 1 ? 1 : 0;
    }
    return right / (double) examples.rows();
  }

  private double meanSquaredError(Parameters theta, Examples examples) {
    Matrix a = outputs(theta, examples);
    double sum = 0;
    for (int row = 0; row < examples.rows(); row++) {
      sum += Math.pow(a.get(row, 0) - examples.y().get(row, 0), 2);
    }
    return sum / examples.rows();
  }
}
