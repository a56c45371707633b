package dev.backprop.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatesTests {

  @ParameterizedTest
  @CsvSource({
    "1970-01-01, 0",
    "1970-01-02, 1",
    "1969-12-31, -1",
    "2026-11-25, 20782",
    "2024-02-29, 19782",
    "0000-01-01, -719528",
    "9999-12-31, 2932896",
    "1970-01-02T12:00, 1.5",
    "1970-01-02 12:00:00, 1.5",
    "1970-01-02T12:00:00.000Z, 1.5",
    "'1970-01-02T12:00:00,5Z', 1.500005787037037",
    "1970-01-02T00:00+01:00, 0.9583333333333334",
    "1970-01-01T19:00-0500, 1",
    "1970-01-02T03:00+03, 1",
  })
  void areDaysSince1970InUtc(String text, double days) {
    assertThat(Dates.parse(text)).isEqualTo(days, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026",
        "2026-11",
        "2026-11-31",
        "2023-02-29",
        "25.11.2026",
        "11/25/2026",
        "20261125",
        "2026-11-25T24:00",
        "2026-11-25T10:60",
        "2026-11-25T10:00:60",
        "2026-11-25T10:00+19:00",
        "2026-11-25T",
        "2026-11-25Z",
        "2026-11-25x",
        "26-11-25",
        "+2026-11-25"
      })
  void areNoOtherTexts(String text) {
    assertThat(Dates.isDate(text)).isFalse();
  }

  @Test
  void areWrittenAsTheyWereRead() {
    for (String text : new String[] {"2026-11-25", "0000-01-01", "9999-12-31", "1969-12-31"}) {
      assertThat(Dates.text((float) Dates.parse(text))).isEqualTo(text);
    }
    assertThat(Dates.text(1.5)).isEqualTo("1970-01-02T12:00:00Z");
    assertThat(Dates.text(-0.25)).isEqualTo("1969-12-31T18:00:00Z");
  }

  @Test
  void areExactToTheDayAndAThirdOfAPercentOfIt() {
    LocalDate last = LocalDate.of(9999, 12, 31);
    for (LocalDate day = LocalDate.of(0, 1, 1); day.isBefore(last); day = day.plusDays(997)) {
      assertThat(NumberFormat.DATE.text(NumberFormat.DATE.parse(day.toString())))
          .isEqualTo(day.toString());
    }
    double exact = Dates.parse("2026-11-25T10:00");
    assertThat((double) NumberFormat.DATE.parse("2026-11-25T10:00"))
        .isEqualTo(exact, within(1.0 / 1024));
  }
}
