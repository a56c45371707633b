package dev.backprop.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.model.spec.InitializerSettings;
import dev.backprop.model.spec.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTests {

  @Test
  void writesConstantsAsJsonDoes() {
    assertThat(Words.of(InitializerSettings.Type.LE_CUN_UNIFORM)).isEqualTo("leCunUniform");
    assertThat(Words.of(Task.CLASSIFICATION)).isEqualTo("classification");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 bytes",
    "999, 999 bytes",
    "999.9, 1000 bytes",
    "1000, 1.0 kB",
    "999949, 999.9 kB",
    "999950, 1.0 MB",
    "17180131328, 17.2 GB",
    "1e21, 1000.0 EB"
  })
  void writesBytesInPowersOfAThousand(double bytes, String text) {
    assertThat(Words.bytes(bytes)).isEqualTo(text);
  }

  @Test
  void writesCountsWithCommas() {
    assertThat(Words.count(4_295_032_832L)).isEqualTo("4,295,032,832");
  }
}
