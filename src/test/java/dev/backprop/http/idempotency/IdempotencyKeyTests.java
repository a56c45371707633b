package dev.backprop.http.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backprop.problem.ProblemException;
import dev.backprop.problem.ProblemType;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTests {

  private static final char FIRST_PRINTABLE = ' ';
  private static final char AFTER_PRINTABLE = 0x7f;

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      textBlock =
          """
          "8e03978e-40d5-43dd-bc93-6894a57f9324", 8e03978e-40d5-43dd-bc93-6894a57f9324
          8e03978e-40d5-43dd-bc93-6894a57f9324,   8e03978e-40d5-43dd-bc93-6894a57f9324
          KG5LxwFBepaKHyUD,                       KG5LxwFBepaKHyUD
          "two words",                            two words
          "a \\"quote\\" and a \\\\",             a "quote" and a \\
          order:7/retry=1,                        order:7/retry=1
          """)
  void isReadWithQuotesAndWithout(String header, String value) {
    assertThat(IdempotencyKey.of(List.of(header)).value()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"\"",
        "\"",
        "\"open",
        "two words",
        "\"a\" b",
        "\"a\"b\"",
        "\"a\\b\"",
        "\"a\\\"",
        "a,b",
        "sch\u00f6n",
        "\"sch\u00f6n\"",
        "\"a\tb\""
      })
  void isRefusedIfItIsNone(String header) {
    assertMalformed(List.of(header));
  }

  @Test
  void hasABoundedLength() {
    String longest = "k".repeat(IdempotencyKey.MAX_LENGTH);
    assertThat(IdempotencyKey.of(List.of('"' + longest + '"')).value()).isEqualTo(longest);
    assertMalformed(List.of(longest + 'k'));
    assertMalformed(List.of('"' + longest + "k\""));
  }

  @Test
  void isOne() {
    assertMalformed(List.of("\"a\"", "\"a\""));
  }

  /// Written as RFC 9651, section 4.1.6 has it, every text comes back.
  @RepeatedTest(100)
  void comesBackAsItWasWritten(RepetitionInfo repetition) {
    RandomGenerator random = new SplittableRandom(repetition.getCurrentRepetition());
    StringBuilder value = new StringBuilder();
    StringBuilder written = new StringBuilder("\"");
    for (int left = 1 + random.nextInt(IdempotencyKey.MAX_LENGTH); left > 0; left--) {
      char c = (char) random.nextInt(FIRST_PRINTABLE, AFTER_PRINTABLE);
      value.append(c);
      written.append(c == '"' || c == '\\' ? "\\" : "").append(c);
    }
    assertThat(IdempotencyKey.of(List.of(written.append('"').toString())).value())
        .isEqualTo(value.toString());
  }

  private static void assertMalformed(List<String> headers) {
    assertThatThrownBy(() -> IdempotencyKey.of(headers))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST))
        .hasMessageContaining("Idempotency-Key takes one key of 1 to 255 printable ASCII");
  }
}
