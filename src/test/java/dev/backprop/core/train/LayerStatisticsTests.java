package dev.backprop.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.backprop.core.linalg.BlasProvider;
import dev.backprop.core.linalg.Matrices;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.Initializer;
import dev.backprop.core.nn.Kinds;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.LayerStatistics;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Parameters;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What trainings measure of their layers.
class LayerStatisticsTests {

  /// 2 inputs, 3 relu units of which the last is never active, 1 linear output.
  private static final float[] INITIAL = {
    0.5f, -0.25f, 0.1f, 0.75f, 0.5f, 0.2f, 0.1f, 0.2f, -10, 1, -0.5f, 3, 0.25f
  };

  private static final float[][] X = {{1, 2}, {-1, 0.5f}, {0.5f, -2}, {2, 1}, {-0.5f, 1.5f}};
  private static final float[] Y = {1, -1, 0.5f, 2, 0};

  private final Products products = new Products(BlasProvider.best().blas());

  private static TrainingSpec spec(
      int epochs, BatchSize batchSize, GradientClipping clipping, boolean statistics) {
    return new TrainingSpec(
        new Loss.MeanSquaredError(),
        new Sgd(0.05),
        new Schedule.Constant(),
        epochs,
        batchSize,
        false,
        1,
        Regularization.NONE,
        clipping,
        null,
        null,
        statistics);
  }

  private RecordingMonitor train(TrainingSpec spec, NetworkSpec network, Parameters initial) {
    RecordingMonitor monitor = new RecordingMonitor();
    Examples examples = new Examples(Matrices.of(X), Matrices.column(Y));
    assertThat(network.inputs()).isEqualTo(2);
    new Trainer(spec, initial, examples, null, products).train(monitor);
    return monitor;
  }

  private static NetworkSpec network(Activation hidden) {
    return new NetworkSpec(
        2, List.of(new LayerSpec(3, hidden), new LayerSpec(1, new Activation.Linear())));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void agreeWithTheSameTrainingInDoubles(int batchRows) {
    NetworkSpec network = network(new Activation.Relu());
    RecordingMonitor monitor =
        train(
            spec(3, new BatchSize.Rows(batchRows), new GradientClipping.None(), true),
            network,
            new Parameters(network, INITIAL.clone()));

    Doubles reference = new Doubles();
    for (EpochReport report : monitor.reports()) {
      double[] expected = reference.epoch(batchRows);
      LayerStatistics hidden = report.layers().getFirst();
      LayerStatistics output = report.layers().getLast();
      assertThat(report.layers()).hasSize(2);
      assertThat(hidden.gradientNorm()).isCloseTo(expected[0], within(1e-5 * expected[0]));
      assertThat(output.gradientNorm()).isCloseTo(expected[1], within(1e-5 * expected[1]));
      assertThat(hidden.parameterNorm()).isCloseTo(expected[2], within(1e-5 * expected[2]));
      assertThat(output.parameterNorm()).isCloseTo(expected[3], within(1e-5 * expected[3]));
      assertThat(hidden.deadUnits()).isEqualTo(1.0 / 3);
      assertThat(output.deadUnits()).isNaN();
    }
    assertThat(monitor.reports()).hasSize(3);
  }

  /// The same training with nothing but loops over doubles.
  private static final class Doubles {

    private final double[][] w1 = {{0.5, -0.25, 0.1f}, {0.75, 0.5, 0.2f}};
    private final double[] b1 = {0.1f, 0.2f, -10};
    private final double[] w2 = {1, -0.5, 3};
    private double b2 = 0.25;

    /// Norms of the gradients of both layers, and then of their parameters.
    double[] epoch(int batchRows) {
      double[] norms = new double[4];
      int batches = 0;
      for (int from = 0; from < X.length; from += batchRows) {
        step(from, Math.min(X.length, from + batchRows), norms);
        batches++;
      }
      norms[0] /= batches;
      norms[1] /= batches;
      double hidden = squares(b1) + squares(w1[0]) + squares(w1[1]);
      norms[2] = Math.sqrt(hidden);
      norms[3] = Math.sqrt(squares(w2) + b2 * b2);
      return norms;
    }

    private void step(int from, int to, double[] norms) {
      double[][] g1 = new double[3][3]; // two rows of weights, then the biases
      double[] g2 = new double[4];
      for (int row = from; row < to; row++) {
        double[] a = new double[3];
        double out = b2;
        for (int unit = 0; unit < 3; unit++) {
          a[unit] = Math.max(0, X[row][0] * w1[0][unit] + X[row][1] * w1[1][unit] + b1[unit]);
          out += a[unit] * w2[unit];
        }
        double delta = 2 * (out - Y[row]) / (to - from);
        for (int unit = 0; unit < 3; unit++) {
          double back = a[unit] > 0 ? delta * w2[unit] : 0;
          g1[0][unit] += X[row][0] * back;
          g1[1][unit] += X[row][1] * back;
          g1[2][unit] += back;
          g2[unit] += delta * a[unit];
        }
        g2[3] += delta;
      }
      norms[0] += Math.sqrt(squares(g1[0]) + squares(g1[1]) + squares(g1[2]));
      norms[1] += Math.sqrt(squares(g2));
      for (int unit = 0; unit < 3; unit++) {
        w1[0][unit] -= 0.05 * g1[0][unit];
        w1[1][unit] -= 0.05 * g1[1][unit];
        b1[unit] -= 0.05 * g1[2][unit];
        w2[unit] -= 0.05 * g2[unit];
      }
      b2 -= 0.05 * g2[3];
    }

    private static double squares(double[] numbers) {
      double sum = 0;
      for (double number : numbers) {
        sum += number * number;
      }
      return sum;
    }
  }

  @Test
  void measureGradientsBeforeTheyAreClipped() {
    NetworkSpec network = network(new Activation.Relu());
    Parameters initial = new Parameters(network, INITIAL.clone());
    List<LayerStatistics> free =
        train(spec(1, new BatchSize.Full(), new GradientClipping.None(), true), network, initial)
            .reports()
            .getFirst()
            .layers();
    List<LayerStatistics> clipped =
        train(
                spec(1, new BatchSize.Full(), new GradientClipping.Norm(1e-3), true),
                network,
                initial)
            .reports()
            .getFirst()
            .layers();
    for (int layer = 0; layer < 2; layer++) {
      assertThat(clipped.get(layer).gradientNorm())
          .isEqualTo(free.get(layer).gradientNorm())
          .isGreaterThan(0.01);
      assertThat(clipped.get(layer).parameterNorm()).isNotEqualTo(free.get(layer).parameterNorm());
    }
  }

  static Stream<Activation> activations() {
    return Kinds.hidden().stream();
  }

  /// A derivative that is small is not 0, and a unit that sleeps in one batch may wake in another.
  @ParameterizedTest
  @MethodSource("activations")
  void findNoDeadUnitAmongThoseThatLearn(Activation hidden) {
    NetworkSpec network = network(hidden);
    Parameters initial = new Initializer.GlorotNormal().initialize(network, 3);
    RecordingMonitor monitor =
        train(spec(2, new BatchSize.Rows(1), new GradientClipping.None(), true), network, initial);
    for (EpochReport report : monitor.reports()) {
      assertThat(report.layers().getFirst().deadUnits()).isZero();
      assertThat(report.layers().getFirst().gradientNorm()).isPositive();
    }
  }

  @Test
  void areEmptyAndChangeNothingUnlessAskedFor() {
    NetworkSpec network = network(new Activation.Gelu());
    Parameters initial = new Initializer.GlorotNormal().initialize(network, 1);
    GradientClipping none = new GradientClipping.None();
    List<EpochReport> off =
        train(spec(5, new BatchSize.Rows(2), none, false), network, initial).reports();
    List<EpochReport> on =
        train(spec(5, new BatchSize.Rows(2), none, true), network, initial).reports();
    assertThat(off).allMatch(report -> report.layers().isEmpty());
    assertThat(on.stream().map(report -> report.withLayers(List.of()))).isEqualTo(off);
  }
}
