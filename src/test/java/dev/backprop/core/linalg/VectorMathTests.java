package dev.backprop.core.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Against StrictMath in 64 bits, over about a million floats spread evenly over all bit patterns,
/// which takes in denormals, infinities and NaN.
class VectorMathTests {

  @ParameterizedTest
  @ValueSource(floats = {0.9f, 0.999f, 0.5f, 0.1f})
  void whatDecaysDoesNotBecomeSubnormal(float decay) {
    float x = 1;
    for (int step = 0; step < 200_000; step++) {
      x = VectorMath.withoutSubnormals(decay * x);
      assertThat(x == 0 || x > 100 * Float.MIN_NORMAL).as("%s after step %d", x, step).isTrue();
    }
    assertThat(x).isLessThan(1e-30f);
  }

  @Test
  void numbersThatAreNotTinyStayWhatTheyAre() {
    SplitMix64 random = new SplitMix64(1);
    for (int i = 0; i < 100_000; i++) {
      float x = Float.intBitsToFloat((int) random.nextLong());
      float kept = VectorMath.withoutSubnormals(x);
      if (Float.isNaN(x)) {
        assertThat(kept).isNaN();
      } else if (Math.abs(x) > 0x1p-65f) {
        assertThat(kept).isEqualTo(x);
      } else {
        assertThat(Math.abs((double) kept - x))
            .isLessThanOrEqualTo(Math.max(0x1p-114, Math.abs(x) * 0x1p-22));
      }
    }
    assertThat(VectorMath.withoutSubnormals(Float.NEGATIVE_INFINITY))
        .isEqualTo(Float.NEGATIVE_INFINITY);
  }

  /// A prime, so that the low bits vary.
  private static final int STRIDE = 4099;

  private static final int COUNT = (int) ((1L << 32) / STRIDE);

  private final float[] x = everywhere();

  private static float[] everywhere() {
    float[] x = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      x[i] = Float.intBitsToFloat(i * STRIDE);
    }
    return x;
  }

  @Test
  void expIsWithinTwoUlps() {
    float[] y = apply(values -> VectorMath.expInPlace(values, 0, COUNT));

    assertThat(worstUlps(y, StrictMath::exp, x -> x >= -87 && x <= 88)).isLessThan(2);
  }

  @Test
  void expStopsAtTheEndsOfItsRange() {
    float[] y = {-87.5f, -1e4f, -Float.MAX_VALUE, Float.NEGATIVE_INFINITY, 88.5f, 1e4f, 3e38f};

    VectorMath.expInPlace(y, 0, y.length);

    float least = VectorMath.exp(-87);
    float most = VectorMath.exp(88);
    assertThat(y).containsExactly(least, least, least, least, most, most, most);
    assertThat(least).isPositive().isLessThan(2e-38f);
    assertThat(most).isFinite().isGreaterThan(1e38f);
  }

  @Test
  void expIsExactAtZero() {
    float[] y = {9, 0, -0f, Float.MIN_VALUE, 9};

    VectorMath.expInPlace(y, 1, 3);

    assertThat(y).containsExactly(9, 1, 1, 1, 9);
  }

  @Test
  void sigmoidIsWithinFourUlps() {
    float[] y = apply(values -> VectorMath.sigmoidInPlace(values, 0, COUNT));

    assertThat(worstUlps(y, VectorMathTests::sigmoid, x -> x >= -87)).isLessThan(4);
  }

  @Test
  void sigmoidStaysBetweenZeroAndOne() {
    float[] y = apply(values -> VectorMath.sigmoidInPlace(values, 0, COUNT));

    for (int i = 0; i < COUNT; i++) {
      if (x[i] < -87) {
        assertThat(y[i]).isBetween(0f, 2e-38f);
      } else if (x[i] > 20) {
        assertThat(y[i]).isEqualTo(1);
      }
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }

  /// Just above 1/4, where `1 − 2 / (e²ˣ + 1)` cancels most.
  @Test
  void tanhIsWithinTenUlps() {
    float[] y = apply(values -> VectorMath.tanhInPlace(values, 0, COUNT));

    assertThat(worstUlps(y, StrictMath::tanh, x -> true)).isLessThan(10);
  }

  @Test
  void tanhEndsAtOneAndPassesThroughZero() {
    float[] y = {Float.NEGATIVE_INFINITY, -1e4f, -10, 0, -0f, Float.MIN_VALUE, 10, 1e4f, 3e38f};

    VectorMath.tanhInPlace(y, 0, y.length);

    assertThat(y)
        .containsExactly(
            new float[] {-1, -1, -1, 0, 0, Float.MIN_VALUE, 1, 1, 1}, Offset.offset(0f));
  }

  @Test
  void expm1IsWithinFourUlps() {
    float[] y = apply(each(VectorMath::expm1));

    assertThat(worstUlps(y, StrictMath::expm1, x -> x <= 88)).isLessThan(4);
  }

  @Test
  void softplusIsWithinFourUlps() {
    float[] y = apply(each(VectorMath::softplus));

    assertThat(worstUlps(y, VectorMathTests::softplus, x -> x >= -87)).isLessThan(4);
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }

  @Test
  void normalDensityIsWithinSixUlps() {
    float[] y = apply(each(VectorMath::normalDensity));

    assertThat(worstUlps(y, VectorMathTests::normalDensity, x -> Math.abs(x) <= 13)).isLessThan(6);
  }

  private static double normalDensity(double x) {
    return StrictMath.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
  }

  @Test
  void normalDistributionIsWithinTwelveUlps() {
    float[] y = apply(each(VectorMath::normalDistribution));

    assertThat(worstUlps(y, VectorMathTests::normalDistribution, x -> x >= -13)).isLessThan(12);
  }

  /// By the series `Φ(x) = ½ + φ(x)·Σ x^(2k+1) / (1·3·5·…·(2k+1))`, and in the lower tail by the
  /// continued fraction `Φ(−x) = φ(x) / (x + 1/(x + 2/(x + 3/(x + …))))`.
  private static double normalDistribution(double x) {
    if (x > 9) {
      return 1;
    }
    if (x < -2) {
      double fraction = -x;
      for (int k = 200; k > 0; k--) {
        fraction = -x + k / fraction;
      }
      return normalDensity(x) / fraction;
    }
    double term = x;
    double sum = 0;
    for (int k = 1; k < 200; k++) {
      sum += term;
      term *= x * x / (2 * k + 1);
    }
    return 0.5 + normalDensity(x) * sum;
  }

  @Test
  void theNormalDistributionStopsAtTheEndsOfItsRange() {
    float least = VectorMath.normalDistribution(-13);

    assertThat(least).isPositive().isLessThan(1e-36f);
    assertThat(VectorMath.normalDistribution(-3e38f)).isEqualTo(least);
    assertThat(VectorMath.normalDistribution(3e38f)).isEqualTo(1);
    assertThat(VectorMath.normalDensity(3e38f)).isEqualTo(VectorMath.normalDensity(13));
  }

  @Test
  void nothingHidesNaN() {
    float[] y = {Float.NaN, Float.NaN, Float.NaN};

    VectorMath.expInPlace(y, 0, 1);
    VectorMath.sigmoidInPlace(y, 1, 1);
    VectorMath.tanhInPlace(y, 2, 1);

    assertThat(y).containsExactly(Float.NaN, Float.NaN, Float.NaN);
  }

  private interface FloatFunction {
    float apply(float x);
  }

  private static Consumer<float[]> each(FloatFunction function) {
    return values -> {
      for (int i = 0; i < values.length; i++) {
        values[i] = function.apply(values[i]);
      }
    };
  }

  private float[] apply(Consumer<float[]> function) {
    float[] y = x.clone();
    function.accept(y);
    return y;
  }

  /// The largest distance in units of the last place of the exact result. NaN must stay NaN.
  private double worstUlps(float[] y, DoubleUnaryOperator exact, DoublePredicate range) {
    double worst = 0;
    for (int i = 0; i < COUNT; i++) {
      if (Float.isNaN(x[i])) {
        assertThat(y[i]).isNaN();
      } else if (range.test(x[i])) {
        double expected = exact.applyAsDouble(x[i]);
        double error = Math.abs(y[i] - expected) / Math.ulp((float) expected);
        worst = Math.max(worst, error);
      }
    }
    return worst;
  }

  /// Long arrays go another way than short ones, to the same bits.
  @ParameterizedTest
  @ValueSource(ints = {63, 64, 65, 256, 257, 1000})
  void arraysOfAnyLengthHoldTheSameBits(int count) {
    SplitMix64 random = new SplitMix64(count);
    float[] x = new float[count + 2];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (40 * random.nextGaussian());
    }
    x[1] = Float.NaN;
    x[2] = Float.NEGATIVE_INFINITY;
    x[3] = Float.POSITIVE_INFINITY;
    x[4] = -0f;
    x[5] = Float.MIN_VALUE;
    sameBits(x, count, VectorMath::expInPlace);
    sameBits(x, count, VectorMath::sigmoidInPlace);
    sameBits(x, count, VectorMath::tanhInPlace);
  }

  private interface InPlace {
    void apply(float[] x, int offset, int count);
  }

  private static void sameBits(float[] x, int count, InPlace function) {
    float[] atOnce = x.clone();
    float[] oneByOne = x.clone();
    function.apply(atOnce, 1, count);
    for (int i = 1; i <= count; i++) {
      function.apply(oneByOne, i, 1);
    }
    assertThat(atOnce).isEqualTo(oneByOne);
    assertThat(atOnce[0]).isEqualTo(x[0]);
    assertThat(atOnce[count + 1]).isEqualTo(x[count + 1]);
  }
}
