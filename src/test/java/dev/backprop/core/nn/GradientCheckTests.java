package dev.backprop.core.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backprop.core.linalg.BlasProvider;
import dev.backprop.core.linalg.Matrices;
import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.linalg.SplitMix64;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Backpropagation against differences, for every hidden activation, every loss with every output
/// activation that fits, every normalization, 0 to 5 hidden layers, weighted rows, and fixed masks
/// of dropout.
class GradientCheckTests {

  /// A gradient is a sum of up to n·d products rounded to 24 bits (6e-8), some 10 to 100 of them
  /// here over 6 layers, and counts as relative to at least 1 % of its layer's largest. Measured:
  /// up to 8e-5. A formula that is wrong shows at 1e-1.
  private static final double TOLERANCE = 3e-4;

  private final Products products = new Products(BlasProvider.best().blas());

  record Head(Activation output, Loss loss) {}

  private static final Head PLAIN = new Head(new Activation.Linear(), new Loss.MeanSquaredError());

  /// Every loss with every output activation that it fits.
  private static List<Head> heads() {
    List<Head> heads = new ArrayList<>();
    for (Loss loss : Kinds.LOSSES) {
      for (Activation output : Kinds.outputs()) {
        if (loss.fits(output)) {
          heads.add(new Head(output, loss));
        }
      }
    }
    return heads;
  }

  /// A random problem; everything about it follows from its seed.
  record Problem(NetworkSpec spec, Loss loss, int rows, long seed) {

    /// @param hidden of every hidden layer; one at random for each where it is null
    static Problem of(@Nullable Activation hidden, Head head, int depth, long seed) {
      return of(hidden, head, depth, 0, new Normalization.None(), seed);
    }

    /// @param hidden of every hidden layer; one at random for each where it is null
    /// @param dropout of every hidden layer
    /// @param normalization of every hidden layer
    static Problem of(
        @Nullable Activation hidden,
        Head head,
        int depth,
        double dropout,
        Normalization normalization,
        long seed) {
      SplitMix64 random = SplitMix64.keyed(seed, 1);
      List<LayerSpec> layers = new ArrayList<>();
      for (int i = 0; i < depth; i++) {
        Activation f =
            hidden == null ? Kinds.hidden().get(random.nextInt(Kinds.hidden().size())) : hidden;
        layers.add(new LayerSpec(1 + random.nextInt(9), f, dropout, normalization));
      }
      layers.add(new LayerSpec(1 + random.nextInt(6), head.output()));
      return new Problem(
          new NetworkSpec(1 + random.nextInt(7), layers),
          head.loss(),
          1 + random.nextInt(12),
          seed);
    }

    /// Weights that neither saturate nor fade, biases and β that are not 0, and γ that are not 1.
    Parameters theta() {
      Parameters theta = new Initializer.LeCunNormal().initialize(spec, seed);
      SplitMix64 random = SplitMix64.keyed(seed, 2);
      for (int layer = 0; layer < spec.layers().size(); layer++) {
        addNoise(theta.biases(layer), random);
        if (spec.layers().get(layer).isNormalized()) {
          addNoise(theta.gamma(layer), random);
          addNoise(theta.beta(layer), random);
        }
      }
      return theta;
    }

    private static void addNoise(Matrix row, SplitMix64 random) {
      for (int i = 0; i < row.columns(); i++) {
        row.set(0, i, (float) (row.get(0, i) + 0.3 * random.nextGaussian()));
      }
    }

    Matrix x() {
      return Matrices.random(rows, spec.inputs(), SplitMix64.keyed(seed, 3));
    }

    /// Numbers between 0 and 1 that sum to 1 in each row: targets for every loss.
    Matrix y() {
      SplitMix64 random = SplitMix64.keyed(seed, 4);
      Matrix y = new Matrix(rows, spec.outputs());
      for (int row = 0; row < rows; row++) {
        double[] shares = new double[spec.outputs()];
        double sum = 0;
        for (int i = 0; i < shares.length; i++) {
          shares[i] = random.nextDouble();
          sum += shares[i];
        }
        for (int i = 0; i < shares.length; i++) {
          y.set(row, i, (float) (shares[i] / sum));
        }
      }
      return y;
    }

    /// Weights of every second problem, some of them 0.
    @Nullable Matrix w() {
      if (seed % 2 == 0) {
        return null;
      }
      SplitMix64 random = SplitMix64.keyed(seed, 6);
      Matrix w = new Matrix(rows, 1);
      for (int row = 0; row < rows; row++) {
        w.set(row, 0, (float) Math.max(0, 3 * random.nextDouble() - 0.5));
      }
      return w;
    }

    /// As dropout draws them.
    Masks masks() {
      SplitMix64 random = SplitMix64.keyed(seed, 5);
      Map<Integer, Matrix> masks = new HashMap<>();
      for (int layer = 0; layer < spec.layers().size(); layer++) {
        LayerSpec l = spec.layers().get(layer);
        if (l.hasDropout()) {
          Matrix mask = new Matrix(rows, l.units());
          for (int i = 0; i < mask.size(); i++) {
            mask.values()[i] =
                random.nextDouble() < l.dropout() ? 0 : (float) (1 / (1 - l.dropout()));
          }
          masks.put(layer, mask);
        }
      }
      return new Masks(masks);
    }

    @Override
    public String toString() {
      return "seed %d: %d rows, %s, %s".formatted(seed, rows, spec, loss);
    }
  }

  /// Every hidden activation in every depth, with and without dropout, every head in every depth
  /// behind mixed layers, and all of that with every normalization.
  static List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    long seed = 1000;
    for (int depth = 0; depth <= 5; depth++) {
      for (Activation hidden : Kinds.hidden()) {
        problems.add(Problem.of(hidden, PLAIN, depth, seed++));
      }
      for (Head head : heads()) {
        problems.add(Problem.of(null, head, depth, seed++));
      }
    }
    for (Normalization normalization : Kinds.NORMALIZATIONS) {
      for (int depth = 1; depth <= 5; depth++) {
        for (Activation hidden : Kinds.hidden()) {
          problems.add(Problem.of(hidden, PLAIN, depth, 0.3, normalization, seed++));
        }
      }
      for (Head head : heads()) {
        int depth = 1 + (int) (seed % 5);
        problems.add(Problem.of(null, head, depth, 0, normalization, seed++));
      }
    }
    return problems;
  }

  @ParameterizedTest
  @MethodSource("problems")
  void backpropagationAgreesWithDifferences(Problem problem) {
    GradientCheck.Report report = check(problem);

    assertThat(report.maximumRelativeError()).isLessThan(TOLERANCE);
    assertThat(report.passes()).isTrue();
  }

  @Test
  void leavesOutFewParameters() {
    long skipped = 0;
    long all = 0;
    for (Problem problem : problems()) {
      skipped += check(problem).skipped();
      all += problem.spec().parameterCount();
    }

    assertThat(skipped).isLessThan(all / 1000);
  }

  @ParameterizedTest
  @MethodSource("problems")
  void findsOneWrongNumber(Problem problem) {
    Network network = new Network(problem.theta(), products);
    Backprop backprop = new Backprop(network, problem.loss(), problem.rows(), products);
    backprop.gradients(problem.x(), problem.y(), problem.w(), problem.masks());
    float[] gradients = backprop.gradients().values();
    int largest = 0;
    for (int i = 0; i < gradients.length; i++) {
      largest = Math.abs(gradients[i]) > Math.abs(gradients[largest]) ? i : largest;
    }
    gradients[largest] *= 1.01f;

    GradientCheck.Report report =
        GradientCheck.check(
            network.parameters(),
            backprop.gradients(),
            problem.loss(),
            problem.x(),
            problem.y(),
            problem.w(),
            problem.masks());

    // the dead relu network has gradients of 0, which 1 % does not change
    assertThat(report.passes()).isEqualTo(gradients[largest] == 0);
  }

  private GradientCheck.Report check(Problem problem) {
    Network network = new Network(problem.theta(), products);
    Backprop backprop = new Backprop(network, problem.loss(), problem.rows(), products);
    backprop.gradients(problem.x(), problem.y(), problem.w(), problem.masks());
    return GradientCheck.check(
        network.parameters(),
        backprop.gradients(),
        problem.loss(),
        problem.x(),
        problem.y(),
        problem.w(),
        problem.masks());
  }

  /// The same network, with rates but no masks, as it predicts.
  @Test
  void checksANetworkWithDropoutAsAWhole() {
    Problem problem = Problem.of(null, PLAIN, 3, 0.5, new Normalization.Batch(), 21);
    Network network = new Network(problem.theta(), products);

    assertThat(
            GradientCheck.check(network, problem.loss(), problem.x(), problem.y(), products)
                .passes())
        .isTrue();
    assertThat(check(problem).passes()).isTrue();
  }

  static List<Normalization> defaultNormalizations() {
    return List.of(new Normalization.Batch(), new Normalization.Layer());
  }

  @ParameterizedTest
  @MethodSource("defaultNormalizations")
  void agreesWithDifferencesAtTheDefaultEpsilon(Normalization normalization) {
    LayerSpec hidden = new LayerSpec(8, new Activation.Tanh(), 0, normalization);
    LayerSpec output = new LayerSpec(3, new Activation.Linear());
    NetworkSpec spec = new NetworkSpec(5, List.of(hidden, hidden, output));

    GradientCheck.Report report = check(new Problem(spec, new Loss.MeanSquaredError(), 20, 1502));

    assertThat(report.maximumRelativeError()).isLessThan(TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource("defaultNormalizations")
  void saysWhenTheErrorIsInTheNormalization(Normalization normalization) {
    Problem problem = Problem.of(new Activation.Tanh(), PLAIN, 2, 0, normalization, 7);
    Backprop backprop =
        new Backprop(
            new Network(problem.theta(), products), problem.loss(), problem.rows(), products);
    backprop.gradients(problem.x(), problem.y());
    backprop.gradients().gamma(0).set(0, 0, 10);
    backprop.gradients().beta(1).set(0, 0, 10);

    List<GradientCheck.LayerError> layers =
        GradientCheck.check(
                problem.theta(), backprop.gradients(), problem.loss(), problem.x(), problem.y())
            .layers();

    assertThat(layers.get(0).normalization()).isGreaterThan(0.1);
    assertThat(layers.get(1).normalization()).isGreaterThan(0.1);
    assertThat(layers.get(2).normalization()).isZero();
  }

  @Test
  void saysInWhichLayerTheErrorIs() {
    Problem problem = Problem.of(new Activation.Tanh(), PLAIN, 2, 7);
    Network network = new Network(problem.theta(), products);
    Backprop backprop = new Backprop(network, problem.loss(), problem.rows(), products);
    backprop.gradients(problem.x(), problem.y());
    backprop.gradients().biases(1).set(0, 0, 10);

    List<GradientCheck.LayerError> layers =
        GradientCheck.check(
                network.parameters(),
                backprop.gradients(),
                problem.loss(),
                problem.x(),
                problem.y())
            .layers();

    assertThat(layers).hasSize(3);
    assertThat(layers.get(0).weights()).isLessThan(TOLERANCE);
    assertThat(layers.get(1).weights()).isLessThan(TOLERANCE);
    assertThat(layers.get(1).biases()).isGreaterThan(0.1);
    assertThat(layers.get(2).biases()).isLessThan(TOLERANCE);
  }

  @Test
  void doesNotPassWhatIsNotANumber() {
    Problem problem = Problem.of(new Activation.Tanh(), PLAIN, 1, 8);
    Parameters gradients = new Parameters(problem.spec());
    gradients.values()[0] = Float.NaN;

    GradientCheck.Report report =
        GradientCheck.check(problem.theta(), gradients, problem.loss(), problem.x(), problem.y());

    assertThat(report.maximumRelativeError()).isNaN();
    assertThat(report.passes()).isFalse();
  }

  @Test
  void leavesOutWhatCrossesTheKinkOfRelu() {
    NetworkSpec spec =
        new NetworkSpec(
            1,
            List.of(
                new LayerSpec(1, new Activation.Relu()),
                new LayerSpec(1, new Activation.Linear())));
    Parameters theta = new Parameters(spec, new float[] {1, 0, 1, 0});

    GradientCheck.Report report =
        GradientCheck.check(
            new Network(theta, products),
            new Loss.MeanSquaredError(),
            Matrices.column(0, 1),
            Matrices.column(1, 1),
            products);

    // the hidden unit's sum is exactly 0 in the first row, and its bias moves it
    assertThat(report.layers().getFirst().skipped()).isEqualTo(1);
    assertThat(report.skipped()).isEqualTo(1);
    assertThat(report.passes()).isTrue();
  }

  @Test
  void refusesABatchThatDoesNotFit() {
    Problem problem = Problem.of(new Activation.Tanh(), PLAIN, 1, 9);
    Matrix tooWide = new Matrix(problem.rows(), problem.spec().inputs() + 1);

    assertThatThrownBy(
            () ->
                GradientCheck.check(
                    problem.theta(),
                    new Parameters(problem.spec()),
                    problem.loss(),
                    tooWide,
                    problem.y()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(tooWide.toString());
  }
}
