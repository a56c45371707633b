package dev.backprop.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import dev.backprop.core.linalg.Matrices;
import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.SplitMix64;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.MapEntry;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Against numbers worked out by hand.
class ScoringTests {

  private static final Offset<Double> ACCURACY = within(1e-12);

  @Test
  void countsTheRowsWhoseLargestOutputIsTheirClass() {
    Matrix outputs =
        Matrices.of(
            new float[] {0.5f, 0.3f, 0.2f},
            new float[] {0.1f, 0.2f, 0.7f},
            new float[] {0.4f, 0.4f, 0.2f},
            new float[] {0.4f, 0.4f, 0.2f});
    Matrix targets =
        Matrices.of(
            new float[] {1, 0, 0},
            new float[] {0, 1, 0},
            new float[] {1, 0, 0},
            new float[] {0, 1, 0});
    assertThat(scores(new Scoring.LargestOutput(), outputs, targets))
        .as("of equal outputs the first counts")
        .containsExactly(accuracy(2 / 4.0));
  }

  @Test
  void wantsEveryLabelOnTheSideOfItsTarget() {
    Matrix outputs =
        Matrices.of(
            new float[] {0.5f, 0.4f},
            new float[] {0.6f, 0.6f},
            new float[] {0.2f, 0.1f},
            new float[] {0.4f, 0.9f});
    Matrix targets =
        Matrices.of(new float[] {1, 0}, new float[] {1, 0}, new float[] {0, 0}, new float[] {1, 1});
    assertThat(scores(new Scoring.Labels(0.5f), outputs, targets))
        .containsExactly(accuracy(2 / 4.0));
  }

  @Test
  void takesTheThresholdOfLabelsThatIsGiven() {
    Matrix outputs = Matrices.column(-2, -0.1f, 0, 0.1f, 2);
    Matrix targets = Matrices.column(0, 0, 1, 1, 1);
    assertThat(scores(new Scoring.Labels(0), outputs, targets)).containsExactly(accuracy(1));
    assertThat(scores(new Scoring.Labels(0.5f), outputs, targets))
        .containsExactly(accuracy(3 / 5.0));
  }

  @Test
  void measuresErrorsAndAveragesThemOverOutputs() {
    Matrix outputs = Matrices.of(new float[] {1, 10}, new float[] {2, 20}, new float[] {6, 30});
    Matrix targets = Matrices.of(new float[] {1, 12}, new float[] {2, 20}, new float[] {3, 28});
    Map<Metric, Double> scores = scores(new Scoring.Errors(Units.OWN), outputs, targets);
    assertThat(scores).containsOnlyKeys(Metric.RMSE, Metric.MAE, Metric.R2);
    assertThat(scores.get(Metric.RMSE))
        .isCloseTo((Math.sqrt(9 / 3.0) + Math.sqrt(8 / 3.0)) / 2, ACCURACY);
    assertThat(scores.get(Metric.MAE)).isCloseTo((3 + 4) / 6.0, ACCURACY);
    assertThat(scores.get(Metric.R2)).isCloseTo(((1 - 9 / 2.0) + (1 - 8 / 128.0)) / 2, ACCURACY);
  }

  @Test
  void tellsErrorsOfScaledTargetsInTheirOwnUnits() {
    SplitMix64 random = new SplitMix64(3);
    Matrix outputs = Matrices.random(20, 2, random);
    Matrix targets = Matrices.random(20, 2, random);
    targets.set(4, 0, 0);
    Units units = new Units(List.of(new Units.Unit(1000, 8), new Units.Unit(-0.3, 0.01)));
    Map<Metric, Double> own = finalScores(new Scoring.Errors(Units.OWN), outputs, targets, false);
    Map<Metric, Double> scaled =
        finalScores(
            new Scoring.Errors(units), scaled(outputs, units), scaled(targets, units), false);
    assertThat(own).containsOnlyKeys(Metric.RMSE, Metric.MAE, Metric.R2, Metric.MAPE);
    own.forEach((metric, score) -> assertThat(scaled.get(metric)).isCloseTo(score, within(2e-3)));
  }

  @Test
  void knowsATargetOfZeroAgain() {
    for (double offset : new double[] {-12345.678, 1e-3, 98.7654321}) {
      Units units = new Units(List.of(new Units.Unit(offset, 3.3)));
      Matrix targets = scaled(Matrices.column(0, 2), units);
      Matrix outputs = scaled(Matrices.column(1, 3), units);
      assertThat(finalScores(new Scoring.Errors(units), outputs, targets, false).get(Metric.MAPE))
          .as("of the target 2 alone")
          .isCloseTo(0.5, within(1e-3));
    }
  }

  private static Matrix scaled(Matrix matrix, Units units) {
    Matrix scaled = new Matrix(matrix.rows(), matrix.columns());
    for (int row = 0; row < matrix.rows(); row++) {
      for (int column = 0; column < matrix.columns(); column++) {
        Units.Unit unit = units.targets().get(column);
        scaled.set(row, column, (float) ((matrix.get(row, column) - unit.offset()) / unit.scale()));
      }
    }
    return scaled;
  }

  @Test
  void givesTargetsThatDoNotVaryNoFractionOfTheirVariation() {
    Matrix targets = Matrices.column(0.1f, 0.1f, 0.1f);
    assertThat(scores(new Scoring.Errors(Units.OWN), targets, targets))
        .containsEntry(Metric.R2, 1.0);
    assertThat(scores(new Scoring.Errors(Units.OWN), Matrices.column(0.1f, 0.2f, 0.1f), targets))
        .containsEntry(Metric.R2, 0.0);
  }

  @Test
  void keepsTheVariationOfTargetsFarFromZero() {
    Matrix targets = Matrices.column(10_000_000, 10_000_001, 10_000_002);
    Matrix outputs = Matrices.column(10_000_000, 10_000_001, 10_000_003);
    assertThat(scores(new Scoring.Errors(Units.OWN), outputs, targets))
        .containsEntry(Metric.R2, 1 - 1 / 2.0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 20})
  void measuresTheSameInBatchesAsAtOnce(int batchRows) {
    SplitMix64 random = new SplitMix64(1);
    Matrix outputs = Matrices.random(20, 3, random);
    Matrix targets = Matrices.random(20, 3, random);
    for (Scoring scoring :
        new Scoring[] {
          new Scoring.LargestOutput(), new Scoring.Labels(0), new Scoring.Errors(Units.OWN)
        }) {
      Tally tally = scoring.newTally(targets, null);
      tally.add(/* outputs= */ targets, targets);
      tally.reset();
      for (int from = 0; from < 20; from += batchRows) {
        int count = Math.min(batchRows, 20 - from);
        tally.add(outputs.rows(from, count), targets.rows(from, count));
      }
      assertThat(tally.scores()).isEqualTo(scores(scoring, outputs, targets));
    }
  }

  @Test
  void givesARowThatIsImpossibleABoundedLogLoss() {
    Map<Metric, Double> scores =
        finalScores(
            new Scoring.Labels(0.5f), Matrices.column(1, 0, 1), Matrices.column(1, 1, 0), true);
    assertThat(scores.get(Metric.LOG_LOSS)).isCloseTo(-2 * Math.log(Math.ulp(1f)) / 3, ACCURACY);
  }

  @Test
  void hasNoLogLossOfOutputsThatAreNoProbabilities() {
    Matrix targets = Matrices.column(0, 1);
    assertThat(finalScores(new Scoring.Labels(0), Matrices.column(-1, 1), targets, false))
        .doesNotContainKey(Metric.LOG_LOSS)
        .containsEntry(Metric.ROC_AUC, 1.0);
    Matrix classes = Matrices.of(new float[] {1, 0, 0}, new float[] {0, 0, 1});
    assertThat(finalScores(new Scoring.LargestOutput(), classes, classes, false))
        .containsOnlyKeys(Metric.ACCURACY, Metric.BALANCED_ACCURACY, Metric.MACRO_F1);
  }

  @Test
  void countsHalfOfThePairsThatAreEqual() {
    assertThat(
            finalScores(
                new Scoring.Labels(0.5f),
                Matrices.column(0.5f, 0.5f, 0.25f),
                Matrices.column(1, 0, 0),
                true))
        .containsEntry(Metric.ROC_AUC, 1.5 / 2);
  }

  @Test
  void hasNoAreaWhereAllRowsAreOfOneClass() {
    Matrix targets = Matrices.column(1, 1);
    assertThat(finalScores(new Scoring.Labels(0.5f), targets, targets, true))
        .doesNotContainKey(Metric.ROC_AUC)
        .containsEntry(Metric.BALANCED_ACCURACY, 1.0);
  }

  @Test
  void leavesTargetsOfZeroOutOfThePercentage() {
    Matrix targets = Matrices.column(0, 4, -2);
    Matrix outputs = Matrices.column(9, 5, -1);
    assertThat(finalScores(new Scoring.Errors(Units.OWN), outputs, targets, false))
        .containsEntry(Metric.MAPE, (0.25 + 0.5) / 2);
    assertThat(finalScores(new Scoring.Errors(Units.OWN), outputs, Matrices.column(0, 0, 0), false))
        .doesNotContainKey(Metric.MAPE);
  }

  @Test
  void hasOnlyTheAccuracyOfSeveralLabels() {
    Matrix labels = Matrices.of(new float[] {1, 0}, new float[] {1, 1});
    assertThat(finalScores(new Scoring.Labels(0.5f), labels, labels, false))
        .containsExactly(accuracy(1));
  }

  @Test
  void countsTheFirstOfEqualOutputsAmongTheFiveLargest() {
    Matrix outputs = new Matrix(2, 6);
    Matrix targets = new Matrix(2, 6);
    targets.set(0, 4, 1);
    targets.set(1, 5, 1);
    assertThat(finalScores(new Scoring.LargestOutput(), outputs, targets, false))
        .containsEntry(Metric.TOP5_ACCURACY, 0.5);
  }

  @Test
  void measuresNothingWhereNothingIsAskedFor() {
    Matrix any = Matrices.column(1, 2);
    assertThat(scores(new Scoring.None(), any, any)).isEmpty();
  }

  private static MapEntry<Metric, Double> accuracy(double value) {
    return entry(Metric.ACCURACY, value);
  }

  private static Map<Metric, Double> finalScores(
      Scoring scoring, Matrix outputs, Matrix targets, boolean probabilities) {
    Tally tally = scoring.newFinalTally(targets, null, probabilities);
    tally.add(outputs, targets);
    return tally.scores();
  }

  private static Map<Metric, Double> scores(Scoring scoring, Matrix outputs, Matrix targets) {
    Tally tally = scoring.newTally(targets, null);
    tally.add(outputs, targets);
    return tally.scores();
  }
}
