package dev.backprop.model.onnx;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.backprop.problem.Fuzzing;
import java.io.IOException;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// Any bytes as an ONNX file.
class OnnxFuzzTests {

  private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");

  @MethodSource("seeds")
  @FuzzTest
  void endInAModelOrAProblem(byte[] data) throws IOException {
    Fuzzing.holds(32 << 20, () -> OnnxModelReader.read(data, "fuzzed", ImportOptions.NONE, NOW));
  }

  static Stream<byte[]> seeds() {
    return Stream.concat(
        OnnxModelReaderTests.names().map(OnnxModelReaderTests::file), Stream.of(new byte[0]));
  }
}
