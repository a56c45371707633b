package dev.backprop.core.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessorTests {

  @ParameterizedTest
  @CsvSource({
    "AuthenticAMD, 26, true",
    "AuthenticAMD, 27, true",
    "AuthenticAMD, 25, false",
    "AuthenticAMD, x, false",
    "GenuineIntel, 26, false"
  })
  void isWideFromZen5On(String vendor, String family, boolean wide) {
    List<String> description =
        List.of(
            "processor\t: 0",
            "vendor_id\t: " + vendor,
            "cpu family\t: " + family,
            "model\t\t: 2",
            "",
            "processor\t: 1");
    assertThat(Processor.isWideAmd(description)).isEqualTo(wide);
  }

  @Test
  void isNotWideWhereNothingIsKnown() {
    assertThat(Processor.isWideAmd(List.of())).isFalse();
    assertThat(Processor.isWideAmd(List.of("CPU implementer\t: 0x41"))).isFalse();
  }
}
