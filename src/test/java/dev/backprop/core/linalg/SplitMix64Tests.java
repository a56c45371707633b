package dev.backprop.core.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The sequence is part of what a seed means, so it is compared with published numbers. The
/// statistics are of fixed seeds: they hold or they do not.
class SplitMix64Tests {

  @Test
  void givesThePublishedSequence() {
    SplitMix64 random = new SplitMix64(1234567);

    assertThat(random.nextLong()).isEqualTo(6457827717110365317L);
    assertThat(random.nextLong()).isEqualTo(3203168211198807973L);
    assertThat(random.nextLong()).isEqualTo(Long.parseUnsignedLong("9817491932198370423"));
    assertThat(random.nextLong()).isEqualTo(4593380528125082431L);
    assertThat(random.nextLong()).isEqualTo(Long.parseUnsignedLong("16408922859458223821"));
  }

  @Test
  void keysLeadToSequencesOfTheirOwn() {
    Set<Long> firsts = new HashSet<>();
    for (long seed = 0; seed < 10; seed++) {
      for (long a = -1; a < 20; a++) {
        firsts.add(SplitMix64.keyed(seed, a).nextLong());
        for (long b = -1; b < 20; b++) {
          firsts.add(SplitMix64.keyed(seed, a, b).nextLong());
        }
      }
    }

    assertThat(firsts).hasSize(10 * 21 * (1 + 21));
  }

  @Test
  void theSameKeysLeadToTheSameSequence() {
    assertThat(SplitMix64.keyed(5, 6, 7).nextLong())
        .isEqualTo(SplitMix64.keyed(5, 6, 7).nextLong());
  }

  @Test
  void wholeNumbersAreEquallyLikely() {
    SplitMix64 random = new SplitMix64(42);
    int[] counts = new int[10];
    int n = 1_000_000;
    for (int i = 0; i < n; i++) {
      counts[random.nextInt(10)]++;
    }

    double chiSquared = 0;
    for (int count : counts) {
      chiSquared += Math.pow(count - n / 10.0, 2) / (n / 10.0);
    }
    assertThat(chiSquared).as("9 degrees of freedom, 0.1 %% are above").isLessThan(27.88);
  }

  @Test
  void wholeNumbersStayBelowTheLargestBound() {
    SplitMix64 random = new SplitMix64(43);
    int least = Integer.MAX_VALUE;
    int most = 0;
    for (int i = 0; i < 100_000; i++) {
      int number = random.nextInt(Integer.MAX_VALUE);
      least = Math.min(least, number);
      most = Math.max(most, number);
    }

    assertThat(least).isBetween(0, Integer.MAX_VALUE / 1000);
    assertThat(most).isBetween(Integer.MAX_VALUE / 1000 * 999, Integer.MAX_VALUE - 1);
    assertThat(random.nextInt(1)).isZero();
  }

  @Test
  void fractionsAreUniform() {
    SplitMix64 random = new SplitMix64(44);
    int n = 1_000_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double number = random.nextDouble();
      assertThat(number >= 0 && number < 1).isTrue();
      sum += number;
      squares += number * number;
    }

    assertThat(sum / n).isCloseTo(1 / 2.0, within(1e-3));
    assertThat(squares / n).isCloseTo(1 / 3.0, within(1e-3));
  }

  @Test
  void gaussiansHaveTheMomentsAndTheTailsOfTheNormalDistribution() {
    SplitMix64 random = new SplitMix64(45);
    int n = 1_000_000;
    double[] moments = new double[4];
    int beyondTwo = 0;
    int beyondFour = 0;
    for (int i = 0; i < n; i++) {
      double number = random.nextGaussian();
      for (int power = 0; power < 4; power++) {
        moments[power] += Math.pow(number, power + 1) / n;
      }
      beyondTwo += Math.abs(number) > 2 ? 1 : 0;
      beyondFour += Math.abs(number) > 4 ? 1 : 0;
    }

    // four standard errors each
    assertThat(moments[0]).isCloseTo(0, within(0.004));
    assertThat(moments[1]).isCloseTo(1, within(0.006));
    assertThat(moments[2]).isCloseTo(0, within(0.016));
    assertThat(moments[3]).isCloseTo(3, within(0.04));
    assertThat(beyondTwo / (double) n).isCloseTo(0.0455, within(0.0009));
    assertThat(beyondFour).isBetween(31, 96); // 63 expected
  }
}
