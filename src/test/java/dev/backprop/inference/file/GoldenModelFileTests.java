package dev.backprop.inference.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.backprop.inference.SampleModels;
import dev.backprop.model.Model;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The promise that every release reads the files of every earlier one. The file was made once, by
/// release 0.1.0 from one of [SampleModels], and is never made anew; what it predicts comes from
/// `model-file-v1.py` beside it, which knows the documentation of the format and nothing else.
class GoldenModelFileTests {

  @Test
  void readsVersion1() throws IOException {
    Model model = ModelFiles.READER.read(resource("model-file-v1.zip"));
    SelfTest expected = ModelFiles.JSON.readValue(resource("model-file-v1.json"), SelfTest.class);
    List<float @Nullable []> outputs = Objects.requireNonNull(expected.outputs());

    List<float @Nullable []> actual =
        SelfTest.outputs(model, Objects.requireNonNull(expected.rows()), SampleModels.PREDICTOR);

    assertThat(actual).hasSize(outputs.size()).hasSize(50);
    assertThat(actual.stream().filter(Objects::nonNull)).hasSize(40);
    for (int row = 0; row < actual.size(); row++) {
      float[] own = actual.get(row);
      float[] other = outputs.get(row);
      assertThat(own == null).as("row %d is refused", row).isEqualTo(other == null);
      if (own != null && other != null) {
        assertThat(own).as("row %d", row).containsExactly(other, within(1e-5f));
      }
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = GoldenModelFileTests.class.getResourceAsStream("/golden/" + name)) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }
}
