package dev.backprop.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.backprop.core.train.LineSearch.Line;
import dev.backprop.core.train.LineSearch.Point;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineSearchTests {

  /// A function with its derivative, and how often it was asked for.
  private static final class Curve implements Line {

    private final DoubleUnaryOperator value;
    private final DoubleUnaryOperator slope;
    private int evaluations;
    private int limit = Integer.MAX_VALUE;

    Curve(DoubleUnaryOperator value, DoubleUnaryOperator slope) {
      this.value = value;
      this.slope = slope;
    }

    @Override
    public Point at(double step) {
      evaluations++;
      return point(step);
    }

    private Point point(double step) {
      return new Point(step, value.applyAsDouble(step), slope.applyAsDouble(step));
    }

    @Override
    public boolean isStopRequested() {
      return evaluations >= limit;
    }

    Point search(double firstStep, int maxEvaluations) {
      return LineSearch.search(this, point(0), firstStep, maxEvaluations);
    }
  }

  private static final Curve PARABOLA = parabola();

  private static Curve parabola() {
    return new Curve(a -> (a - 3) * (a - 3), a -> 2 * (a - 3));
  }

  /// Rosenbrock's valley `100·(y − x²)² + (1 − x)²` down the gradient from (−1.2, 1).
  private static Curve valley() {
    double dx = 215.6;
    double dy = 88;
    DoubleUnaryOperator x = a -> -1.2 + a * dx;
    DoubleUnaryOperator y = a -> 1 + a * dy;
    return new Curve(
        a -> rosenbrock(x.applyAsDouble(a), y.applyAsDouble(a)),
        a -> {
          double atX = x.applyAsDouble(a);
          double across = y.applyAsDouble(a) - atX * atX;
          return dx * (-400 * atX * across - 2 * (1 - atX)) + dy * 200 * across;
        });
  }

  private static double rosenbrock(double x, double y) {
    return 100 * (y - x * x) * (y - x * x) + (1 - x) * (1 - x);
  }

  private static void assertWolfe(Curve curve, Point found) {
    Point start = curve.point(0);
    assertThat(found.step()).isPositive();
    assertThat(found).isEqualTo(curve.point(found.step()));
    assertThat(found.value())
        .isLessThanOrEqualTo(start.value() + 1e-4 * found.step() * start.slope());
    assertThat(Math.abs(found.slope())).isLessThanOrEqualTo(0.9 * Math.abs(start.slope()));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-12, 1e-6, 1e-3, 1, 10, 1e3, 1e6})
  void meetsBothConditionsInRosenbrocksValleyFromAnyFirstStep(double firstStep) {
    Curve valley = valley();

    Point found = valley.search(firstStep, 50);

    assertWolfe(valley, found);
    assertThat(valley.evaluations).isLessThanOrEqualTo(25);
  }

  /// The functions of Moré, Thuente: Line Search Algorithms with Guaranteed Sufficient Decrease,
  /// ACM TOMS 20, 1994: (5.1) with β = 2, (5.2) with β = 0.004.
  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 1e-1, 10, 1e3})
  void meetsBothConditionsOnTheFunctionsOfMoreAndThuente(double firstStep) {
    Curve first = new Curve(a -> -a / (a * a + 2), a -> (a * a - 2) / ((a * a + 2) * (a * a + 2)));
    Curve second =
        new Curve(
            a -> Math.pow(a + 0.004, 5) - 2 * Math.pow(a + 0.004, 4),
            a -> 5 * Math.pow(a + 0.004, 4) - 8 * Math.pow(a + 0.004, 3));

    assertWolfe(first, first.search(firstStep, 50));
    assertWolfe(second, second.search(firstStep, 50));
  }

  @Test
  void takesTheFirstStepIfItIsGood() {
    Curve parabola = parabola();

    assertThat(parabola.search(2.5, 25)).isEqualTo(PARABOLA.point(2.5));
    assertThat(parabola.evaluations).isEqualTo(1);
  }

  /// The cubic through two points of a parabola is the parabola.
  @ParameterizedTest
  @CsvSource({"0.125, 1.25", "7, 3", "0.03125, 0.3125"})
  void triesTheMinimumOfTheCubicWithinLimits(double firstStep, double expected) {
    Curve parabola = parabola();

    Point found = parabola.search(firstStep, 2);

    assertThat(found.step()).isCloseTo(expected, within(1e-12));
    assertThat(parabola.evaluations).isEqualTo(2);
  }

  @Test
  void closesInWhereAStepLeavesTheFiniteNumbers() {
    Curve barrier =
        new Curve(
            a -> a < 1 ? -a - Math.log1p(-a) * 0.125 : Double.NaN,
            a -> a < 1 ? -1 + 0.125 / (1 - a) : Double.NaN);

    Point found = barrier.search(1e6, 50);

    assertWolfe(barrier, found);
    assertThat(found.step()).isLessThan(1);
  }

  @Test
  void staysAtTheStartWhereNothingIsLower() {
    Curve liar = new Curve(a -> a, _ -> -1);

    assertThat(liar.search(1, 25)).isEqualTo(new Point(0, 0, -1));
    assertThat(liar.evaluations).isEqualTo(25);
  }

  @Test
  void endsWithTheLowestWhereTheEvaluationsEnd() {
    Curve endless = new Curve(a -> -a, _ -> -1);

    assertThat(endless.search(1, 3)).isEqualTo(new Point(100, -100, -1));
    assertThat(endless.evaluations).isEqualTo(3);
  }

  @Test
  void endsWithTheLowestWhereAStopIsRequested() {
    Curve endless = new Curve(a -> -a, _ -> -1);
    endless.limit = 2;

    assertThat(endless.search(1, 25)).isEqualTo(new Point(10, -10, -1));
  }
}
