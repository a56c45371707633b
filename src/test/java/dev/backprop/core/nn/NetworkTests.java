package dev.backprop.core.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backprop.core.linalg.BlasProvider;
import dev.backprop.core.linalg.Matrices;
import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.linalg.SplitMix64;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class NetworkTests {

  /// OpenBLAS sums a row in another order when it comes alone: some roundings of 6e-8 on outputs of
  /// about 1, over three layers of up to 100 summands.
  private static final Offset<Float> ONE_ROW_TOLERANCE = Offset.offset(2e-6f);

  private final Products products = new Products(BlasProvider.best().blas());

  private final NetworkSpec spec =
      new NetworkSpec(
          30,
          List.of(
              new LayerSpec(100, new Activation.Relu()),
              new LayerSpec(50, new Activation.Tanh()),
              new LayerSpec(3, new Activation.Softmax())));

  private final Network network =
      new Network(new Initializer.HeNormal().initialize(spec, 1), products);

  private final Matrix x = Matrices.random(70, 30, new SplitMix64(2));

  @Test
  void computesWhatTheFormulaSays() {
    NetworkSpec small =
        new NetworkSpec(
            2,
            List.of(
                new LayerSpec(2, new Activation.Relu()),
                new LayerSpec(1, new Activation.Linear())));
    Parameters theta = new Parameters(small, new float[] {1, -1, 2, 3, 0.5f, -0.5f, 4, 5, -6});
    Activations a = new Activations(small, 2);

    Matrix output =
        new Network(theta, products)
            .forward(Matrices.of(new float[] {1, 1}, new float[] {1, -1}), a);

    // row 1: z = (3.5, 1.5), 4·3.5 + 5·1.5 − 6; row 2: z = (−0.5, −4.5), so only the bias is left
    assertThat(output.values()).containsExactly(15.5f, -6);
    assertThat(a.layer(0).values()).containsExactly(3.5f, 1.5f, 0, 0);
    assertThat(output).isSameAs(a.output());
  }

  @Test
  void aBatchGivesTheOutputsOfItsRows() {
    Matrix batch = network.forward(x, new Activations(spec, 70));
    Activations room = new Activations(spec, 1);

    for (int row = 0; row < x.rows(); row++) {
      Matrix alone = network.forward(x.rows(row, 1), room);
      assertThat(alone.values())
          .containsExactly(
              Arrays.copyOfRange(batch.values(), batch.offset(row), batch.offset(row) + 3),
              ONE_ROW_TOLERANCE);
    }
  }

  @Test
  void theRoomTakesSmallerBatchesAndTheFullOneAgain() {
    Activations room = new Activations(spec, 70);
    float[] all = network.forward(x, room).values().clone();

    assertThat(network.forward(x.rows(3, 7), room)).hasToString("7 × 3");
    assertThat(network.forward(x, room).values()).isEqualTo(all);
    assertThatThrownBy(() -> network.forward(new Matrix(71, 30), room))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("71");
  }

  @Test
  void refusesInputsThatDoNotFit() {
    assertThatThrownBy(() -> network.forward(new Matrix(5, 29), new Activations(spec, 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5 × 29")
        .hasMessageContaining("30 × 100");
  }

  @Test
  void backpropRefusesALossThatDoesNotFitTheOutput() {
    assertThatThrownBy(() -> new Backprop(network, new Loss.BinaryCrossEntropy(), 5, products))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("BinaryCrossEntropy[] does not fit the output activation Softmax[]");
  }

  @Test
  void backpropRefusesTargetsThatDoNotFit() {
    Backprop backprop = new Backprop(network, new Loss.MeanSquaredError(), 70, products);

    assertThatThrownBy(() -> backprop.gradients(x, new Matrix(70, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("70 × 4");
    assertThatThrownBy(() -> backprop.loss(x, new Matrix(69, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("69 × 3");
  }

  @Test
  void gradientsOfABatchAreTheMeanOfThoseOfItsParts() {
    Matrix y = new Matrix(70, 3);
    for (int row = 0; row < 70; row++) {
      y.set(row, row % 3, 1);
    }
    Backprop backprop = new Backprop(network, new Loss.CategoricalCrossEntropy(), 70, products);
    double loss = backprop.gradients(x, y);
    float[] whole = backprop.gradients().values().clone();
    float[] mean = new float[whole.length];
    double meanLoss = 0;
    for (int from = 0; from < 70; from += 35) {
      meanLoss += backprop.gradients(x.rows(from, 35), y.rows(from, 35)) / 2;
      for (int i = 0; i < mean.length; i++) {
        mean[i] += backprop.gradients().values()[i] / 2;
      }
    }

    assertThat(meanLoss).isCloseTo(loss, Offset.offset(1e-6));
    assertThat(mean).containsExactly(whole, Offset.offset(1e-6f));
    assertThat(backprop.network()).isSameAs(network);
    assertThat(backprop.outputs()).hasToString("35 × 3");
  }

  /// The sums that gelu and silu keep must be those of the batch at hand.
  @Test
  void gradientsDoNotDependOnTheRoomOrOnTheBatchBefore() {
    NetworkSpec deep =
        new NetworkSpec(
            30,
            List.of(
                new LayerSpec(7, new Activation.Gelu()),
                new LayerSpec(6, new Activation.Tanh()),
                new LayerSpec(5, new Activation.Silu()),
                new LayerSpec(3, new Activation.Linear())));
    Network smooth = new Network(new Initializer.HeNormal().initialize(deep, 4), products);
    Matrix y = Matrices.random(70, 3, new SplitMix64(5));
    Backprop fitting = new Backprop(smooth, new Loss.MeanSquaredError(), 9, products);
    Backprop roomy = new Backprop(smooth, new Loss.MeanSquaredError(), 70, products);

    fitting.gradients(x.rows(20, 9), y.rows(20, 9));
    roomy.gradients(x, y);
    roomy.loss(x.rows(40, 30), y.rows(40, 30));
    roomy.gradients(x.rows(20, 9), y.rows(20, 9));

    assertThat(roomy.gradients().values()).isEqualTo(fitting.gradients().values());
  }

  @Test
  void onlyBackpropKeepsSums() {
    NetworkSpec gelu =
        new NetworkSpec(
            2,
            List.of(
                new LayerSpec(3, new Activation.Gelu()),
                new LayerSpec(3, new Activation.Relu()),
                new LayerSpec(1, new Activation.Linear())));
    Activations plain = new Activations(gelu, 4);
    Activations withSums = Activations.forBackpropagation(gelu, 4);

    assertThat(plain.kept(0)).isSameAs(plain.layer(0));
    assertThat(withSums.kept(0)).isNotSameAs(withSums.layer(0)).hasToString("4 × 3");
    assertThat(withSums.kept(1)).isSameAs(withSums.layer(1));
    Activations twoRows = withSums.rows(2);
    assertThat(twoRows.kept(0)).hasToString("2 × 3");
  }
}
