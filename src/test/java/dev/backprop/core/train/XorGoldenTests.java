package dev.backprop.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.core.linalg.BlasProvider;
import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.nn.Parameters;
import dev.backprop.golden.XorGolden;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class XorGoldenTests {

  private static final double RELATIVE = 1e-4;

  static List<XorGolden.Case> cases() {
    return XorGolden.load();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void followsNumPyEpochByEpochInPlainJava(XorGolden.Case golden) {
    followsNumPy(golden, BlasProvider.plain());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void followsNumPyEpochByEpochWithTheBestLibrary(XorGolden.Case golden) {
    followsNumPy(golden, BlasProvider.best());
  }

  private static void followsNumPy(XorGolden.Case golden, BlasProvider provider) {
    Parameters initial = new Parameters(Xor.NETWORK);
    copy(golden.weights1(), initial.weights(0));
    copy(new float[][] {golden.biases1()}, initial.biases(0));
    copy(golden.weights2(), initial.weights(1));
    copy(new float[][] {golden.biases2()}, initial.biases(1));
    double[] expected = golden.losses();
    TrainingSpec spec = Xor.spec(new Sgd(XorGolden.LEARNING_RATE), expected.length);
    RecordingMonitor monitor = new RecordingMonitor();

    new Trainer(spec, initial, Xor.EXAMPLES, null, new Products(provider.blas())).train(monitor);

    double[] losses = monitor.trainingLosses();
    assertThat(losses).hasSameSizeAs(expected);
    double worst = 0;
    int worstEpoch = 0;
    for (int i = 0; i < losses.length; i++) {
      double error = Math.abs(losses[i] - expected[i]) / expected[i];
      if (!(error <= worst)) {
        worst = error;
        worstEpoch = i + 1;
      }
    }
    assertThat(worst).as("relative error of the loss in epoch %d", worstEpoch).isLessThan(RELATIVE);
  }

  private static void copy(float[][] rows, Matrix target) {
    for (int row = 0; row < target.rows(); row++) {
      System.arraycopy(rows[row], 0, target.values(), target.offset(row), target.columns());
    }
  }
}
