package dev.backprop.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.core.linalg.BlasProvider;
import dev.backprop.core.linalg.Matrices;
import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.linalg.SplitMix64;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.Activations;
import dev.backprop.core.nn.Backprop;
import dev.backprop.core.nn.Initializer;
import dev.backprop.core.nn.Kinds;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.Network;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Overflow;
import dev.backprop.core.nn.Parameters;
import dev.backprop.core.train.TrainingOutcome.Best;
import dev.backprop.core.train.TrainingOutcome.Divergence;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Trainings that blow up say where, and never leave a model that does not work.
class DivergenceTests {

  private static final Loss MEAN_SQUARED_ERROR = new Loss.MeanSquaredError();

  private final Products products = new Products(BlasProvider.best().blas());

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 100})
  void namesTheBatchOfTheFirstLossThatIsNotFinite(int size) {
    NetworkSpec network =
        TrainingProblems.network(
            1, new Activation.Relu(), 8, new LayerSpec(1, new Activation.Linear()));
    Examples examples = TrainingProblems.wave(100, 1);
    Parameters initial = new Initializer.HeNormal().initialize(network, 1);
    TrainingSpec spec =
        TrainingProblems.spec(
            MEAN_SQUARED_ERROR, new Sgd(1e10), 100, new BatchSize.Rows(size), false, 1);
    RecordingMonitor monitor = new RecordingMonitor();

    TrainingOutcome outcome = new Trainer(spec, initial, examples, null, products).train(monitor);

    Divergence expected = firstDivergence(initial.copy(), examples, size, 1e10f);
    assertThat(outcome.reason()).isEqualTo(StopReason.DIVERGED);
    assertThat(outcome.divergence()).isEqualTo(expected);
    assertThat(outcome.epochs()).isEqualTo(expected.epoch() - 1);
    assertThat(monitor.reports()).hasSize(outcome.epochs());
    assertWorks(outcome.best(), examples, MEAN_SQUARED_ERROR);
  }

  /// The tutorial's loop, written out.
  private Divergence firstDivergence(Parameters theta, Examples examples, int size, float eta) {
    Backprop backprop =
        new Backprop(new Network(theta, products), MEAN_SQUARED_ERROR, size, products);
    for (int epoch = 1; ; epoch++) {
      for (int from = 0; from < examples.rows(); from += size) {
        Examples batch = examples.rows(from, Math.min(size, examples.rows() - from));
        double loss = backprop.gradients(batch.x(), batch.y());
        if (!Double.isFinite(loss)) {
          return new Divergence(epoch, from / size + 1, loss, Overflow.in(backprop));
        }
        for (int i = 0; i < theta.values().length; i++) {
          theta.values()[i] -= eta * backprop.gradients().values()[i];
        }
      }
    }
  }

  private void assertWorks(@Nullable Best best, Examples examples, Loss loss) {
    if (best == null) {
      return;
    }
    Parameters theta = best.parameters();
    Network network = new Network(theta, products);
    assertThat(best.report().monitored()).isFinite();
    assertThat(theta.areFinite()).isTrue();
    assertThat(
            new Backprop(network, loss, examples.rows(), products).loss(examples.x(), examples.y()))
        .isFinite();
    for (float output :
        network.forward(examples.x(), new Activations(theta.spec(), examples.rows())).values()) {
      assertThat(Float.isFinite(output)).isTrue();
    }
  }

  @Test
  void fullBatchesThatDivergeAtOnceKeepTheInitialParameters() {
    NetworkSpec network = new NetworkSpec(1, List.of(new LayerSpec(1, new Activation.Linear())));
    Examples examples = TrainingProblems.wave(10, 1);
    Parameters initial = new Initializer.HeNormal().initialize(network, 1);
    TrainingSpec spec =
        TrainingProblems.spec(
            MEAN_SQUARED_ERROR, new Sgd(1e38), 100, new BatchSize.Full(), false, 1);

    TrainingOutcome outcome =
        new Trainer(spec, initial, examples, null, products).train(new RecordingMonitor());

    assertThat(outcome.reason()).isEqualTo(StopReason.DIVERGED);
    Best best = Objects.requireNonNull(outcome.best());
    assertThat(best.report().epoch()).isEqualTo(1);
    assertThat(best.parameters().values()).isEqualTo(initial.values());
  }

  /// One unit, from w = b = 0. A target of 1 behind a sigmoid pulls w up without end.
  private TrainingOutcome trainOneUnit(
      Activation output,
      double learningRate,
      BatchSize batchSize,
      Examples examples,
      @Nullable Examples validation) {
    NetworkSpec network = new NetworkSpec(1, List.of(new LayerSpec(1, output)));
    TrainingSpec spec =
        TrainingProblems.spec(MEAN_SQUARED_ERROR, new Sgd(learningRate), 1, batchSize, false, 1);
    return new Trainer(spec, new Parameters(network), examples, validation, products)
        .train(new RecordingMonitor());
  }

  private static Examples examples(float[] x, float[] y) {
    return new Examples(Matrices.column(x), Matrices.column(y));
  }

  @Test
  void infiniteParametersAreNotTheBestEvenIfTheirLossIsTheLowest() {
    Examples examples = examples(new float[] {10}, new float[] {1});

    TrainingOutcome outcome =
        trainOneUnit(new Activation.Sigmoid(), 3e38, new BatchSize.Full(), examples, null);

    assertThat(outcome.last().areFinite()).isFalse();
    assertThat(Objects.requireNonNull(outcome.best()).parameters().values()).containsExactly(0, 0);
  }

  @Test
  void infiniteParametersAfterMiniBatchesAreADivergence() {
    Examples examples = examples(new float[] {10, 10}, new float[] {1, 1});

    TrainingOutcome outcome =
        trainOneUnit(new Activation.Sigmoid(), 3e38, new BatchSize.Rows(1), examples, null);

    assertThat(outcome.reason()).isEqualTo(StopReason.DIVERGED);
    assertThat(outcome.best()).isNull();
    assertThat(outcome.divergence())
        .isEqualTo(
            new Divergence(1, 2, 0.125, new Overflow(0, Overflow.Kind.WEIGHTS))); // (0.25 + 0) / 2
  }

  @Test
  void parametersWhoseOwnLossIsNotFiniteAreADivergence() {
    Examples examples = examples(new float[] {0, 100}, new float[] {0, 1});

    TrainingOutcome outcome =
        trainOneUnit(new Activation.Linear(), 1e36, new BatchSize.Rows(1), examples, null);

    assertThat(outcome.last().areFinite()).isTrue();
    assertThat(outcome.reason()).isEqualTo(StopReason.DIVERGED);
    assertThat(outcome.best()).isNull();
    assertThat(outcome.divergence())
        .isEqualTo(new Divergence(1, 2, 0.5, new Overflow(0, Overflow.Kind.SUMS))); // (0 + 1) / 2
  }

  @Test
  void aValidationLossThatIsNotFiniteIsADivergence() {
    Examples examples = examples(new float[] {10}, new float[] {1});
    Examples validation = examples(new float[] {0}, new float[] {1}); // 0·∞

    TrainingOutcome outcome =
        trainOneUnit(new Activation.Sigmoid(), 3e38, new BatchSize.Full(), examples, validation);

    assertThat(outcome.reason()).isEqualTo(StopReason.DIVERGED);
    assertThat(outcome.divergence())
        .isEqualTo(new Divergence(1, 1, Double.NaN, new Overflow(0, Overflow.Kind.WEIGHTS)));
    assertThat(outcome.best()).isNull();
    assertThat(outcome.epochs()).isZero();
  }

  /// From the input 1 through three linear units of these weights, towards 0.
  private Divergence divergenceOfChain(float w1, float w2, float w3) {
    LayerSpec unit = new LayerSpec(1, new Activation.Linear());
    NetworkSpec network = new NetworkSpec(1, List.of(unit, unit, unit));
    Parameters initial = new Parameters(network, new float[] {w1, 0, w2, 0, w3, 0});
    TrainingSpec spec =
        TrainingProblems.spec(
            MEAN_SQUARED_ERROR, new Sgd(1e-30), 2, new BatchSize.Full(), false, 1);
    Examples examples = examples(new float[] {1}, new float[] {0});
    return Objects.requireNonNull(
        new Trainer(spec, initial, examples, null, products)
            .train(new RecordingMonitor())
            .divergence());
  }

  @Test
  void namesTheFirstLayerWhoseSumsOverflow() {
    assertThat(divergenceOfChain(1e20f, 1e20f, 1e-20f).overflow())
        .isEqualTo(new Overflow(1, Overflow.Kind.SUMS));
    assertThat(divergenceOfChain(1e20f, 1e10f, 1e20f).overflow())
        .isEqualTo(new Overflow(2, Overflow.Kind.SUMS));
    assertThat(divergenceOfChain(1e20f, 1e10f, 1e20f).epoch()).isEqualTo(1);
  }

  /// δ₃ is 2a, δ₂ = δ₃·w₃, δ₁ = δ₂·w₂.
  @Test
  void namesTheLastLayerWhoseGradientOverflows() {
    Divergence first = divergenceOfChain(1e-20f, 1e20f, 1e15f); // a = 1e15, δ₂ = 2e30, δ₁ = ∞
    assertThat(first.overflow()).isEqualTo(new Overflow(0, Overflow.Kind.GRADIENT));
    assertThat(first.epoch()).isEqualTo(2);
    assertThat(divergenceOfChain(1e-15f, 1e10f, 1e30f).overflow()) // a = 1e25, δ₂ = ∞
        .isEqualTo(new Overflow(1, Overflow.Kind.GRADIENT));
    assertThat(divergenceOfChain(1e10f, 1e10f, 1e10f).overflow()) // a = 1e30, δ₃·a₂ = ∞
        .isEqualTo(new Overflow(2, Overflow.Kind.GRADIENT));
  }

  static Stream<Arguments> everyHiddenActivationAndLoss() {
    return Kinds.hidden().stream()
        .flatMap(hidden -> Kinds.LOSSES.stream().map(loss -> Arguments.of(hidden, loss)));
  }

  @ParameterizedTest
  @MethodSource("everyHiddenActivationAndLoss")
  void namesTheLayerOrTrainsOn(Activation hidden, Loss loss) {
    for (Activation output : Kinds.outputs().stream().filter(loss::fits).toList()) {
      for (double rate : new double[] {0.1, 1e10, 1e38}) {
        for (float scale : new float[] {1, 1e10f, 1e37f}) {
          trainsOrNamesTheLayer(hidden, output, loss, rate, scale);
        }
      }
    }
  }

  private void trainsOrNamesTheLayer(
      Activation hidden, Activation output, Loss loss, double rate, float scale) {
    NetworkSpec network =
        new NetworkSpec(
            2,
            List.of(new LayerSpec(4, hidden), new LayerSpec(3, hidden), new LayerSpec(2, output)));
    Examples examples = TrainingProblems.circle(20, 3);
    Matrix x = examples.x();
    for (int i = 0; i < x.size(); i++) {
      x.values()[i] = Math.max(-3e38f, Math.min(3e38f, x.values()[i] * scale));
    }
    RecordingMonitor monitor = new RecordingMonitor();
    TrainingSpec spec =
        TrainingProblems.spec(loss, new Sgd(rate), 5, new BatchSize.Rows(8), true, 1);

    TrainingOutcome outcome =
        new Trainer(
                spec, new Initializer.HeNormal().initialize(network, 1), examples, null, products)
            .train(monitor);

    assertThat(Arrays.stream(monitor.trainingLosses())).allMatch(Double::isFinite);
    assertWorks(outcome.best(), examples, loss);
    if (outcome.reason() == StopReason.DIVERGED) {
      Divergence divergence = Objects.requireNonNull(outcome.divergence());
      assertThat(divergence.overflow().layer()).isBetween(0, 2);
      assertThat(divergence.epoch()).isBetween(1, 5);
      assertThat(divergence.batch()).isBetween(1, 3);
    } else {
      assertThat(outcome.reason()).isEqualTo(StopReason.EPOCHS);
      assertThat(outcome.best()).isNotNull();
    }
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 400);
  }

  /// Any network, loss and optimizer, rates from 0.1 to 1e38, and sometimes data of 1e6.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void neverLeavesAModelThatDoesNotWork(long seed) {
    SplitMix64 random = SplitMix64.keyed(seed, 1);
    Head head = pick(HEADS, random);
    NetworkSpec network =
        TrainingProblems.network(
            2, pick(HIDDEN, random), 1 + random.nextInt(8), new LayerSpec(2, head.output()));
    Examples examples = TrainingProblems.circle(1 + random.nextInt(40), seed);
    if (random.nextInt(4) == 0) {
      for (int i = 0; i < examples.x().size(); i++) {
        examples.x().values()[i] *= 1e6f;
      }
    }
    double rate = Math.pow(10, 39 * random.nextDouble() - 1);
    Optimizer optimizer =
        pick(
            List.of(
                new Sgd(rate),
                new Sgd(rate, 0.9, false),
                new Sgd(rate, 0.9, true),
                new AdaGrad(rate),
                new RmsProp(rate),
                new AdaDelta(rate),
                new Adam(rate),
                new AdamW(rate),
                new Nadam(rate),
                new AmsGrad(rate),
                new Lion(rate),
                new Rprop(rate),
                new Lbfgs(rate)),
            random);
    BatchSize batchSize =
        random.nextInt(2) == 0 || optimizer.needsFullBatch()
            ? new BatchSize.Full()
            : new BatchSize.Rows(1 + random.nextInt(20));
    boolean validate = random.nextInt(3) == 0;
    RecordingMonitor monitor =
        new RecordingMonitor(random.nextInt(3) == 0 ? random.nextInt(50) : Long.MAX_VALUE);
    TrainingSpec spec =
        TrainingProblems.spec(
            head.loss(), optimizer, 1 + random.nextInt(20), batchSize, true, seed);
    Examples validation = validate ? TrainingProblems.circle(10, -seed) : null;

    TrainingOutcome outcome =
        new Trainer(
                spec,
                new Initializer.HeNormal().initialize(network, seed),
                examples,
                validation,
                products)
            .train(monitor);

    assertThat(monitor.trainingLosses()).hasSize(outcome.epochs());
    assertThat(Arrays.stream(monitor.trainingLosses())).allMatch(Double::isFinite);
    assertThat(outcome.divergence() != null).isEqualTo(outcome.reason() == StopReason.DIVERGED);
    assertThat(outcome.best() != null || outcome.divergence() != null || outcome.epochs() == 0)
        .isTrue();
    assertWorks(outcome.best(), validation == null ? examples : validation, head.loss());
  }

  private record Head(Activation output, Loss loss) {}

  private static final List<Activation> HIDDEN =
      List.of(
          new Activation.Linear(),
          new Activation.Sigmoid(),
          new Activation.Tanh(),
          new Activation.Relu());

  private static final List<Head> HEADS =
      List.of(
          new Head(new Activation.Linear(), MEAN_SQUARED_ERROR),
          new Head(new Activation.Relu(), MEAN_SQUARED_ERROR),
          new Head(new Activation.Softmax(), MEAN_SQUARED_ERROR),
          new Head(new Activation.Sigmoid(), new Loss.BinaryCrossEntropy()),
          new Head(new Activation.Softmax(), new Loss.CategoricalCrossEntropy()));

  private static <T> T pick(List<T> choices, SplitMix64 random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
