package dev.backprop.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.backprop.core.linalg.Matrices;
import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.PlainBlas;
import dev.backprop.core.linalg.Products;
import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.Loss;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Parameters;
import dev.backprop.core.train.Examples;
import dev.backprop.dataset.preprocessing.TargetEncoder;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// Against numbers worked out by hand, for a layer whose weights pass each input on as it is.
class EvaluationTests {

  private static final Offset<Double> ACCURACY = within(1e-6);

  @Test
  void measuresRegressionByItsErrors() {
    Metrics metrics =
        evaluate(
            new Activation.Linear(),
            new Loss.MeanSquaredError(),
            new TargetEncoder.Values(List.of("u", "v")),
            Matrices.of(new float[] {1, 2}, new float[] {3, 4}),
            Matrices.of(new float[] {1, 0}, new float[] {0, 4}));
    assertThat(metrics.trainingLoss()).isEqualTo((4 + 9) / 4.0);
    // the errors of u are 0 and 3, those of v 2 and 0
    assertThat(metrics.trainingRmse())
        .isCloseTo((Math.sqrt(9 / 2.0) + Math.sqrt(4 / 2.0)) / 2, ACCURACY);
    assertThat(metrics.trainingMae()).isEqualTo(5 / 4.0);
    assertThat(metrics.trainingR2()).isCloseTo(((1 - 9 / 0.5) + (1 - 4 / 8.0)) / 2, ACCURACY);
    assertThat(metrics.trainingMape()).as("of 1 and 4 alone").isZero();
    assertThat(metrics.trainingMacroF1()).isNull();
    assertThat(metrics.validationRmse()).isNull();
    assertThat(metrics.trainingAccuracy()).isNull();
    assertThat(metrics.validationLoss()).isNull();
    assertThat(metrics.validationAccuracy()).isNull();
  }

  @Test
  void countsTheLargestOutputOfAClass() {
    Metrics metrics =
        evaluate(
            new Activation.Softmax(),
            new Loss.CategoricalCrossEntropy(),
            new TargetEncoder.Classes("kind", List.of("a", "b", "c"), false),
            Matrices.of(
                new float[] {2, 1, 0},
                new float[] {0, 1, 2},
                new float[] {0, 3, 0},
                new float[] {1, 1, 0}),
            Matrices.of(
                new float[] {1, 0, 0},
                new float[] {0, 1, 0},
                new float[] {0, 1, 0},
                new float[] {1, 0, 0}));
    double sum = Math.exp(0) + Math.exp(1) + Math.exp(2);
    double loss =
        (Math.log(sum) - 2)
            + (Math.log(sum) - 1)
            + (Math.log(2 + Math.exp(3)) - 3)
            + (Math.log(1 + 2 * Math.E) - 1);
    assertThat(metrics.trainingLoss()).isCloseTo(loss / 4, ACCURACY);
    assertThat(metrics.trainingAccuracy()).as("of two equal the first").isEqualTo(0.75);
    assertThat(metrics.trainingBalancedAccuracy()).isCloseTo((2 / 2.0 + 1 / 2.0) / 2, ACCURACY);
    assertThat(metrics.trainingMacroF1()).isCloseTo((4 / 4.0 + 2 / 3.0 + 0 / 1.0) / 3, ACCURACY);
    assertThat(metrics.trainingLogLoss()).isCloseTo(loss / 4, ACCURACY);
    assertThat(metrics.trainingRocAuc()).as("of three classes").isNull();
    assertThat(metrics.trainingRmse()).isNull();
  }

  @Test
  void takesOneHalfForTheSecondOfTwoClasses() {
    Metrics metrics =
        evaluate(
            new Activation.Sigmoid(),
            new Loss.BinaryCrossEntropy(),
            new TargetEncoder.Classes("kind", List.of("no", "yes"), true),
            Matrices.column(-1, 1, 0, 0, 2),
            Matrices.column(0, 0, 1, 0, 1));
    double loss =
        Math.log1p(Math.exp(-1))
            + Math.log1p(Math.exp(1))
            + 2 * Math.log(2)
            + Math.log1p(Math.exp(-2));
    assertThat(metrics.trainingLoss()).isCloseTo(loss / 5, ACCURACY);
    assertThat(metrics.trainingAccuracy()).isEqualTo(3 / 5.0);
    assertThat(metrics.trainingBalancedAccuracy()).isCloseTo((1 / 3.0 + 2 / 2.0) / 2, ACCURACY);
    assertThat(metrics.trainingMacroF1()).isCloseTo((2 / 4.0 + 4 / 6.0) / 2, ACCURACY);
    assertThat(metrics.trainingLogLoss()).isCloseTo(loss / 5, ACCURACY);
    assertThat(metrics.trainingRocAuc()).as("1 + 3 of 6 pairs").isCloseTo(4.5 / 6, ACCURACY);
    assertThat(metrics.trainingTop5Accuracy()).isNull();
  }

  @Test
  void wantsEveryLabelOfARowRight() {
    Metrics metrics =
        evaluate(
            new Activation.Sigmoid(),
            new Loss.BinaryCrossEntropy(),
            new TargetEncoder.Labels(List.of("red", "round")),
            Matrices.of(new float[] {3, -3}, new float[] {3, -3}, new float[] {-3, -3}),
            Matrices.of(new float[] {1, 0}, new float[] {1, 1}, new float[] {0, 0}));
    double right = Math.log1p(Math.exp(-3));
    double wrong = Math.log1p(Math.exp(3));
    assertThat(metrics.trainingLoss()).isCloseTo((5 * right + wrong) / 6, ACCURACY);
    assertThat(metrics.trainingAccuracy()).isEqualTo(2 / 3.0);
  }

  @Test
  void takesSeveralSigmoidsForNoProbabilities() {
    Metrics metrics =
        evaluate(
            new Activation.Sigmoid(),
            new Loss.BinaryCrossEntropy(),
            new TargetEncoder.Classes("kind", List.of("a", "b", "c"), false),
            Matrices.of(new float[] {1, 0, 0}, new float[] {0, 1, 0}),
            Matrices.of(new float[] {1, 0, 0}, new float[] {0, 1, 0}));
    assertThat(metrics.trainingLogLoss()).isNull();
    assertThat(metrics.trainingMacroF1()).isEqualTo(1);
  }

  @Test
  void weighsBatchesByTheirRows() {
    Evaluation evaluation =
        new Evaluation(
            identity(1, new Activation.Sigmoid()),
            new Loss.MeanSquaredError(),
            new TargetEncoder.Classes("kind", List.of("no", "yes"), true),
            3,
            new Products(new PlainBlas()));
    Matrix x = Matrices.column(9, 9, 9, -9, -9, -9, -9);
    Matrix y = Matrices.column(1, 1, 0, 0, 0, 0, 1);
    double low = 1 / (1 + Math.exp(9));
    double loss = (5 * low * low + 2 * (1 - low) * (1 - low)) / 7;

    Metrics metrics =
        evaluation.metrics(
            new Examples(x, y), new Examples(Matrices.column(9), Matrices.column(0)));

    assertThat(metrics.trainingLoss()).isCloseTo(loss, ACCURACY);
    assertThat(metrics.trainingAccuracy()).isEqualTo(5 / 7.0);
    assertThat(metrics.validationLoss()).isCloseTo((1 - low) * (1 - low), ACCURACY);
    assertThat(metrics.validationAccuracy()).isZero();
  }

  private static Metrics evaluate(
      Activation output, Loss loss, TargetEncoder target, Matrix x, Matrix y) {
    return new Evaluation(
            identity(x.columns(), output),
            loss,
            target,
            Evaluation.ROWS,
            new Products(new PlainBlas()))
        .metrics(new Examples(x, y), null);
  }

  private static Parameters identity(int size, Activation output) {
    Parameters parameters =
        new Parameters(new NetworkSpec(size, List.of(new LayerSpec(size, output))));
    for (int i = 0; i < size; i++) {
      parameters.weights(0).set(i, i, 1);
    }
    return parameters;
  }
}
