package dev.backprop.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.backprop.core.linalg.Matrices;
import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.SplitMix64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrationTests {

  @Test
  void staysWithinItsBoundsWhereThereIsNoMinimum() {
    TemperatureScaling allRight = fit(Matrices.column(-1, 2, 3), Matrices.column(0, 1, 1), false);
    assertThat(allRight.temperature()).isEqualTo(TemperatureScaling.LEAST);
    assertThat(allRight.after()).isLessThan(allRight.before());
    TemperatureScaling allWrong = fit(Matrices.column(-1, 2, 3), Matrices.column(1, 0, 0), false);
    assertThat(allWrong.temperature()).isCloseTo(TemperatureScaling.MOST, within(1e-9));
    assertThat(allWrong.after()).isLessThan(allWrong.before());
  }

  @Test
  void leavesAloneWhatEveryTemperatureGives() {
    TemperatureScaling even =
        fit(
            Matrices.of(new float[] {2, 2}, new float[] {-7, -7}),
            Matrices.of(new float[] {1, 0}, new float[] {0, 1}),
            true);
    assertThat(even.temperature()).isEqualTo(1);
    assertThat(even.after()).isEqualTo(even.before()).isCloseTo(Math.log(2), within(1e-12));
  }

  @Test
  void givesUpOnSumsThatAreNotFinite() {
    Matrix y = Matrices.column(0, 1);
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      assertThat(TemperatureScaling.fit(Matrices.column(1, bad), y, null, false)).isNull();
      assertThat(ConformalIntervals.fit(Matrices.column(1, bad), y, Units.OWN)).isNull();
    }
  }

  private static TemperatureScaling fit(Matrix z, Matrix y, boolean softmax) {
    return Objects.requireNonNull(TemperatureScaling.fit(z, y, null, softmax));
  }

  /// By hand: of the errors 0 to n − 1 the one of rank ⌈(n + 1)·coverage⌉ is one less than that.
  @ParameterizedTest
  @CsvSource({
    "9, 0.9, 8",
    "9, 0.8, 7",
    "9, 0.85, 8",
    "9, 0.05, 0",
    "19, 0.95, 18",
    "1, 0.5, 0",
    "3, 0.5, 1",
    "999, 0.999, 998",
    "1000, 0.9, 900",
    "99999, 0.9, 89999",
    "100000, 0.9, 90099",
    "100000, 0.9991, 99999"
  })
  void takesTheErrorOfTheRank(int rows, double coverage, float expected) {
    ConformalIntervals intervals = countingErrors(rows);
    assertThat(intervals.halfWidths(coverage)).containsExactly(expected);
  }

  /// Rows whose errors are 0, 1, 2, … in another order.
  private static ConformalIntervals countingErrors(int rows) {
    float[] outputs = new float[rows];
    for (int i = 0; i < rows; i++) {
      outputs[i] = i % 2 == 0 ? rows - 1 - i : i + 1 - rows;
    }
    return Objects.requireNonNull(
        ConformalIntervals.fit(Matrices.column(outputs), new Matrix(rows, 1), Units.OWN));
  }

  @Test
  void isNeverNarrowerForKeepingFewerErrors() {
    ConformalIntervals many = countingErrors(54_321);
    assertThat(many.errors().getFirst()).hasSize(ConformalIntervals.KEPT);
    for (int i = 1; i < 1000; i++) {
      double coverage = i / 1000.0;
      double exact = Math.ceil(54_322 * coverage - 1e-9) - 1;
      assertThat((double) many.halfWidths(coverage)[0]).isBetween(exact, exact + 54.4);
    }
  }

  @Test
  void keepsFewerErrorsOfManyTargets() {
    Matrix outputs = new Matrix(300, 1000);
    ConformalIntervals intervals =
        Objects.requireNonNull(ConformalIntervals.fit(outputs, new Matrix(300, 1000), Units.OWN));
    assertThat(intervals.errors()).hasSize(1000).allMatch(kept -> kept.length == 100);
    assertThat(ConformalIntervals.kept(1_000_000)).isEqualTo(20);
  }

  @Test
  void knowsHowManyRowsACoverageTakes() {
    assertThat(ConformalIntervals.rowsFor(0.9)).isEqualTo(9);
    assertThat(ConformalIntervals.rowsFor(0.95)).isEqualTo(19);
    assertThat(ConformalIntervals.rowsFor(0.5)).isEqualTo(1);
    assertThat(countingErrors(8).reaches(0.9)).isFalse();
    assertThat(countingErrors(9).reaches(0.9)).isTrue();
    assertThatThrownBy(() -> countingErrors(8).halfWidths(0.9))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ConformalIntervals(2, List.of(new float[3])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// The promise itself: of rows like those that it was fitted on, from coverage to coverage + 1/(n
  /// +
  /// 1) lie within (Lei et al., theorem 2.2), whatever the distribution.
  @ParameterizedTest
  @CsvSource({"20, 0.9", "50, 0.8", "99, 0.95"})
  void coversAsManyRowsAsItSays(int rows, double coverage) {
    SplitMix64 random = new SplitMix64(2026);
    int trials = 4_000;
    int tested = 50;
    int covered = 0;
    for (int trial = 0; trial < trials; trial++) {
      float[] outputs = new float[rows];
      for (int i = 0; i < rows; i++) {
        outputs[i] = skewed(random);
      }
      float width =
          Objects.requireNonNull(
                  ConformalIntervals.fit(Matrices.column(outputs), new Matrix(rows, 1), Units.OWN))
              .halfWidths(coverage)[0];
      for (int i = 0; i < tested; i++) {
        if (Math.abs(skewed(random)) <= width) {
          covered++;
        }
      }
    }
    // the coverage of one fit is beta distributed; three deviations of the mean of all fits
    double spread = Math.sqrt(coverage * (1 - coverage) / (rows + 2));
    double slack = 3 * Math.sqrt(spread * spread / trials + 0.25 / tested / trials);
    assertThat((double) covered / trials / tested)
        .isBetween(coverage - slack, coverage + 1.0 / (rows + 1) + slack);
  }

  /// An error that is far from normal, and more often above 0.
  private static float skewed(SplitMix64 random) {
    double u = random.nextDouble();
    return (float) (-Math.log(1 - u) - 0.3);
  }
}
