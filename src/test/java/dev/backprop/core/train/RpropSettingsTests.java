package dev.backprop.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RpropSettingsTests {

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 1e39, 1e-46, Double.NaN, Double.POSITIVE_INFINITY})
  void namesTheNumberThatIsNotPositive(double bad) {
    refuses("learningRate", bad, () -> new Rprop(bad, 0.5, 1.2, 1e-6, 50));
    refuses("decrease", bad, () -> new Rprop(0.1, bad, 1.2, 1e-6, 50));
    refuses("increase", bad, () -> new Rprop(0.1, 0.5, bad, 1e-6, 50));
    refuses("smallestStep", bad, () -> new Rprop(0.1, 0.5, 1.2, bad, 50));
    refuses("largestStep", bad, () -> new Rprop(0.1, 0.5, 1.2, 1e-6, bad));
  }

  private static void refuses(String name, double bad, Runnable constructor) {
    assertThatIllegalArgumentException()
        .isThrownBy(constructor::run)
        .withMessage(name + " must be a positive 32-bit number, not " + bad);
  }

  @Test
  void takesTheLeastAndTheGreatest32BitNumbersAndStepsOfOneSize() {
    Rprop extreme = new Rprop(0.1, Float.MIN_VALUE, Float.MAX_VALUE, 1, 1);
    assertThat(extreme.decrease()).isEqualTo(Float.MIN_VALUE);
    assertThat(extreme.increase()).isEqualTo(Float.MAX_VALUE);
    assertThat(extreme.smallestStep()).isEqualTo(extreme.largestStep());
  }

  /// A step and a gradient.
  @Test
  void remembersTwoNumbersForEachParameter() {
    assertThat(new Rprop(0.1).numbersPerParameter()).isEqualTo(2);
  }
}
