package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitPreferenceTests {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          wait=5                                | 5
          wait=0                                | 0
          WAIT = 7                              | 7
          wait="8"                              | 8
          wait=60                               | 60
          wait=61                               | 60
          wait=999999999                        | 60
          wait=5; foo="some"                    | 5
          respond-async, wait=9                 | 9
          respond-async,wait=9,return=minimal   | 9
          wait=3, wait=4                        | 3
          """)
  void readsTheSeconds(String header, long seconds) {
    assertThat(WaitPreference.of(List.of(header), LIMIT)).contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "respond-async",
        "wait",
        "wait=",
        "wait=-1",
        "wait=1.5",
        "wait=five",
        "waiting=5",
        "xwait=5",
        "wait=9999999999",
        "foo; wait=5"
      })
  void takesWhatItCannotReadForNone(String header) {
    assertThat(WaitPreference.of(List.of(header), LIMIT)).isEmpty();
  }

  @Test
  void looksThroughAllHeaders() {
    assertThat(WaitPreference.of(List.of("respond-async", "wait=2"), LIMIT))
        .contains(Duration.ofSeconds(2));
    assertThat(WaitPreference.of(List.of(), LIMIT)).isEmpty();
    assertThat(WaitPreference.of(null, LIMIT)).isEmpty();
  }
}
