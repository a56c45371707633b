package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.backprop.core.linalg.SplitMix64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTests {

  @Test
  void hasRoundNumbersAroundARange() {
    assertThat(labels(Axis.linear(1, 10_000, 1)))
        .containsExactly("0", "2000", "4000", "6000", "8000", "10000");
    assertThat(labels(Axis.linear(0.031, 0.702, 0)))
        .containsExactly("0", "0.2", "0.4", "0.6", "0.8");
    assertThat(labels(Axis.linear(-4.2, 2, 0))).containsExactly("-6", "-4", "-2", "0", "2");
  }

  @Test
  void hasWholeEpochs() {
    assertThat(labels(Axis.linear(1, 3, 1))).containsExactly("1", "2", "3");
    assertThat(labels(Axis.linear(1, 1, 1))).containsExactly("0", "1", "2");
  }

  @Test
  void hasRoomAroundASingleNumber() {
    assertThat(Axis.linear(0.25, 0.25, 0).share(0.25)).isBetween(0.1, 0.9);
    assertThat(Axis.linear(0, 0, 0).share(0)).isEqualTo(0.5);
    assertThat(Axis.linear(1e9, 1e9 + 1e-6, 0).ticks())
        .hasSizeBetween(2, 12)
        .doesNotHaveDuplicates();
  }

  @Test
  void hasPowersOfTenWhereItIsLogarithmic() {
    assertThat(labels(Axis.logarithmic(0.012, 2.4)))
        .containsExactly("0.01", "0.02", "0.05", "0.1", "0.2", "0.5", "1", "2", "5");
    assertThat(labels(Axis.logarithmic(0.3, 4_000)))
        .containsExactly("0.1", "1", "10", "100", "1000", "10000");
    assertThat(labels(Axis.logarithmic(1e-9, 2e3)))
        .containsExactly("1e-9", "1e-6", "0.001", "1", "1000", "1000000");
  }

  @Test
  void putsEqualRatiosAtEqualDistances() {
    Axis axis = Axis.logarithmic(0.01, 100);
    assertThat(axis.share(0.01)).isZero();
    assertThat(axis.share(1)).isCloseTo(0.5, within(1e-12));
    assertThat(axis.share(100)).isEqualTo(1);
    assertThat(Axis.linear(0, 10, 0).share(2.5)).isEqualTo(0.25);
  }

  @Test
  void holdsEveryRange() {
    SplitMix64 random = new SplitMix64(5);
    for (int i = 0; i < 2_000; i++) {
      double least = Math.pow(10, 60 * random.nextDouble() - 30);
      double greatest = least * Math.pow(10, 1 + 20 * random.nextDouble());
      for (Axis axis :
          new Axis[] {Axis.logarithmic(least, greatest), Axis.linear(-least, greatest, 0)}) {
        assertThat(axis.ticks()).as("%s to %s", least, greatest).hasSizeBetween(2, 12).isSorted();
        assertThat(axis.from()).isLessThanOrEqualTo(axis.logarithmic() ? least : -least);
        assertThat(axis.to()).isGreaterThanOrEqualTo(greatest);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "0.30000000000000004, 0.3",
    "-0.05, -0.05",
    "0.0001, 0.0001",
    "0.00001, 1e-5",
    "25000000, 25000000",
    "1e8, 1e8",
    "2.5e12, 2.5e12"
  })
  void writesNumbersShort(double tick, String label) {
    assertThat(Axis.label(tick)).isEqualTo(label);
  }

  private static String[] labels(Axis axis) {
    return axis.ticks().stream().map(Axis::label).toArray(String[]::new);
  }
}
