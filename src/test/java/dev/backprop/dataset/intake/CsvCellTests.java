package dev.backprop.dataset.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvCellTests {

  @Test
  void isTheFloatNearestToAnyShortNumber() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 200_000; i++) {
      long m = random.nextLong(0, (long) Math.pow(10, random.nextInt(1, 10)));
      String digits = new BigDecimal(m).movePointLeft(random.nextInt(0, 10)).toPlainString();
      String text = (random.nextBoolean() ? "-" : "") + shortened(digits, random);
      assertThat(bits(text)).as(text).isEqualTo(Float.floatToRawIntBits(Float.parseFloat(text)));
    }
  }

  /// Without the 0 before the point, half of the time.
  private static String shortened(String digits, SplittableRandom random) {
    return digits.startsWith("0.") && random.nextBoolean() ? digits.substring(1) : digits;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "-0.0",
        "5.",
        ".5",
        "-.5",
        "-5.",
        "+5",
        "007",
        "16777216",
        "16777217",
        "16777219",
        "167772.19",
        "999999999",
        ".999999999",
        "0.0000001",
        "1e5",
        "-1E-3"
      })
  void takesEveryFormOfNumber(String text) {
    assertThat(bits(text)).isEqualTo(Float.floatToRawIntBits(Float.parseFloat(text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", ".", "-", "-.", "--1", "1-2", "1.2.3", "1..2", "1 2", "1,5", "0x1p3", "1f", "1d", "e5",
        "٣", "NaN"
      })
  void isNaNForWhatIsNoNumber(String text) {
    assertThat(CsvCell.parse(text.toCharArray(), 0, text.length())).isNaN();
  }

  private static int bits(String text) {
    String within = "1" + text + "1"; // what is beside it does not count
    return Float.floatToRawIntBits(CsvCell.parse(within.toCharArray(), 1, text.length()));
  }
}
