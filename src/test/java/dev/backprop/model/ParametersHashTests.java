package dev.backprop.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backprop.core.nn.Activation;
import dev.backprop.core.nn.LayerSpec;
import dev.backprop.core.nn.NetworkSpec;
import dev.backprop.core.nn.Normalization;
import dev.backprop.core.nn.Parameters;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Against Python: `hashlib.sha256(struct.pack('<4f', 1.0, -0.0, 0.1, 3.4e38)).hexdigest()` and the
/// like.
class ParametersHashTests {

  @Test
  void isTheSha256OfLittleEndianFloats() {
    assertThat(ParametersHash.of(new float[] {1, -0f, 0.1f, 3.4e38f}))
        .isEqualTo("cd6e9f164d69dbc096899699790f2c47f1f342d2e74c2e37b74b032cb7fb4fce");
    assertThat(ParametersHash.of(new float[0]))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  /// `struct.pack('<40000f', *[i / 8 for i in range(40000)])`.
  @Test
  void reachesOverManyChunks() {
    float[] values = new float[40_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / 8f;
    }
    assertThat(ParametersHash.of(values))
        .isEqualTo("7ced2e822eb5bccbcc86e5e993c9abd36a0098b27c33f1a46df71f4fcf57fb2b");
  }

  @Test
  void coversTheRunningStatistics() {
    Parameters theta =
        new Parameters(
            new NetworkSpec(
                1,
                List.of(
                    new LayerSpec(1, new Activation.Relu(), 0, new Normalization.Batch()),
                    new LayerSpec(1, new Activation.Linear()))));
    String before = ParametersHash.of(theta);

    theta.runningMean(0).set(0, 0, 1);

    assertThat(before).isEqualTo(ParametersHash.of(new float[] {0, 0, 0, 0, 0, 0, 0, 1}));
    assertThat(ParametersHash.of(theta)).isNotEqualTo(before);
  }

  @Test
  void tellsApartWhatDiffersInOneBit() {
    assertThat(ParametersHash.of(new float[] {0f}))
        .isNotEqualTo(ParametersHash.of(new float[] {-0f}));
  }
}
