package dev.backprop.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.backprop.core.linalg.BlasProvider;
import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.linalg.Workers;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.Initializer;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Parameters;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RegularizationTests {

  private static final NetworkSpec NETWORK =
      TrainingProblems.network(
          2, new Activation.Tanh(), 3, new LayerSpec(2, new Activation.Softmax()));

  private static Parameters start() {
    Parameters theta = new Initializer.GlorotUniform().initialize(NETWORK, 3);
    Matrix biases = theta.biases(0);
    Arrays.fill(theta.values(), biases.offset(), biases.offset() + biases.size(), 0.75f);
    return theta;
  }

  private static double penalty(Parameters theta, double l1, double l2) {
    double sum = 0;
    for (int layer = 0; layer < 2; layer++) {
      Matrix w = theta.weights(layer);
      for (int i = w.offset(); i < w.offset() + w.size(); i++) {
        double number = theta.values()[i];
        sum += l1 * Math.abs(number) + l2 / 2 * number * number;
      }
    }
    return sum;
  }

  @Test
  void measuresThePenaltyAndLeavesBiasesFree() {
    Parameters theta = start();

    assertThat(new Regularization(0.25, 0.5).penalty(theta))
        .isCloseTo(penalty(theta, 0.25, 0.5), within(1e-12));
    assertThat(Regularization.NONE.penalty(theta)).isZero();
  }

  @Test
  void addsTheDerivativeOfThePenaltyAndLeavesBiasesFree() {
    Parameters theta = start();
    Parameters gradient = new Parameters(NETWORK);

    new Regularization(0.25, 0.5).addGradient(theta, gradient, Workers.INLINE);

    double h = 1e-3;
    for (int i = 0; i < theta.values().length; i++) {
      Parameters above = theta.copy();
      Parameters below = theta.copy();
      above.values()[i] += (float) h;
      below.values()[i] -= (float) h;
      double difference = (penalty(above, 0.25, 0.5) - penalty(below, 0.25, 0.5)) / (2 * h);
      assertThat((double) gradient.values()[i]).isCloseTo(difference, within(1e-4));
    }
    assertThat(gradient.biases(0).get(0, 0)).isZero();
  }

  @Test
  void shrinksWeightsAndReportsTheLossOfTheDataAlone() {
    RecordingMonitor free = new RecordingMonitor();
    RecordingMonitor held = new RecordingMonitor();

    Parameters large = train(Regularization.NONE, free);
    Parameters small = train(new Regularization(0, 0.1), held);

    assertThat(penalty(small, 0, 1)).isLessThan(penalty(large, 0, 1) / 2);
    assertThat(held.trainingLosses()[0]).isEqualTo(free.trainingLosses()[0]);
  }

  private static Parameters train(Regularization regularization, RecordingMonitor monitor) {
    TrainingSpec spec =
        new TrainingSpec(
            new Loss.CategoricalCrossEntropy(),
            new Adam(0.05),
            new Schedule.Constant(),
            200,
            new BatchSize.Full(),
            false,
            1,
            regularization,
            new GradientClipping.None(),
            null,
            null);
    return new Trainer(
            spec,
            start(),
            TrainingProblems.circle(60, 1),
            null,
            new Products(BlasProvider.best().blas()))
        .train(monitor)
        .last();
  }

  @Test
  void scalesTheGradientDownToTheNormAndNeverUp() {
    float[] large = {3, -4, 0};
    float[] small = {0.3f, -0.4f, 0};
    float[] zero = new float[3];

    for (float[] g : new float[][] {large, small, zero}) {
      new GradientClipping.Norm(2.5).clipInPlace(g);
    }

    assertThat(large).containsExactly(new float[] {1.5f, -2, 0}, Offset.offset(1e-6f));
    assertThat(small).containsExactly(0.3f, -0.4f, 0);
    assertThat(zero).containsOnly(0);
  }

  @Test
  void measuresANormBeyondTheRangeOf32Bits() {
    float[] g = {3e38f, -3e38f};

    new GradientClipping.Norm(1).clipInPlace(g);

    float each = (float) Math.sqrt(0.5);
    assertThat(g).containsExactly(new float[] {each, -each}, Offset.offset(1e-6f));
  }

  @Test
  void limitsEachNumber() {
    float[] g = {3, -4, 0.5f, -0.25f};

    new GradientClipping.Value(0.5).clipInPlace(g);

    assertThat(g).containsExactly(0.5f, -0.5f, 0.5f, -0.25f);
  }
}
