package dev.backprop.core.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.backprop.core.linalg.Matrix;
import dev.backprop.core.linalg.SplitMix64;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InitializerTests {

  private static final int FAN_IN = 400;
  private static final int FAN_OUT = 200;

  /// What the papers say, for 400 inputs and 200 units.
  ///
  /// @param bound no weight is beyond it; infinite for normal distributions
  record Expected(Initializer initializer, double variance, double bound) {}

  static List<Expected> papers() {
    double sum = FAN_IN + FAN_OUT;
    return List.of(
        new Expected(new Initializer.GlorotUniform(), 2 / sum, Math.sqrt(6 / sum)),
        new Expected(new Initializer.GlorotNormal(), 2 / sum, Double.POSITIVE_INFINITY),
        new Expected(new Initializer.HeUniform(), 2.0 / FAN_IN, Math.sqrt(6.0 / FAN_IN)),
        new Expected(new Initializer.HeNormal(), 2.0 / FAN_IN, Double.POSITIVE_INFINITY),
        new Expected(new Initializer.LeCunUniform(), 1.0 / FAN_IN, Math.sqrt(3.0 / FAN_IN)),
        new Expected(new Initializer.LeCunNormal(), 1.0 / FAN_IN, Double.POSITIVE_INFINITY),
        new Expected(new Initializer.Uniform(0.75), 0.75 * 0.75 / 3, 0.75),
        new Expected(new Initializer.Normal(0.3), 0.09, Double.POSITIVE_INFINITY),
        // the entries of a random rotation of d dimensions have variance 1/d
        new Expected(new Initializer.Orthogonal(), 1.0 / FAN_IN, Double.POSITIVE_INFINITY));
  }

  @ParameterizedTest
  @MethodSource("papers")
  void hasTheMomentsAndTheBoundsOfItsPaper(Expected expected) {
    Matrix weights = new Matrix(FAN_IN, FAN_OUT);

    expected.initializer().fill(weights, new SplitMix64(11));

    double deviation = Math.sqrt(expected.variance());
    double mean = 0;
    double square = 0;
    double fourth = 0;
    double largest = 0;
    for (float weight : weights.values()) {
      double w = weight / deviation;
      mean += w / weights.size();
      square += w * w / weights.size();
      fourth += w * w * w * w / weights.size();
      largest = Math.max(largest, Math.abs(weight));
    }
    boolean bounded = expected.bound() < Double.POSITIVE_INFINITY;
    // four standard errors over 80,000 weights each; the kurtosis tells uniform from normal
    assertThat(mean).isCloseTo(0, within(0.015));
    assertThat(square).isCloseTo(1, within(0.02));
    assertThat(fourth).isCloseTo(bounded ? 1.8 : 3, within(0.15));
    if (bounded) {
      assertThat(largest).isBetween(0.999 * expected.bound(), expected.bound() * (1 + 1e-6));
    } else {
      assertThat(largest / deviation).isBetween(3.8, 6.0);
    }
  }

  @ParameterizedTest
  @MethodSource("papers")
  void leavesBiasesAtZeroAndRepeatsItself(Expected expected) {
    NetworkSpec spec = spec(3, 4, 2);

    Parameters theta = expected.initializer().initialize(spec, 5);

    assertThat(theta.biases(0).values()).isSameAs(theta.values());
    for (int layer = 0; layer < 2; layer++) {
      for (int i = 0; i < theta.biases(layer).columns(); i++) {
        assertThat(theta.biases(layer).get(0, i)).isZero();
      }
      for (int i = 0; i < theta.weights(layer).size(); i++) {
        assertThat(theta.values()[theta.weights(layer).offset() + i]).isNotZero();
      }
    }
    assertThat(expected.initializer().initialize(spec, 5).values()).isEqualTo(theta.values());
    assertThat(expected.initializer().initialize(spec, 6).values()).isNotEqualTo(theta.values());
  }

  @ParameterizedTest
  @CsvSource({"40, 40", "40, 7", "7, 40", "1, 9", "9, 1", "1, 1"})
  void orthogonalVectorsHaveLengthOneAndNoAngle(int inputs, int units) {
    Matrix weights = new Matrix(new float[inputs * units + 5], 5, inputs, units);

    new Initializer.Orthogonal().fill(weights, new SplitMix64(3));

    boolean tall = inputs >= units;
    for (int a = 0; a < Math.min(inputs, units); a++) {
      for (int b = 0; b <= a; b++) {
        double dot = 0;
        for (int i = 0; i < Math.max(inputs, units); i++) {
          dot +=
              tall
                  ? (double) weights.get(i, a) * weights.get(i, b)
                  : (double) weights.get(a, i) * weights.get(b, i);
        }
        assertThat(dot).as("%d, %d", a, b).isCloseTo(a == b ? 1 : 0, within(1e-6));
      }
    }
  }

  /// A Gram-Schmidt process that fixed the signs would turn the same way always.
  @Test
  void orthogonalWeightsPointEitherWay() {
    int positive = 0;
    for (int seed = 0; seed < 1000; seed++) {
      Matrix weights = new Matrix(2, 2);
      new Initializer.Orthogonal().fill(weights, new SplitMix64(seed));
      positive +=
          weights.get(0, 0) * weights.get(1, 1) > weights.get(0, 1) * weights.get(1, 0) ? 1 : 0;
    }

    assertThat(positive).isBetween(430, 570);
  }

  @Test
  void zerosAreZerosAndLeaveTheRestAlone() {
    float[] values = {1, 2, 3, 4, 5, 6};

    new Initializer.Zeros().fill(new Matrix(values, 1, 2, 2), new SplitMix64(1));

    assertThat(values).containsExactly(1, 0, 0, 0, 0, 6);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 1e-31, 1e31, Double.NaN})
  void refusesAStandardDeviationOutOfRange(double deviation) {
    assertThatThrownBy(() -> new Initializer.Normal(deviation))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("standardDeviation must be from 1e-30 to 1e30, not " + deviation);
  }

  @Test
  void layersDrawFromSequencesOfTheirOwn() {
    Initializer initializer = new Initializer.Uniform(1);
    Parameters deep = initializer.initialize(spec(50, 50, 50, 50), 9);
    Parameters wide = initializer.initialize(spec(60, 50, 50), 9);

    for (int a = 0; a < 3; a++) {
      for (int b = 0; b < a; b++) {
        assertThat(correlation(deep.weights(a), deep.weights(b))).isCloseTo(0, within(0.08));
      }
    }
    // the size of one layer does not change what the next one draws
    assertThat(correlation(deep.weights(1), wide.weights(1))).isCloseTo(1, within(1e-6));
  }

  private static double correlation(Matrix a, Matrix b) {
    double sum = 0;
    double ofA = 0;
    double ofB = 0;
    for (int row = 0; row < a.rows(); row++) {
      for (int column = 0; column < a.columns(); column++) {
        sum += a.get(row, column) * b.get(row, column);
        ofA += a.get(row, column) * a.get(row, column);
        ofB += b.get(row, column) * b.get(row, column);
      }
    }
    return sum / Math.sqrt(ofA * ofB);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 1e-50, 1e39, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesALimitThatIsNoPositiveFloat(double limit) {
    assertThatThrownBy(() -> new Initializer.Uniform(limit))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("limit must be a positive 32-bit number, not " + limit);
  }

  private static NetworkSpec spec(int inputs, int... units) {
    return new NetworkSpec(
        inputs,
        Arrays.stream(units)
            .mapToObj(count -> new LayerSpec(count, new Activation.Tanh()))
            .toList());
  }
}
