package dev.backprop.inference.file;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.backprop.inference.SampleModels;
import dev.backprop.problem.Fuzzing;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// Any bytes as a model file, as they are or, where the first one is odd, as the `model.json` of a
/// file that is right in all else: the hashes keep a fuzzer from what they do not let through.
class ModelFileFuzzTests {

  private static final byte[] WHOLE = ModelFiles.write(SampleModels.all().getFirst());

  @MethodSource("seeds")
  @FuzzTest
  void endInAModelOrAProblem(byte[] data) throws IOException {
    byte[] file =
        data.length > 0 && data[0] % 2 != 0
            ? ModelFiles.with(WHOLE, "model.json", _ -> rest(data))
            : data;
    Fuzzing.holds(32 << 20, () -> ModelFiles.READER.read(file));
  }

  private static byte[] rest(byte[] data) {
    return Arrays.copyOfRange(data, 1, data.length);
  }

  static Stream<byte[]> seeds() {
    Map<String, byte[]> entries = ModelFiles.unpack(WHOLE);
    byte[] model = Objects.requireNonNull(entries.get("model.json"));
    byte[] inner = new byte[model.length + 1];
    inner[0] = 1;
    System.arraycopy(model, 0, inner, 1, model.length);
    return Stream.of(WHOLE, inner, new byte[0], ModelFiles.pack(Map.of("manifest.json", model)));
  }
}
